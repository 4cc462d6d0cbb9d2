"""Terraform's functions on lists, sets and maps.

See https://developer.hashicorp.com/terraform/language/functions.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import Any

from plainwork_core.hcl.read.budget import OF_ARGUMENT
from plainwork_core.hcl.read.conversions import (
    SetOfValues,
    alike,
    kind,
    to_boolean,
    to_integer,
    to_list,
    to_object,
    to_sequence,
    to_text,
    to_texts,
)
from plainwork_core.hcl.read.encoding import json_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.maps import map_of
from plainwork_core.hcl.read.signature import Function, any_value
from plainwork_core.model.values import PartialMap, Unknown, Value, merged, pairs


def to_set(members: list[Value]) -> Value:
    """Return the set of *members*, which must be simple values: converted to one type, once each, in order."""
    same = alike(members)
    if isinstance(same, Unknown):
        return same
    if any(kind(member) in ("list", "set", "object", "null") for member in same):
        raise Unsupported("on a set of collections or null")
    return SetOfValues(sorted(dict.fromkeys(same)))


def _alltrue(members: list[Value]) -> bool:
    return all(member is not None and to_boolean(member) for member in members)


def _anytrue(members: list[Value]) -> bool:
    return any(member is not None and to_boolean(member) for member in members)


def _chunklist(members: list[Value], size: int) -> list[Value]:
    if size < 1:
        raise Rejected("the size must be at least 1")
    return [members[start : start + size] for start in range(0, len(members), size)]


def _coalesce(*values: Value) -> Value:
    candidates = alike(list(values))
    if isinstance(candidates, Unknown):
        return candidates
    for value in candidates:
        if value not in (None, ""):
            return value
    raise Rejected("no argument is set")


def _coalescelist(*lists: list[Value]) -> list[Value]:
    for members in lists:
        if members:
            return members
    raise Rejected("no list has members")


def _identity(value: Value) -> tuple[str, str]:
    """Return what two values have in common if `==` in HCL is true of them."""
    return kind(value), json_text(value)


def _contains(members: list[Value], value: Value) -> bool:
    return _identity(value) in map(_identity, members)


def _distinct(members: list[Value]) -> Value:
    same = alike(members)
    if isinstance(same, Unknown):
        return same
    found: dict[tuple[str, str], Value] = {}
    for member in same:
        found.setdefault(_identity(member), member)
    return list(found.values())


def _element(members: list[Value], index: int) -> Value:
    if not members or index < 0:
        raise Rejected(f"there is no element {index} of {len(members)}")
    return members[index % len(members)]


def _flatten(members: list[Value]) -> Value:
    hidden = [member for member in members if isinstance(member, Unknown)]
    if hidden:
        return merged(hidden)
    flat: list[Value] = []
    for member in members:
        inner = _flatten(member) if isinstance(member, list) else [member]
        if isinstance(inner, Unknown):
            return inner
        flat += inner
    return flat


def _index(members: list[Value], value: Value) -> int:
    found = next((index for index, member in enumerate(members) if _identity(member) == _identity(value)), None)
    if found is None:
        raise Rejected("the value is not in the list")
    return found


def _length(value: Value) -> int:
    if isinstance(value, str) and not value.isascii():
        raise Unsupported("beyond ASCII")
    if kind(value) in ("string", "list", "set", "object"):
        return len(value)
    raise Rejected(f"a string or a collection is required, not {kind(value)}")


def _lookup(members: dict[str, Value], key: str, *default: Value) -> Value:
    if key in members:
        return members[key]
    if not default:
        raise Rejected("the map does not have the key")
    return default[0]


def _merge(*maps: list[tuple[str | Unknown, Value]]) -> Value:
    together = map_of(chain.from_iterable(maps))
    return together if isinstance(together, Unknown) else to_object(together)


def _matchkeys(values: list[Value], keys: list[Value], wanted: list[Value]) -> list[Value]:
    if len(values) != len(keys):
        raise Rejected("the lists of values and keys are not of one length")
    found = set(map(_identity, wanted))
    return [value for value, key in zip(values, keys, strict=True) if _identity(key) in found]


def _mergeable(value: Value) -> list[tuple[str | Unknown, Value]]:
    if isinstance(value, Unknown):
        return list(pairs(value)) if isinstance(value, PartialMap) else [(value, value)]
    return [] if value is None else list(to_object(value).items())


def _one(members: list[Value]) -> Value:
    if len(members) > 1:
        raise Rejected(f"the list has {len(members)} members, and one is allowed")
    return members[0] if members else None


def _setproduct(*lists: list[Value]) -> list[Value]:
    if math.prod(map(len, lists)) * len(lists) > OF_ARGUMENT:
        raise Unsupported(f"beyond {OF_ARGUMENT:,} members")
    product: list[Any] = [[]]
    for members in lists:
        product = [[*chosen, member] for chosen in product for member in members]
    return product


def _setintersection(first: list[Value], *others: list[Value]) -> Value:
    found = [set(map(_identity, other)) for other in others]
    return to_set([member for member in first if all(_identity(member) in other for other in found)])


def _setsubtract(first: list[Value], second: list[Value]) -> Value:
    removed = set(map(_identity, second))
    return to_set([member for member in first if _identity(member) not in removed])


def _setunion(*sets: list[Value]) -> Value:
    return to_set(list(chain.from_iterable(sets)))


def _slice(members: list[Value], start: int, end: int) -> list[Value]:
    if not 0 <= start <= end <= len(members):
        raise Rejected(f"from {start} to {end} is not within {len(members)} members")
    return members[start:end]


def _tomap(members: dict[str, Value]) -> Value:
    same = alike(list(members.values()))
    return same if isinstance(same, Unknown) else dict(zip(members, same, strict=True))


def _zipmap(keys: list[str], values: list[Value]) -> dict[str, Value]:
    if len(keys) != len(values):
        raise Rejected(f"{len(keys)} keys do not go with {len(values)} values")
    return dict(sorted(zip(keys, values, strict=True)))


FUNCTIONS = {
    "alltrue": Function(_alltrue, (to_list,)),
    "anytrue": Function(_anytrue, (to_list,)),
    "chunklist": Function(_chunklist, (to_sequence, to_integer), partial=True),
    "coalesce": Function(_coalesce, rest=any_value),
    "coalescelist": Function(_coalescelist, rest=to_sequence, partial=True),
    "compact": Function(
        lambda members: [to_text(member) for member in members if member not in (None, "")], (to_list,)
    ),
    "concat": Function(lambda *lists: list(chain.from_iterable(lists)), rest=to_sequence, partial=True),
    "contains": Function(_contains, (to_list, any_value)),
    "distinct": Function(_distinct, (to_sequence,)),
    "element": Function(_element, (to_sequence, to_integer), partial=True),
    "flatten": Function(_flatten, (to_list,), partial=True),
    "index": Function(_index, (to_sequence, any_value)),
    "keys": Function(list, (to_object,), partial=True),
    "length": Function(_length, (any_value,), partial=True),
    "lookup": Function(_lookup, (to_object, to_text, any_value), optional=1, partial=True),
    "matchkeys": Function(_matchkeys, (to_sequence, to_sequence, to_sequence)),
    "merge": Function(_merge, rest=_mergeable, whole=True),
    "one": Function(_one, (to_list,), partial=True),
    "reverse": Function(lambda members: members[::-1], (to_list,), partial=True),
    "setintersection": Function(_setintersection, (to_set,), rest=to_set),
    "setproduct": Function(_setproduct, rest=to_list),
    "setsubtract": Function(_setsubtract, (to_set, to_set)),
    "setunion": Function(_setunion, rest=to_set),
    "slice": Function(_slice, (to_sequence, to_integer, to_integer), partial=True),
    "sort": Function(sorted, (to_texts,)),
    "tolist": Function(alike, (to_list,), partial=True),
    "tomap": Function(_tomap, (to_object,), partial=True),
    "toset": Function(to_set, (to_list,)),
    "values": Function(lambda members: list(members.values()), (to_object,), partial=True),
    "zipmap": Function(_zipmap, (to_texts, to_list), partial=True),
}
