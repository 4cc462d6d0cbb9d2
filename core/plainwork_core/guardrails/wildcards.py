"""Regular expressions as wildcards of IAM, where both match the same texts.

`*` is any text and `?` any one character:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from itertools import product

_MAX_WILDCARDS, _MAX_REPEAT = 20, 20
_QUANTIFIER = re.compile(r"[*+?]|\{(?P<least>\d+)(?P<comma>,(?P<most>\d*))?\}")
_LITERAL = re.compile(r"\\(?P<escaped>[^\w\s])|(?P<plain>[^\\.^$*+?{}\[\]|()])")
_CLASS = re.compile(r"\[(?P<members>[^\]^\\-][^\]\\-]*)\]")
_ANY_CHARACTER, _ANY_TEXT = "?", "*"

Wildcards = tuple[str, ...]


class _InexactError(Exception):
    """The expression has a part that no wildcard matches exactly."""


def as_wildcards(pattern: str) -> Wildcards | None:
    """Return the wildcards that match the texts that the whole regular expression *pattern* matches.

    Returns:
        `("cc-*",)` for `cc-.*`; `None` for `cc-[0-9]{4}`, which would need ten thousand.
    """
    text = pattern.removeprefix("^")
    if text.endswith("$") and not text.endswith("\\$"):
        text = text[:-1]
    try:
        found, end = _alternatives(text, 0)
    except _InexactError:
        return None
    return found if end == len(text) else None


def _alternatives(text: str, at: int) -> tuple[Wildcards, int]:
    found, at = _sequence(text, at)
    while text[at : at + 1] == "|":
        other, at = _sequence(text, at + 1)
        found = _limited((*found, *other))
    return found, at


def _sequence(text: str, at: int) -> tuple[Wildcards, int]:
    found: Wildcards = ("",)
    while at < len(text) and text[at] not in "|)":
        atom, at = _atom(text, at)
        if quantifier := _QUANTIFIER.match(text, at):
            atom, at = _repeated(atom, quantifier), quantifier.end()
            if text[at : at + 1] in ("?", "+"):  # a lazy or possessive quantifier
                raise _InexactError
        found = _joined(found, atom)
    return found, at


def _atom(text: str, at: int) -> tuple[Wildcards, int]:
    if text[at] == ".":
        return (_ANY_CHARACTER,), at + 1
    if text[at] == "(":
        start = at + 3 if text.startswith("(?:", at) else at + 1
        inside, end = _alternatives(text, start)
        return inside, _closed(text, end)
    if found := _CLASS.match(text, at):
        return _limited(tuple(map(_literal, found["members"]))), found.end()
    if found := _LITERAL.match(text, at):
        return (_literal(found["escaped"] or found["plain"]),), found.end()
    raise _InexactError


def _closed(text: str, at: int) -> int:
    if text[at : at + 1] != ")":
        raise _InexactError
    return at + 1


def _literal(character: str) -> str:
    if character in (_ANY_CHARACTER, _ANY_TEXT):
        raise _InexactError
    return character


def _repeated(atom: Wildcards, quantifier: re.Match[str]) -> Wildcards:
    least, most = _counts(quantifier)
    if least > _MAX_REPEAT or (most or 0) > _MAX_REPEAT:
        raise _InexactError
    if most is None:
        if atom != (_ANY_CHARACTER,):
            raise _InexactError
        return (_ANY_CHARACTER * least + _ANY_TEXT,)
    counts = range(least, most + 1)
    return _limited(tuple(dict.fromkeys("".join(parts) for count in counts for parts in _powers(atom, count))))


def _powers(atom: Wildcards, count: int) -> list[tuple[str, ...]]:
    if len(atom) ** count > _MAX_WILDCARDS:
        raise _InexactError
    return list(product(atom, repeat=count))


def _counts(quantifier: re.Match[str]) -> tuple[int, int | None]:
    """Return the least and the greatest number of repetitions; `None` is any number."""
    simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if quantifier[0] in simple:
        return simple[quantifier[0]]
    least = int(quantifier["least"])
    return least, (least if not quantifier["comma"] else int(quantifier["most"]) if quantifier["most"] else None)


def _joined(first: Wildcards, second: Wildcards) -> Wildcards:
    if len(first) * len(second) > _MAX_WILDCARDS:
        raise _InexactError
    return tuple(dict.fromkeys(one + other for one in first for other in second))


def _limited(found: Wildcards) -> Wildcards:
    if len(found) > _MAX_WILDCARDS:
        raise _InexactError
    return tuple(dict.fromkeys(found))
