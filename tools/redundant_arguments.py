"""The values with which an argument may be omitted: those for which the provider plans the same (`tools/data.py`).

No schema has the defaults. So the provider plans one resource of each type with and without each optional argument:
its creation, the change of a resource that has the value, and of one that has another value. The value is redundant if
the plans are equal, and so are the errors. An argument that the provider computes on creation is never redundant.

Two kinds are kept apart. A default is in the plan. An argument without a default is null there, and the provider takes
`false`, `""`, `[]` and `{}` for the same.

The provider runs without Terraform (`tools/provider_plugin.py`), so that a plan takes milliseconds. The newest provider
is not planned with: what has another schema there, and the arguments of `redundant_arguments.toml`, are redundant in
the older one only.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainwork_core.schema import Attribute, BlockSchema, Schema
from plainwork_core.schema.store import NEWEST, SHIPPED
from tools.data_file import with_types
from tools.packages import Package
from tools.provider_plugin import installed
from tools.redundant_plans import Redundant, redundant_arguments

_CHANGED = Path(__file__).with_suffix(".toml")


def write(stamp: dict[str, Any], provider: Package, _bindings: Package) -> bytes:
    """Return the content of `redundant_arguments.json`."""
    executable, schema = installed(provider)
    found = redundant_arguments(executable, schema, lambda line: print(line, file=sys.stderr))
    rows = table(found, Schema(SHIPPED[provider.version]), Schema(SHIPPED[NEWEST]))
    return with_types({"stamp": stamp}, dict(sorted(rows.items())))


def table(found: Mapping[str, Iterable[Redundant]], older: Schema, newest: Schema) -> dict[str, dict[str, Any]]:
    """Return the rows by type: see `plainwork_core.aws.redundant_arguments`."""
    changed = tomllib.loads(_CHANGED.read_text(encoding="utf-8"))
    rows = {}
    for type_, arguments in found.items():
        blocks = [schema.block("resource", type_) or BlockSchema() for schema in (older, newest)]
        names = [argument.path for argument in arguments]
        differing = {path for path in names if _has_changed(path, *blocks)} | set(changed.get(type_, ()))
        row = {
            "defaults": {one.path: one.default for one in arguments if one.default is not None},
            "empty": [one.path for one in arguments if one.default is None],
            "older": sorted(differing.intersection(names)),
        }
        if names:
            rows[type_] = {key: value for key, value in row.items() if value}
    return rows


def _has_changed(path: str, older: BlockSchema, newest: BlockSchema) -> bool:
    """Return whether both versions have an argument, with another schema."""
    old, new = (_attribute(path, block) for block in (older, newest))
    return new is not None and old is not None and replace(old, deprecated=new.deprecated) != new


def _attribute(path: str, block: BlockSchema) -> Attribute | None:
    *names, last = path.split(".")
    for name in names:
        if name not in block.blocks:
            return None
        block = block.blocks[name].block
    return block.attributes.get(last)
