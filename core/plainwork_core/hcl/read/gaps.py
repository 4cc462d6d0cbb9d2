"""Strings and maps with unknown parts: the parts that are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from plainwork_core.hcl.read.encoding import json_decode
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.model.values import JsonText, PartialMap, PartialString, Unknown, Value, merged

_GAP = re.compile("\ud800([0-9]+)\ud801")  # half surrogate pairs, which no text of a configuration contains
_MOST_UNKNOWN_KEYS = 1000

Part = str | Unknown


def joined(parts: list[Part]) -> str | Unknown:
    """Join *parts* to a string.

    Returns:
        The string; or, with an unknown among them, a `JsonText` where they write a JSON object, else a `PartialString`.
        For JSON, an unknown is assumed to contain no quote and no backslash, because names, ids and ARNs contain
        none.
    """
    hidden = [part for part in parts if isinstance(part, Unknown)]
    if not hidden:
        return "".join(str(part) for part in parts)
    unknown = merged(hidden)
    document = _document(parts)
    if document is None:
        return PartialString(unknown.reason, unknown.references, tuple(_flat(parts)))
    return JsonText(unknown.reason, unknown.references, document)


def _marked(index: int) -> str:
    return f"\ud800{index}\ud801"


def filled(make: Callable[[list[Value]], Value], values: list[Value]) -> Value:
    """Return the string that *make* makes of *values*, some of them or of their members unknown.

    Args:
        make: puts each string into the result as it is, as `format` with `%s` and `join` do.
        values: what it takes.
    """
    hidden: list[Unknown] = []

    def marked(value: Value) -> Value:
        if isinstance(value, list):
            return [marked(member) for member in value]
        if not isinstance(value, Unknown):
            return value
        hidden.append(value)
        return _marked(len(hidden) - 1)

    text = make([marked(value) for value in values])
    if not isinstance(text, str):
        return text
    parts = [hidden[int(piece)] if index % 2 else piece for index, piece in enumerate(_GAP.split(text))]
    left = [part for part in parts if part != ""]
    return left[0] if len(left) == 1 else joined(left)


def map_of(pairs: Iterable[tuple[Part, Value]]) -> Value:
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


def _flat(parts: list[Part]) -> list[Part]:
    """Put the parts of templates among *parts* in their place, and join neighboring strings."""
    flat: list[Part] = []
    for part in parts:
        for piece in part.parts if isinstance(part, PartialString) else (part,):
            if isinstance(piece, str) and flat and isinstance(flat[-1], str):
                flat[-1] += piece
            elif piece != "":
                flat.append(piece)
    return flat


def _document(parts: list[Part]) -> Value | None:
    text = "".join(part if isinstance(part, str) else _marked(index) for index, part in enumerate(parts))
    if not text.lstrip().startswith("{"):
        return None
    try:
        return _with_gaps(json_decode(text), parts)
    except Rejected:
        return None


def _with_gaps(value: Value, parts: list[Part]) -> Value:
    if isinstance(value, list):
        return [_with_gaps(member, parts) for member in value]
    if isinstance(value, dict):
        return map_of((_string_with_gaps(key, parts), _with_gaps(member, parts)) for key, member in value.items())
    return _string_with_gaps(value, parts) if isinstance(value, str) else value


def _string_with_gaps(text: str, parts: list[Part]) -> Value:
    pieces = _GAP.split(text)
    found: list[Part] = [parts[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces)]
    flat = _flat(found)
    hidden = [part for part in flat if isinstance(part, Unknown)]
    if not hidden:
        return text
    if len(flat) == 1:
        return hidden[0]
    unknown = merged(hidden)
    return PartialString(unknown.reason, unknown.references, tuple(flat))
