"""Tells a misspelt tag key from one that is simply another key: when in doubt, it is another key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

_SHORTEST, _LONG = 5, 9
_SEPARATORS = str.maketrans("", "", "-_ .")


def meant(key: str, required: Iterable[str], present: Collection[str]) -> str | None:
    """Return the required key that *key* was meant to be; `None` if it is one of them, or none is near.

    Keys that differ only in case or in separators are one word. A typo is one edit (a letter wrong, missing, extra or
    swapped with its neighbor), or two in a word of nine letters or more, in a word of at least five letters whose
    first letter and digits are right, and only where the required key is not among those *present*.
    """
    wanted = tuple(required)
    if key in wanted:
        return None
    same = [each for each in wanted if _bare(each) == _bare(key)]
    typos = [each for each in wanted if each not in present and _is_typo(_bare(key), _bare(each))]
    return next(iter(same + typos), None)


@cache
def _bare(key: str) -> str:
    return key.translate(_SEPARATORS).casefold()


@cache
def _is_typo(word: str, wanted: str) -> bool:
    if len(wanted) < _SHORTEST or word[:1] != wanted[:1] or _digits(word) != _digits(wanted):
        return False
    return _edits(word, wanted) <= (2 if len(wanted) >= _LONG else 1)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _edits(one: str, other: str) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbors (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
