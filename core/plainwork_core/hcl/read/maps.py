"""Maps of which some keys are unknown."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.model.values import PartialMap, PartialString, Unknown, Value, merged

_MOST_UNKNOWN_KEYS = 1000


def map_of(pairs: Iterable[tuple[str | Unknown, Value]]) -> Value:
    """Make the map of *pairs*, of which a later one takes the place of an earlier one with its key.

    Returns:
        A `dict`; a `PartialMap` where a key is unknown, which is also how a whole unknown map comes in: as its own key.
    """
    members: dict[str, Value] = {}
    others: list[tuple[Unknown, Value]] = []
    for key, value in pairs:
        if isinstance(key, Unknown):
            others.append((key, value))
            if len(others) > _MOST_UNKNOWN_KEYS:
                continue
            members |= {name: merged([key]) for name in members if _may_be(key, name)}
        else:
            members[key] = value
    if not others:
        return members
    unknown = merged(key for key, _ in others)
    if len(others) > _MOST_UNKNOWN_KEYS:
        return unknown
    return PartialMap(unknown.reason, unknown.references, members, tuple(others))


def map_with(known: Value, others: list[Unknown]) -> Value:
    """Return the map *known* with unknown members, none of which has a key of its known ones."""
    members = known.members if isinstance(known, PartialMap) else known
    before = known.others if isinstance(known, PartialMap) else ()
    unknown = merged([*(key for key, _ in before), *others])
    return PartialMap(unknown.reason, unknown.references, members, (*before, *((other, other) for other in others)))


def _may_be(key: Unknown, name: str) -> bool:
    texts = [""]
    for part in key.parts if isinstance(key, PartialString) else (key,):
        if isinstance(part, str):
            texts[-1] += part
        else:
            texts.append("")
    first, *middle, last = texts
    position, end = len(first), len(name) - len(last)
    if position > end or not (name.startswith(first) and name.endswith(last)):
        return False
    for text in middle:
        position = name.find(text, position, end) + len(text)
        if position < len(text):
            return False
    return True
