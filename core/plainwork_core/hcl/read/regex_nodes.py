"""The parts of a regular expression of RE2, and its classes of characters as ranges of code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plainwork_core.hcl.read.errors import Unsupported

LAST = 0x10FFFF
"""The last code point."""
_LAST_OF_ASCII = 127
Ranges = tuple[tuple[int, int], ...]

_DIGIT: Ranges = ((48, 57),)
_SPACE: Ranges = ((9, 10), (12, 13), (32, 32))
_UPPER: Ranges = ((65, 90),)
_LOWER: Ranges = ((97, 122),)
_WORD: Ranges = (*_DIGIT, *_UPPER, (95, 95), *_LOWER)
_PUNCTUATION: Ranges = ((33, 47), (58, 64), (91, 96), (123, 126))
PERL = {"d": _DIGIT, "s": _SPACE, "w": _WORD}
POSIX: dict[str, Ranges] = {
    "alnum": (*_DIGIT, *_UPPER, *_LOWER),
    "alpha": (*_UPPER, *_LOWER),
    "ascii": ((0, 127),),
    "blank": ((9, 9), (32, 32)),
    "cntrl": ((0, 31), (127, 127)),
    "digit": _DIGIT,
    "graph": ((33, 126),),
    "lower": _LOWER,
    "print": ((32, 126),),
    "punct": _PUNCTUATION,
    "space": ((9, 13), (32, 32)),
    "upper": _UPPER,
    "word": _WORD,
    "xdigit": (*_DIGIT, (65, 70), (97, 102)),
}
_FOLDED_BEYOND_ASCII = {"k": 0x212A, "s": 0x17F}
"""The characters beyond ASCII that are a letter of ASCII in another case."""


class Characters(NamedTuple):
    """One character of these ranges of code points."""

    ranges: Ranges

    def has(self, char: int) -> bool:
        """Return whether *char* is one of them."""
        return any(first <= char <= last for first, last in self.ranges)


class Assertion(NamedTuple):
    """A condition on a position: `A`, `z`, `b` and `B` as in a pattern, `^` and `$` of a line."""

    symbol: str


class Group(NamedTuple):
    """A group that captures what *inner* matches."""

    number: int
    inner: Node


class Sequence(NamedTuple):
    """Each of *parts*, one after the other."""

    parts: list[Node]


class Choice(NamedTuple):
    """One of *branches*, the first if possible."""

    branches: list[Node]


class Repeat(NamedTuple):
    """What *inner* matches, *least* to *most* times; `None` for any number."""

    inner: Node
    least: int
    most: int | None
    is_greedy: bool


Node = Characters | Assertion | Group | Sequence | Choice | Repeat


def is_nullable(node: Node) -> bool:
    """Return whether *node* may match the empty text."""
    match node:
        case Characters():
            return False
        case Assertion():
            return True
        case Group(_, inner):
            return is_nullable(inner)
        case Sequence(parts):
            return all(map(is_nullable, parts))
        case Choice(branches):
            return any(map(is_nullable, branches))
        case Repeat(inner, least, _, _):
            return least == 0 or is_nullable(inner)


def folded(ranges: Ranges) -> Ranges:
    """Return *ranges* with their characters in the other case.

    Raises:
        Unsupported: some are not of ASCII.
    """
    if any(last > _LAST_OF_ASCII for _, last in ranges):
        raise Unsupported("with characters beyond ASCII in any case")
    found = list(ranges)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        cases = [ord(letter), ord(letter.upper())]
        if any(first <= case <= last for case in cases for first, last in ranges):
            others = [_FOLDED_BEYOND_ASCII[letter]] if letter in _FOLDED_BEYOND_ASCII else []
            found += [(case, case) for case in cases + others]
    return normalized(found)


def normalized(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return the characters of *ranges* as few ranges, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def inverted(ranges: Ranges) -> Ranges:
    """Return all characters that are not in *ranges*."""
    edges = [-1, *(edge for pair in normalized(ranges) for edge in pair), LAST + 1]
    return tuple((last + 1, first - 1) for last, first in zip(edges[::2], edges[1::2], strict=True) if last + 1 < first)
