"""Writes `docs/settings.md` from the settings' own types and docstrings: `python -m tools.settings_page [--check]`."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any

from plainwork_policies.settings import Settings
from tools.generated import write

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD = """\
# Settings

All that is a matter of taste. Settings stand in `plainwork.toml`, or under `[tool.plainwork]` in `pyproject.toml`.
The nearest file from the working directory upwards counts; `PLAINWORK_CONFIG` or `--config` names one outright. A key
that does not exist, or a value that cannot be, ends the run with exit code 2 and says what was meant. Both runners read
the same settings.

With every key at its default, the file is:

```toml
{defaults}
```
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD.format(defaults="\n".join(_toml())), *_sections()])


def _toml() -> Iterator[str]:
    settings = Settings()
    keys = [field for field in fields(settings) if not is_dataclass(getattr(settings, field.name))]
    yield from _lines(settings, keys)
    for field in fields(settings):
        if field not in keys:
            table = getattr(settings, field.name)
            yield f"\n[{field.name}]"
            yield from _lines(table, list(fields(table)))


def _lines(table: Any, keys: list[Field[Any]]) -> Iterator[str]:
    for key in keys:
        yield f"{key.name} = {_literal(getattr(table, key.name))}"


def _literal(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return f"'{value}'" if isinstance(value, str) and "\\" in value else json.dumps(value)


def _sections() -> Iterator[str]:
    settings = Settings()
    yield f"- {_described(settings)}"
    for field in fields(settings):
        if is_dataclass(table := getattr(settings, field.name)):
            yield f"- {_described(table)}"
    yield ""


def _described(table: Any) -> str:
    """Return what a table's docstring says, without what it raises."""
    text = inspect.getdoc(type(table)) or ""
    return " ".join(text.removeprefix("Everything that can be set.").partition("Raises:")[0].split())


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
