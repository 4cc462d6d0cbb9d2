"""`[tags]` in a settings file."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from plainwork_policies.engine.settings import TagSettings, load


@pytest.fixture
def tags(tmp_path):
    def tags(text: str) -> TagSettings:
        (tmp_path / "plainwork.toml").write_text(text, encoding="utf-8")
        return load(tmp_path).tags

    return tags


def test_values_and_patterns_are_tables_by_key(tags):
    found = tags('[tags.allowed]\nEnvironment = ["dev", "prod"]\n[tags.patterns]\n"cost:center" = "cc-[0-9]+"\n')
    assert found.allowed == {"Environment": ("dev", "prod")}
    assert found.patterns == {"cost:center": "cc-[0-9]+"}
    assert found.required == ("Environment", "Owner")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tags]\nallowed = 1\n", "`allowed` is 1: write it as a table, \\[allowed\\]"),
        ('[tags.allowed]\nEnvironment = "dev"\n', "`allowed.Environment` is 'dev': write a list"),
        ("[tags.allowed]\nEnvironment = [1]\n", "`allowed.Environment\\[0\\]` is 1: it is a string"),
        ("[tags.patterns]\nOwner = 1\n", "`patterns.Owner` is 1: it is a string"),
        ('[tags.patterns]\nOwner = "("\n', "\\[tags.patterns\\] Owner '\\(' is no regular expression"),
        ('[tags]\nlaunched = ["volumes"]\n', "`launched\\[0\\]` is 'volumes': it is one of"),
    ],
)
def test_what_cannot_be_is_refused(text, message, tags):
    with pytest.raises(InputError, match=message):
        tags(text)
