"""Misspellings of tag keys, as distinct from other keys. In doubt it is another key."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache
from itertools import chain

_SHORTEST, _LONG = 5, 9  # letters
_SEPARATORS = str.maketrans("", "", "-_ .")


def intended_key(key: str, required: Iterable[str], present: Container[str]) -> str | None:
    """Return the required key that *key* is a misspelling of; `None` if it is a required key or another one.

    Keys that differ only in case or in separators are the same word. A typo is one edit (a letter that is wrong,
    missing, extra or swapped with its neighbor), or two in a word of nine letters or more. The word has at least five
    letters, its first letter and its digits are right, and the required key is not among those *present*.
    """
    same, near = _similar(key, tuple(required))
    return next(chain(same, (candidate for candidate in near if candidate not in present)), None)


@cache
def _similar(key: str, required: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the required keys that are the same word as *key*, and those that it may be a typo of."""
    if key in required:
        return (), ()
    same = (candidate for candidate in required if _bare(candidate) == _bare(key))
    near = (candidate for candidate in required if _is_typo(_bare(key), _bare(candidate)))
    return tuple(same), tuple(near)


@cache
def _bare(key: str) -> str:
    return key.translate(_SEPARATORS).casefold()


@cache
def _is_typo(word: str, required: str) -> bool:
    if len(required) < _SHORTEST or word[:1] != required[:1] or _digits(word) != _digits(required):
        return False
    return _edits(word, required) <= (2 if len(required) >= _LONG else 1)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _edits(one: str, other: str) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbors (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, expected in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != expected))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], expected):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
