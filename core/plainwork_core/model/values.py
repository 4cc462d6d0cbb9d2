"""The values of arguments: plain Python data in which any part may be `Unknown`.

A known value is a `str`, `int`, `float`, `bool`, `None`, a `list` or a `dict` with string keys, as JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from plainwork_core.frozen import frozen

Value = Any  # JSON data with `Unknown` at any depth; a recursive alias would not be checked more strictly


@frozen(slots=True)
class Unknown:
    """A value that the input does not contain.

    Args:
        reason: why it is unknown, such as "`var.region` has no default; check a plan" or
            "`aws_s3_bucket.logs.arn` is known only after apply".
        references: the addresses that the value refers to, such as `aws_s3_bucket.logs.arn`; often empty.
        is_computed: whether the configuration does not set the argument, so that the provider computes the value.
        is_derived: whether it is computed from what it refers to, as by a function: two of them with the same
            references may be different values.
        has_wildcards: whether a value that it is known to have in some case contains `*` or `?`, so that a string with
            it in it is unknown as a whole. Of other unknown values it is assumed that they do not.
    """

    reason: str
    references: tuple[str, ...] = ()
    is_computed: bool = field(default=False, kw_only=True)
    is_derived: bool = field(default=False, kw_only=True, compare=False)
    has_wildcards: bool = field(default=False, kw_only=True)

    def __bool__(self) -> bool:
        """Raise: `if value:` would treat an unknown value as true. Call `is_known(value)` first."""
        raise TypeError(f"an unknown value is neither true nor false ({self.reason}); call is_known() first")


@frozen(slots=True)
class PartialString(Unknown):
    """A string of which parts are unknown, such as `"arn:${data.aws_partition.current.partition}:iam::aws:policy/x"`.

    Args:
        parts: literal text and unknowns, in order; joined they are the string.
    """

    parts: tuple[str | Unknown, ...] = ()


@frozen(slots=True)
class JsonText(Unknown):
    """A JSON string of which parts are unknown, such as `jsonencode({ Resource = aws_s3_bucket.logs.arn })`.

    Args:
        document: the encoded value, with an `Unknown` for each unknown part.
    """

    document: Value = field(default=None, hash=False)


@frozen(slots=True)
class PartialMap(Unknown):
    """A map with unknown keys, such as `merge(var.tags, { Owner = "a" })` or `{ (var.key) = 1 }`.

    Args:
        members: the certain members by key; a value is `Unknown` if an unknown key may be the same key.
        others: the unknown keys with their values; an unknown map is one pair, with itself as key and as value.
    """

    members: Mapping[str, Value] = field(default_factory=dict, hash=False)
    others: tuple[tuple[Unknown, Value], ...] = field(default=(), hash=False)


DEEPEST = 100
"""Levels of lists and maps in a value: no argument of the AWS provider has half as many."""
_PARTS = frozenset((list, dict))


def is_deep(value: Value, most: int = DEEPEST) -> bool:
    """Return whether *value*, of known parts, has more than *most* levels of lists and maps."""
    level = [value] if type(value) in _PARTS else []
    for _ in range(most):
        if not level:
            return False
        level = [
            member
            for part in level
            if part
            for member in (part.values() if type(part) is dict else part)
            if type(member) in _PARTS
        ]
    return bool(level)


def is_known(value: Value) -> bool:
    """Return whether *value* itself is known; members of a list or a map may still be unknown."""
    return not isinstance(value, Unknown)


def unknowns(value: Value) -> Iterator[Unknown]:
    """Yield the unknown values in *value*, at any depth, in order."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from unknowns(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from unknowns(member)


def merged(parts: Iterable[Unknown]) -> Unknown:
    """Return one unknown value with the reasons and the references of *parts*, each once."""
    found = list(parts)
    reasons = dict.fromkeys(part.reason for part in found)
    references = dict.fromkeys(reference for part in found for reference in part.references)
    wildcards = any(part.has_wildcards for part in found)
    return Unknown("; ".join(reasons), tuple(references), is_derived=True, has_wildcards=wildcards)


def look_up(values: Value, path: str) -> Value:
    """Follow *path* (`"rule.0.status"`: keys and list indices) into *values*.

    Returns:
        The value; `None` if there is none; an `Unknown` if one is on the path.
        A single block that is a map is treated as a list of one map.
    """
    current = values
    for step in path.split("."):
        if isinstance(current, PartialMap) and step in current.members:
            current = current.members[step]
            continue
        if isinstance(current, Unknown):
            return current
        if isinstance(current, dict):
            current = current if step == "0" and "0" not in current else current.get(step)
        elif isinstance(current, list) and step.isdigit():
            current = current[int(step)] if int(step) < len(current) else None
        else:
            return None
    return current


def members_of(value: Value) -> Mapping[str, Value]:
    """Return the certain members of *value*, a map; none if it is unknown or not a map."""
    found = value.members if isinstance(value, PartialMap) else value
    return found if isinstance(found, dict) else {}


def scalar(value: Value, path: str) -> Value:
    """Return *value*, of the argument *path*, which takes a string; an `Unknown` if it is a list or a map."""
    if isinstance(value, (list, Mapping)):
        return Unknown(f"`{path}` is {'a list' if isinstance(value, list) else 'a map'}, not a string")
    return value


def pairs(value: Value) -> Iterator[tuple[str | Unknown, Value]]:
    """Yield the keys and values of *value*, a map or a `PartialMap`, those with an unknown key first."""
    if isinstance(value, PartialMap):
        yield from value.others
    yield from members_of(value).items()


def blocks(values: Value, name: str) -> list[Value]:
    """Return the nested blocks *name* of *values* as a list, also if the format has a single block as a map.

    Each member is a map, or an `Unknown` (a `dynamic` block, a list known only after apply, or not a map).
    """
    found = look_up(values, name)
    if found is None:
        return []
    members = found if isinstance(found, list) else [found]
    return [
        member if isinstance(member, (dict, Unknown)) else Unknown(f"`{name}.{index}` is not a block")
        for index, member in enumerate(members)
    ]
