"""The names of resources and local values in the root module."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from plainwork_core.addresses import without_keys
from plainwork_core.eject.placed import Placed
from plainwork_core.hcl.write.strings import expression_text
from plainwork_core.read.modules import Module

_GENERIC = frozenset(("this", "main", "default", "self", "module", "resource", "it"))
"""Names by which a module calls its only resource of a type: the name of the call says more."""
_CALL = re.compile(r'module\.([\w-]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\])?')
_OTHER = re.compile(r"[^\w-]+")


def resource_names(placed: Iterable[Placed], root: Module) -> dict[str, str]:
    """Return the new name of each of *placed*, by its place; none that the *root* module has or had."""
    wanted = _wanted(placed)
    wishes = Counter((one.mode, one.type, name) for one, names in wanted.values() for name in names)
    taken = _taken(root)
    found: dict[str, str] = {}
    for place, (one, names) in wanted.items():
        kind = (one.mode, one.type)
        options = [name for name in names if (*kind, name) not in taken and wishes[*kind, name] == 1]
        options += [name for name in names[-1:] if (*kind, name) not in taken]
        name = options[0] if options else numbered(names[-1], {name for *its, name in taken if tuple(its) == kind})
        taken.add((*kind, name))
        found[place] = name
    return found


def local_names(places: Iterable[str], root: Module) -> dict[str, str]:
    """Return the new name of each local value, by its place: `module.net.var.subnets`."""
    listed = list(places)
    firsts = Counter(place.rsplit(".", 1)[1] for place in listed)
    taken = set(root.declarations.locals)
    found: dict[str, str] = {}
    for place in listed:
        path, _, name = place.rsplit(".", 2)
        options = [name] if firsts[name] == 1 else []
        options.append("_".join((*_calls(path), name)))
        free = [option for option in options if option not in taken]
        found[place] = free[0] if free else numbered(options[-1], taken)
        taken.add(found[place])
    return found


def _key(address: str) -> tuple[str, str, str] | None:
    parts = address.split(".")
    if parts[0] in ("data", "ephemeral"):
        return (parts[0], parts[1], parts[2])
    return ("resource", parts[0], parts[1]) if len(parts) == len(("type", "name")) else None


def _taken(root: Module) -> set[tuple[str, str, str]]:
    """Return the names that the *root* module has, and those from which its `moved` and `removed` blocks lead away."""
    return {key for address in (*root.declarations.blocks, *_former(root)) if (key := _key(address))}


def _former(root: Module) -> Iterator[str]:
    for parsed in root.files:
        for block in parsed.body.blocks:
            if block.type in ("moved", "removed") and (source := block.body.attribute("from")) is not None:
                yield without_keys(expression_text(source))


def _wanted(placed: Iterable[Placed]) -> dict[str, tuple[Placed, list[str]]]:
    """Return each of *placed* with the names that it may have, the best first, by its place."""
    listed = [(one, _calls(without_keys(one.scope.path))) for one in placed]
    kinds = Counter((one.mode, one.type, calls[0]) for one, calls in listed)
    return {
        one.place: (one, _candidates(one, calls, is_only=kinds[one.mode, one.type, calls[0]] == 1))
        for one, calls in listed
    }


def _candidates(placed: Placed, plain: list[str], *, is_only: bool) -> list[str]:
    """Return the names of *placed* in the calls *plain*: that of the outermost one, if it is the only of its type."""
    longest = "_".join(_calls(placed.scope.path))
    first, _, rest = placed.name.partition("_")
    if first in _GENERIC:
        longer = f"{longest}_{rest}" if rest else longest
        first_names = plain[: int(is_only)]
        others = (plain[-1], "_".join(plain), longest, longer, f"{longest}_{placed.name}")
        return list(dict.fromkeys((*first_names, *others)))
    return [placed.name, "_".join((*plain, placed.name)), f"{longest}_{placed.name}"]


def _calls(path: str) -> list[str]:
    """Return the names of the calls in *path*, with their keys."""
    return [_OTHER.sub("_", "_".join(filter(None, groups))) for groups in _CALL.findall(path)]


def numbered(name: str, taken: Collection[str]) -> str:
    """Return *name*, with a number so that it is not in *taken*."""
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def clashes(placed: Iterable[Placed], names: Mapping[str, str], root: Module) -> list[str]:
    """Return a note for each of *placed* whose first name a resource of the *root* module has or had."""
    taken = _taken(root)
    return [
        f"`{one.place}` is written as `{one.type}.{names[one.place]}`; the root module has or had `{one.type}.{first}`"
        for one, (first, *_) in _wanted(placed).values()
        if (one.mode, one.type, first) in taken
    ]
