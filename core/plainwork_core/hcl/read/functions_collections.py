"""Terraform's functions on lists, sets and maps.

See https://developer.hashicorp.com/terraform/language/functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from plainwork_core.hcl.read.characters import graphemes
from plainwork_core.hcl.read.conversions import (
    kind,
    to_int64,
    to_list,
    to_object,
    to_sequence,
    to_text,
)
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.maps import map_of
from plainwork_core.hcl.read.operators import differ
from plainwork_core.hcl.read.signature import Function, any_value, present
from plainwork_core.model.values import PartialMap, Unknown, Value, merged, pairs

_LONGEST_PART = 1024


def _coalescelist(*lists: Value) -> Value:
    known = [members if isinstance(members, Unknown) else to_sequence(members) for members in lists]
    for members in known:
        if isinstance(members, Unknown):
            return merged(members for members in known if isinstance(members, Unknown))
        if members:
            return members
    raise Rejected("no list has members")


def _concat(*lists: list[Value]) -> Value:
    if not lists:
        raise Rejected("there is no list")
    kinds = [{kind(member) for member in members if member is not None} for members in lists]
    of_one_type = [found for found in kinds if len(found) == 1]
    if len(of_one_type) == sum(map(bool, kinds)) > 1 and len(set(map(tuple, of_one_type))) > 1:
        raise Unsupported("on lists of several types, which may be lists or tuples")
    return list(chain.from_iterable(lists))


def _place(members: Iterable[Value], value: Value) -> int | Unknown | None:
    """Return the index of the first of *members* that equals *value*; an unknown one before it may be equal."""
    hidden: list[Unknown] = []
    for index, member in enumerate(members):
        different = differ(member, value)
        if isinstance(different, Unknown):
            hidden.append(different)
        elif not different:
            return merged(hidden) if hidden else index
    return merged(hidden) if hidden else None


def _contains(members: list[Value], value: Value) -> bool | Unknown:
    different = [differ(member, value) for member in members]
    hidden = [part for part in different if isinstance(part, Unknown)]
    return True if False in different else merged(hidden) if hidden else False


def _element(members: list[Value], index: int) -> Value:
    if not members:
        raise Rejected("the list has no members")
    if index < 0:
        raise Unsupported("on negative indices, which old versions reject")
    return members[index % len(members)]


def _flatten(members: list[Value]) -> Value:
    hidden = [member for member in members if type(member) is Unknown]
    if hidden:
        return merged(hidden)
    flat: list[Value] = []
    for member in members:
        inner = _flatten(member) if isinstance(member, list) else [member]
        if isinstance(inner, Unknown):
            return inner
        flat += inner
    return flat


def _index(members: list[Value], value: Value) -> int | Unknown:
    found = _place(members, value)
    if found is None:
        raise Rejected("the value is not in the list")
    return found


def _length(value: Value) -> int:
    if isinstance(value, str):
        return len(graphemes(value))
    if kind(value) in ("list", "set", "object"):
        return len(value)
    raise Rejected(f"a string or a collection is required, not {kind(value)}")


def _lookup(members: Value, key: Value, *default: Value) -> Value:
    known = members.members if isinstance(members, PartialMap) else members
    if isinstance(known, Unknown) or isinstance(key, Unknown):
        return merged(part for part in (members, key, *default) if isinstance(part, Unknown))
    name = to_text(key)
    if name in to_object(known):
        return known[name]
    if isinstance(members, Unknown):
        return merged(part for part in (members, *default) if isinstance(part, Unknown))
    if not default:
        raise Rejected("the map does not have the key")
    return default[0]


def _merge(*maps: list[tuple[str | Unknown, Value]]) -> Value:
    together = map_of(chain.from_iterable(maps))
    return together if isinstance(together, Unknown) else to_object(together)


def _mergeable(value: Value) -> list[tuple[str | Unknown, Value]]:
    if isinstance(value, Unknown):
        return list(pairs(value)) if isinstance(value, PartialMap) else [(value, value)]
    return [] if value is None else list(to_object(value).items())


def _one(members: list[Value]) -> Value:
    if len(members) > 1:
        raise Rejected(f"the list has {len(members)} members, and one is allowed")
    return members[0] if members else None


def _slice(members: Value, start: Value, end: Value) -> Value:
    """Return a part of a list, which has as many members as it has if the list is unknown."""
    if hidden := [bound for bound in (start, end) if isinstance(bound, Unknown)]:
        return merged(hidden)
    first, last = to_int64(start), to_int64(end)
    if isinstance(members, Unknown) and 0 <= first <= last:
        if last - first > _LONGEST_PART:
            raise Unsupported(f"on more than {_LONGEST_PART} members of an unknown list")
        return [_member(members, index) for index in range(first, last)]
    found = to_sequence(members)
    if not 0 <= first <= last <= len(found):
        raise Rejected(f"from {first} to {last} is not within {len(found)} members")
    return found[first:last]


def _member(members: Unknown, index: int) -> Unknown:
    """Return one member of an unknown list, by the reference if the list is one."""
    if members.is_derived or len(members.references) != 1:
        return merged([members])
    return Unknown(members.reason, (f"{members.references[0]}[{index}]",), has_wildcards=members.has_wildcards)


def _zipmap(keys: Value, values: Value) -> Value:
    if isinstance(keys, Unknown):
        return merged(part for part in (keys, values) if isinstance(part, Unknown))
    names = [key if isinstance(key, Unknown) else to_text(key) for key in to_list(keys)]
    members = [merged([values])] * len(names) if isinstance(values, Unknown) else to_list(values)
    if len(names) != len(members):
        raise Rejected(f"{len(names)} keys do not go with {len(members)} values")
    found = map_of(zip(names, members, strict=True))
    return found if isinstance(found, Unknown) else to_object(found)


FUNCTIONS = {
    "coalescelist": Function(_coalescelist, rest=any_value, whole=True),
    "concat": Function(_concat, rest=to_sequence, partial=True),
    "contains": Function(_contains, (to_list, present), partial=True),
    "element": Function(_element, (to_sequence, to_int64), partial=True),
    "flatten": Function(_flatten, (to_list,), partial=True),
    "index": Function(_index, (to_sequence, present), partial=True),
    "keys": Function(list, (to_object,), partial=True),
    "length": Function(_length, (any_value,), partial=True),
    "lookup": Function(_lookup, (any_value, any_value, any_value), optional=1, whole=True),
    "merge": Function(_merge, rest=_mergeable, whole=True),
    "one": Function(_one, (to_list,), partial=True),
    "reverse": Function(lambda members: members[::-1], (to_list,), partial=True),
    "slice": Function(_slice, (any_value, any_value, any_value), whole=True),
    "values": Function(lambda members: list(members.values()), (to_object,), partial=True),
    "zipmap": Function(_zipmap, (any_value, any_value), whole=True),
}
