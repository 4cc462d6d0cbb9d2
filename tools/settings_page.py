"""Writes `docs/settings.md` from the settings' own types and docstrings: `python -m tools.settings_page [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from plainwork_policies.engine.settings_template import tables
from tools.generated import write

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD = """\
# Settings

All that is a matter of taste. Settings stand in `plainwork.toml`, or under `[tool.plainwork]` in `pyproject.toml`.
The nearest file from the working directory upwards counts; `PLAINWORK_CONFIG` or `--config` names one outright. A key
that does not exist, or a value that cannot be, ends the run with exit code 2 and says what was meant. Both runners read
the same settings.

`plainwork init` writes a file with all that stands here as comments. With every key at its default, it is:

```toml
{defaults}
```
"""


def page() -> str:
    """Return the whole page."""
    found = list(tables())
    file = "\n\n".join("\n".join([f"[{table.name}]"] * bool(table.name) + [*table.keys]) for table in found)
    return "\n".join([_HEAD.format(defaults=file), *(f"- {table.described}" for table in found), ""])


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
