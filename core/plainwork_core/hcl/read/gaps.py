"""Strings with unknown parts: the parts that are known."""

from __future__ import annotations

import re

from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.json_template import HOLE, TRAILING_COMMA, JsonTemplate
from plainwork_core.model.values import JsonText, PartialString, Unknown, Value, merged

_GAP = re.compile(HOLE.format("([0-9]+)"))

Part = str | Unknown


def joined(parts: list[Part]) -> str | Unknown:
    """Join *parts* to a string.

    Returns:
        The string; or, with an unknown among them, a `JsonText` where they write an object or a list of JSON, else a
        `PartialString`.
        For JSON, an unknown in a string is assumed to contain no quote and no backslash, because names, ids and ARNs
        contain none.
    """
    hidden = [part for part in parts if isinstance(part, Unknown)]
    if not hidden:
        return "".join(str(part) for part in parts)
    unknown = merged(hidden)
    document = _document(parts)
    if document is None:
        return unknown if unknown.has_wildcards else _partial(unknown, _flat(parts))
    return JsonText(unknown.reason, unknown.references, document)


def joined_or_only(parts: list[Part]) -> Value:
    """Return the only one of *parts* that is not empty where there is one, otherwise what they are joined."""
    left = [part for part in parts if part != ""]
    return left[0] if len(left) == 1 else joined(left)


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
    template = _template(parts)
    if template is None:
        return None
    try:
        return template.value()
    except Rejected:
        return None


def json_problem(text: Value) -> str | None:
    """Return why a partly unknown string is no JSON, whatever its unknown parts are."""
    template = _template(list(text.parts)) if isinstance(text, PartialString) else None
    if template is None:
        return None
    try:
        template.value()
    except Rejected as error:
        return TRAILING_COMMA if str(error) == TRAILING_COMMA else None
    return None


def _template(parts: list[Part]) -> JsonTemplate | None:
    text = "".join(part if isinstance(part, str) else HOLE.format(index) for index, part in enumerate(parts))
    if '"' not in text or not text.lstrip().startswith(("{", "[")):
        return None
    return JsonTemplate(text, parts, lambda string: _string_with_gaps(string, parts))


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
    return unknown if unknown.has_wildcards else _partial(unknown, flat)


def _partial(unknown: Unknown, parts: list[Part]) -> PartialString:
    return PartialString(unknown.reason, unknown.references, tuple(parts))
