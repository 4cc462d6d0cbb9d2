"""Writes `docs/settings.md` from the settings classes: `python -m tools.settings_page [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from plainwork_policies.engine.registry import entries, settings_tables
from plainwork_policies.engine.settings_template import Key, TableTemplate, tables
from tools.generated import write

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD = """\
# Settings

Settings are in `plainwork.toml`, or under `[tool.plainwork]` in `pyproject.toml`. plainwork reads the nearest file in
the working directory or its parents; `--config` or the environment variable `PLAINWORK_CONFIG` names another file.
`plainwork check` and Checkov read the same settings. An unsupported key or value ends the run with exit code 2.

`select`, `ignore` and the options `--select` and `--ignore` take `ALL`, ids (`PLW_EFS_001`), slugs
(`efs-unencrypted`), their first words (`PLW_EFS`, `s3-backend`, `iam`) and patterns (`*-public-*`). An option has
precedence over the settings: `--select` replaces `select` and `ignore`, `--ignore` adds to `ignore`.

A team shares settings in a file that others extend, and sets what differs for some stacks by path:

```toml
# app/plainwork.toml
extends = "../plainwork.base.toml"   # a key of this file replaces that of the base; `ignore` adds to it
select = ["ALL"]
ignore = ["module-too-few-uses"]
fail_on = "medium"

[tags]
required = ["Owner"]

[paths."legacy/**"]                  # the stacks in these files and directories
ignore = ["iam"]
min_severity = "high"

[paths."legacy/**".tags]             # any table below
required = []
```

`plainwork init` creates a `plainwork.toml` in which each key is a comment with its help and its default. For tag keys,
Regions and the pattern of state keys, it proposes what most of the HCL and plans in the working directory already have.

Some policies check what a team decides: required tags, allowed Regions, the names of state keys, numbers of changes.
They are not evaluated until one of their settings, marked **required** below, is set. Every report names them.

`[[waivers]]` accept findings until a date ([waivers](waivers.md)). `[[never]]` lists what no principal may be
able to do ([tests of permissions](iam-tests.md#what-must-never-be-possible)).
"""
_COLUMNS = "| Key | Default | Description | Policies |\n|---|---|---|---|"


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(_section(table) for table in tables())])


def _section(table: TableTemplate) -> str:
    rows = "\n".join(_row(table.name, key) for key in table.keys)
    return f"## {f'`[{table.name}]`' if table.name else 'General'}\n\n{_COLUMNS}\n{rows}\n"


def _row(table: str, key: Key) -> str:
    example = f" Example: `{key.example}`." if key.example else ""
    default = f"`{key.default}`" if key.default else "not set"
    cells = (f"`{key.name}`", default, key.help + example, ", ".join(_policies(table, key.name)))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _policies(table: str, key: str) -> Iterator[str]:
    """Links to the policies that read a key."""
    family = settings_tables().get(table, ("",))[0]
    for policy in entries():
        if policy.module.startswith(f"{family}.") and key in policy.settings:
            mark = " (**required**)" if key in policy.requires else ""
            yield f"[{policy.slug}](policies/{policy.slug}.md){mark}"


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
