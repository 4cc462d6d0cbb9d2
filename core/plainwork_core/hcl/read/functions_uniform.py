"""Terraform's functions on collections whose members they convert to one type.

See https://developer.hashicorp.com/terraform/language/functions.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import chain
from typing import Any

from plainwork_core.hcl.read.budget import OF_ARGUMENT
from plainwork_core.hcl.read.conversions import (
    SetOfValues,
    kind,
    to_boolean,
    to_int64,
    to_list,
    to_object,
    to_text,
    to_texts,
)
from plainwork_core.hcl.read.encoding import json_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.signature import Function, any_value, or_null
from plainwork_core.hcl.read.unification import alike, to_set
from plainwork_core.model.values import PartialString, Unknown, Value, merged


def _all(*, decisive: bool) -> Callable[[list[Value]], Value]:
    """Return `alltrue` or `anytrue`, which one *decisive* member decides whatever the others are."""

    def call(members: list[Value]) -> Value:
        hidden = [member for member in members if isinstance(member, Unknown)]
        known = [member is not None and to_boolean(member) for member in members if not isinstance(member, Unknown)]
        if decisive in known:
            return decisive
        return merged(hidden) if hidden else not decisive

    return call


def _chunklist(members: list[Value], size: int) -> list[Value]:
    if size < 0:
        raise Rejected("the size is negative")
    if size == 0:
        return [members] if members else []
    return [members[start : start + size] for start in range(0, len(members), size)]


def _coalesce(*values: Value) -> Value:
    candidates = alike(list(values))
    if isinstance(candidates, Unknown):
        return candidates
    for value in candidates:
        if isinstance(value, PartialString) and any(isinstance(part, str) for part in value.parts):
            return value
        if isinstance(value, Unknown):
            return merged(value for value in candidates if isinstance(value, Unknown))
        if value not in (None, ""):
            return value
    raise Rejected("no argument is set")


def _matchkeys(values: list[Value], keys: list[Value], wanted: list[Value]) -> list[Value]:
    if len(values) != len(keys):
        raise Rejected("the lists of values and keys are not of one length")
    together = alike(keys + wanted)
    if isinstance(together, Unknown):
        raise Unsupported("on such keys")
    texts = [json_text(key) for key in together]
    found = set(texts[len(keys) :])
    return [value for value, text in zip(values, texts, strict=False) if text in found]


def _alike_list(value: Value) -> list[Value]:
    """Convert a list, tuple or set to a list, whose elements are of one type."""
    members = alike(to_list(value))
    if isinstance(members, Unknown):
        raise Unsupported(f"on members of several types: {members.reason}")
    return members


def _distinct(members: list[Value]) -> Value:
    found: list[Value] = []
    keys: set[tuple[str, str]] = set()
    for member in members:
        if (key := (kind(member), json_text(member))) not in keys:
            keys.add(key)
            found.append(member)
    return found


def _setproduct(*sets: list[Value]) -> Value:
    if len(sets) < 2:  # noqa: PLR2004
        raise Rejected("there are less than two lists")
    if math.prod(map(len, sets)) * len(sets) > OF_ARGUMENT:
        raise Unsupported(f"beyond {OF_ARGUMENT:,} members")
    product: list[Any] = [[]]
    for members in sets:
        product = [[*chosen, member] for chosen in product for member in members]
    return to_set(product) if any(isinstance(members, SetOfValues) for members in sets) else product


def _factor(value: Value) -> list[Value]:
    members = _alike_list(value)
    return SetOfValues(members) if isinstance(value, SetOfValues) else members


def _of_sets(keep: Callable[[str, list[set[str]]], bool]) -> Callable[..., Value]:
    """Return a function on sets, which keeps members of the first by their text and those of the others."""

    def call(first: list[Value], *others: list[Value]) -> Value:
        together = alike(_members(first, *others))
        if isinstance(together, Unknown):
            return together
        left = iter(together)
        own, *rest = [[next(left) for _ in members] for members in (first, *others)]
        texts = [{json_text(member) for member in members} for members in rest]
        return to_set([member for member in own if keep(json_text(member), texts)])

    return call


def _setunion(*sets: list[Value]) -> Value:
    return to_set(_members(*sets))


def _members(*sets: list[Value]) -> list[Value]:
    """Return the members of all *sets*; an empty one may be of strings, to which it converts the others."""
    members = list(chain.from_iterable(sets))
    if not all(sets) and any(kind(member) != "string" for member in members):
        raise Unsupported("on an empty set and members that are not strings")
    return members


def _tomap(members: dict[str, Value]) -> Value:
    same = alike(list(members.values()))
    return same if isinstance(same, Unknown) else dict(zip(members, same, strict=True))


def _to_lists_of_texts(value: Value) -> dict[str, list[str]]:
    return {name: to_texts(texts) for name, texts in to_object(value).items()}


def _transpose(members: dict[str, list[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, texts in members.items():
        for text in texts:
            found.setdefault(text, []).append(name)
    return {text: sorted(names) for text, names in sorted(found.items())}


FUNCTIONS = {
    "alltrue": Function(_all(decisive=False), (to_list,), partial=True),
    "anytrue": Function(_all(decisive=True), (to_list,), partial=True),
    "chunklist": Function(_chunklist, (_alike_list, to_int64), partial=True),
    "coalesce": Function(_coalesce, rest=any_value, whole=True),
    "compact": Function(
        lambda members: [to_text(member) for member in members if member not in (None, "")], (to_list,)
    ),
    "distinct": Function(_distinct, (_alike_list,)),
    "matchkeys": Function(_matchkeys, (_alike_list, to_list, to_list)),
    "setintersection": Function(
        _of_sets(lambda text, others: all(text in other for other in others)), (to_list,), rest=to_list
    ),
    "setproduct": Function(_setproduct, rest=_factor, partial=True),
    "setsubtract": Function(_of_sets(lambda text, others: text not in others[0]), (to_list, to_list)),
    "setunion": Function(_setunion, rest=to_list),
    "sort": Function(sorted, (to_texts,)),
    "tolist": Function(or_null(alike), (or_null(to_list),), partial=True),
    "tomap": Function(or_null(_tomap), (or_null(to_object),), partial=True),
    "toset": Function(or_null(to_set), (or_null(to_list),)),
    "transpose": Function(_transpose, (_to_lists_of_texts,)),
}
