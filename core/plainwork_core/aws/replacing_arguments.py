"""The arguments of AWS resources whose change replaces the resource.

The table is `data/replacing_arguments.json`, made from the plans of the provider by `tools/replacing_arguments.py`.
What the provider has planned no change of is not known: it never means that a resource is not replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from plainwork_core.data_files import FOLDER, sources

_FILE = "replacing_arguments.json"
_MAY = "?"
"""The end of an argument that replaces the resource under conditions."""
_WHOLE = "[]"
"""The end of a block that replaces the resource if it is added or removed, whatever is in it."""
Replacing = Literal["forces", "may"]


def replacing(type_: str, path: Sequence[str], value: object = None) -> Replacing | None:
    """Return whether a change of an argument forces a replacement, or may under conditions; `None` if it is not known.

    Args:
        type_: of the resource.
        path: the names of the argument and of those around it: `("ebs_block_device", "volume_size")`.
        value: of whole blocks that are added or removed: the arguments in them count, too.
    """
    known = _of_type(type_)
    names = {".".join(path[:length]) for length in range(1, len(path) + 1)}
    if inner := _paths(value):
        names |= {".".join(path) + _WHOLE, *(".".join((*path, *rest)) for rest in inner)}
    effects = {known[name] for name in names if name in known}
    return "forces" if "forces" in effects else "may" if effects else None


def knows(type_: str, path: Sequence[str] = ()) -> bool:
    """Return whether the provider has planned changes of resources of *type_*, and of the argument at *path*."""
    table = _table()
    unknown = table["not_planned"].get(type_, ())
    return type_ in table["types"] and not any(".".join(path[: len(path) - end]) in unknown for end in range(len(path)))


def source() -> str:
    """Return the provider of the table, such as `hashicorp/aws 5.100.0`."""
    return str(sources(_FILE)[0])


def _paths(value: object) -> list[tuple[str, ...]]:
    """Return the path of each argument in a block, or in a list of blocks; none for another value."""
    found: list[tuple[str, ...]] = []
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, Mapping):
            for name, inner in member.items():
                found += [(str(name),), *((str(name), *rest) for rest in _paths(inner))]
    return found


@cache
def _of_type(type_: str) -> Mapping[str, Replacing]:
    names = _table()["types"].get(type_, ())
    return {name.removesuffix(_MAY): "may" if name.endswith(_MAY) else "forces" for name in names}


@cache
def _table() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the arguments that replace a resource (`types`), and those that are not known (`not_planned`), by type."""
    table: Mapping[str, Mapping[str, Sequence[str]]] = json.loads((FOLDER / _FILE).read_text(encoding="utf-8"))
    return table
