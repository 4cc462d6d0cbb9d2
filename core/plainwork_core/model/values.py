"""Values as a policy sees them: plain Python data in which anything may be `Unknown`.

A known value is a `str`, `int`, `float`, `bool`, `None`, a `list` or a `dict` with string keys, as JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from plainwork_core.frozen import frozen

Value = Any  # JSON data with `Unknown` at any depth: a recursive alias says no more to a reader or to mypy


@frozen(slots=True)
class Unknown:
    """A value that the input does not tell.

    Args:
        reason: why, by name, in words that complete "not evaluated: ...", such as
            "`var.region` has no default" or "`aws_s3_bucket.logs.arn` is known only after apply".
        references: the addresses that the value is made of, such as `aws_s3_bucket.logs.arn`; often empty.
        is_computed: whether the configuration does not set the argument, so that the provider computes the value.
    """

    reason: str
    references: tuple[str, ...] = ()
    is_computed: bool = field(default=False, kw_only=True)

    def __bool__(self) -> bool:
        """Refuse: `if value:` would take "not known" for an answer. Ask `is_known(value)` first."""
        raise TypeError(f"an unknown value has no truth ({self.reason}): ask is_known() first")


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
        document: what it encodes, with an `Unknown` for each part that is not known.
    """

    document: Value = None


@frozen(slots=True)
class PartialMap(Unknown):
    """A map of which some keys are unknown, such as `merge(var.tags, { Owner = "a" })` or `{ (var.key) = 1 }`.

    Args:
        members: by key, what the map holds for certain; a value is `Unknown` where an unknown key may be the same.
        others: unknown keys, with their values; a whole map that is unknown stands there as one pair of itself.
    """

    members: Mapping[str, Value] = field(default_factory=dict)
    others: tuple[tuple[Unknown, Value], ...] = ()


def is_known(value: Value) -> bool:
    """Tell whether *value* itself is known; members of a list or a map may still be unknown."""
    return not isinstance(value, Unknown)


def unknowns(value: Value) -> Iterator[Unknown]:
    """Yield each unknown in *value*, at any depth, in order."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from unknowns(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from unknowns(member)


def merged(parts: Iterable[Unknown]) -> Unknown:
    """Return the one unknown that a value made of *parts* is: all their reasons, all their references, each once."""
    found = list(parts)
    reasons = dict.fromkeys(part.reason for part in found)
    references = dict.fromkeys(reference for part in found for reference in part.references)
    return Unknown("; ".join(reasons), tuple(references))


def look_up(values: Value, path: str) -> Value:
    """Follow *path* (`"rule.0.status"`: keys and list indices) into *values*.

    Returns:
        The value; `None` where nothing stands there; the `Unknown` that hides it where one is on the way.
        A single block that is a map instead of a list of one map is entered as if it were that list.
    """
    current = values
    for step in path.split("."):
        if isinstance(current, PartialMap) and step in current.members:
            current = current.members[step]
            continue
        if isinstance(current, Unknown):
            return current
        if isinstance(current, Mapping):
            current = current if step == "0" and "0" not in current else current.get(step)
        elif isinstance(current, list) and step.isdigit():
            current = current[int(step)] if int(step) < len(current) else None
        else:
            return None
    return current


def members_of(value: Value) -> Mapping[str, Value]:
    """Return what *value*, a map, holds for certain: all, part, or nothing where it is unknown or no map."""
    found = value.members if isinstance(value, PartialMap) else value
    return found if isinstance(found, Mapping) else {}


def pairs(value: Value) -> Iterator[tuple[str | Unknown, Value]]:
    """Yield the keys and values of *value*, a map or a `PartialMap`, those with an unknown key first."""
    if isinstance(value, PartialMap):
        yield from value.others
    yield from members_of(value).items()


def blocks(values: Value, name: str) -> list[Value]:
    """Return the nested blocks *name* of *values* as a list, whichever way the format spells one block.

    Each member is a map, or an `Unknown` (a `dynamic` block, or a list known only after apply).
    """
    found = look_up(values, name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
