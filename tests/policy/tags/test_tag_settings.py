"""`[tags]` in a settings file."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from plainwork_policies.engine.settings_file import load
from plainwork_policies.tags.settings import TagSettings


@pytest.fixture
def tags(tmp_path):
    def tags(text: str) -> TagSettings:
        (tmp_path / "plainwork.toml").write_text(text, encoding="utf-8")
        return load(tmp_path).get(TagSettings)

    return tags


def test_values_and_patterns_are_tables_by_key(tags):
    found = tags(
        '[tags.allowed_values]\nEnvironment = ["dev", "prod"]\n[tags.value_patterns]\n"cost:center" = "cc-[0-9]+"\n'
    )
    assert found.allowed_values == {"Environment": ("dev", "prod")}
    assert found.value_patterns == {"cost:center": "cc-[0-9]+"}
    assert found.required == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tags]\nallowed_values = 1\n", "`allowed_values` is 1, not a table; use \\[allowed_values\\]"),
        ('[tags.allowed_values]\nEnvironment = "dev"\n', "`allowed_values.Environment` is 'dev', not a list"),
        ("[tags.allowed_values]\nEnvironment = [1]\n", "`allowed_values.Environment\\[0\\]` is 1, not a string"),
        ("[tags.value_patterns]\nOwner = 1\n", "`value_patterns.Owner` is 1, not a string"),
        (
            '[tags.value_patterns]\nOwner = "("\n',
            "\\[tags\\] `value_patterns.Owner` is '\\(', which is not a regular expression",
        ),
        ('[tags]\npropagate_to = ["volumes"]\n', "`propagate_to\\[0\\]` is 'volumes'; it must be one of"),
    ],
)
def test_an_invalid_setting_is_an_error(text, message, tags):
    with pytest.raises(InputError, match=message):
        tags(text)
