"""The arguments whose change replaces a resource: those for which plans of the provider say so (`tools/data.py`).

No schema has them. So the provider plans a change of each argument over made-up states, and names what forces the
replacement. An argument that forces it in each plan replaces the resource. One that does in some plans replaces it
under conditions, and so do those of `replacing_arguments.toml`, for which the provider asks AWS.

A type that the provider does not plan is not in the table. An argument of another type that it does not plan is in
`not_planned`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from tools.data_file import with_types
from tools.packages import Package
from tools.provider_plugin import Plugin, installed
from tools.replacing_plans import CONDITION, Changes
from tools.replacing_values import size

_CONDITIONS = Path(__file__).with_suffix(".toml")
_PROCESSES = 4
_MOST_ARGUMENTS = 5_000
"""Arguments of a type that is planned: a change of one with more takes minutes."""
Conditions = Mapping[str, Mapping[str, str]]


class Row(NamedTuple):
    """A resource type.

    Args:
        type: of the resources.
        replacing: the arguments that force a replacement, with `?` if they do under conditions.
        not_planned: what the provider reports in place of plans, by argument; `""` is the whole resource.
    """

    type: str
    replacing: list[str]
    not_planned: Mapping[str, Sequence[str]]


def write(stamp: dict[str, Any], provider: Package) -> bytes:
    """Return the content of `replacing_arguments.json`."""
    executable, schema = installed(provider)
    types = sorted(type_ for type_ in schema["resource_schemas"] if type_.startswith("aws_"))
    parts = [types[start::_PROCESSES] for start in range(_PROCESSES)]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        rows = [row for part in pool.map(_planned, repeat(executable), repeat(schema), parts) for row in part]
    for row in rows:
        for problem in row.not_planned.get("", ()):
            print(f"{row.type}: {problem}", file=sys.stderr)
    return content(stamp, sorted(rows), conditions())


def _planned(executable: Path, schema: Mapping[str, Any], types: Iterable[str]) -> list[Row]:
    """Return the rows of *types*, planned by a provider of its own."""
    rows = []
    with Plugin(executable, schema) as plugin:
        for type_ in types:
            block = schema["resource_schemas"][type_]["block"]
            if size(block) > _MOST_ARGUMENTS:
                rows.append(Row(type_, [], {"": [f"more than {_MOST_ARGUMENTS:,} arguments"]}))
            else:
                changes = Changes(plugin, type_, block)
                rows.append(Row(type_, changes.effects(), changes.not_planned))
    return rows


def content(stamp: dict[str, Any], rows: Sequence[Row], conditional: Conditions) -> bytes:
    """Return the data file with *rows*."""
    known = [row for row in rows if "" not in row.not_planned]
    rows = {row.type: with_conditions(row.replacing, conditional.get(row.type, {})) for row in known}
    head = {"stamp": stamp, "not_planned": {row.type: sorted(row.not_planned) for row in known if row.not_planned}}
    return with_types(head, rows)


def conditions() -> Conditions:
    """Return the arguments of `replacing_arguments.toml`."""
    return tomllib.loads(_CONDITIONS.read_text(encoding="utf-8"))


def with_conditions(replacing: Iterable[str], conditional: Iterable[str]) -> list[str]:
    """Return the arguments of a type, those of *conditional* with a question mark."""
    names = set(conditional)
    return sorted(
        [
            *(name for name in replacing if name.rstrip(CONDITION) not in names),
            *(f"{name}{CONDITION}" for name in names),
        ]
    )
