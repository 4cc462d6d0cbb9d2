"""The arguments whose change replaces a resource: those for which plans of the provider say so (`tools/data.py`).

No schema has them. So Terraform plans a change of one resource of each type: its state has made-up values, and each
argument becomes unknown. The plan names the arguments that force the replacement. The provider takes an unknown number
for 0 and an unknown bool for false. So there are two plans, with 1 and true in the state, and with -1 and false: code
that asks for a smaller number, or for what is disabled, forces the replacement in the first one only. An argument that
is in one of them replaces under conditions, and so do those of `replacing_arguments.toml`.

A type that no plan accepts is not in the table.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.packages import Package, terraform
from tools.replacing_plans import Plans

_CONDITIONS = Path(__file__).with_suffix(".toml")
_STORED = ((1, True), (-1, False))


def write(stamp: dict[str, Any], provider: Package) -> bytes:
    """Return the content of `replacing_arguments.json`."""
    (found,) = terraform(provider.path, "providers", "schema")["provider_schemas"].values()
    schemas = {type_: schema for type_, schema in found["resource_schemas"].items() if type_.startswith("aws_")}
    replacing = []
    for stored in _STORED:
        with TemporaryDirectory() as folder:
            plans = Plans(Path(folder), provider.version, schemas, stored)
            replacing.append(dict(plans.replacing(list(schemas))))
    return content(stamp, table(replacing, conditions()))


def content(stamp: dict[str, Any], rows: Mapping[str, Sequence[str]]) -> bytes:
    """Return the data file with *rows*."""
    lines = ",\n".join(f"{json.dumps(type_)}: {json.dumps(names)}" for type_, names in sorted(rows.items()))
    return f'{{{json.dumps({"stamp": stamp})[1:-1]}, "types": {{\n{lines}\n}}}}\n'.encode()


def conditions() -> Mapping[str, Mapping[str, str]]:
    """Return the arguments of `replacing_arguments.toml`."""
    return tomllib.loads(_CONDITIONS.read_text(encoding="utf-8"))


def table(
    replacing: Sequence[Mapping[str, set[str]]], conditional: Mapping[str, Mapping[str, str]]
) -> dict[str, list[str]]:
    """Return the arguments by type, those that replace under conditions with a question mark.

    Args:
        replacing: the arguments that force a replacement by type, of each plan.
        conditional: those that do under conditions.
    """
    rows = {}
    for type_ in {type_ for plan in replacing for type_ in plan}:
        plans = [plan[type_] for plan in replacing if type_ in plan]
        every = set.union(*plans, set(conditional.get(type_, ())))
        certain = set.intersection(*plans) - set(conditional.get(type_, ()))
        rows[type_] = sorted(name if name in certain else f"{name}?" for name in every)
    return rows
