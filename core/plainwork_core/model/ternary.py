"""Yes, no, or an `Unknown`: answers to questions about values that may be unknown."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.model.values import Unknown

Ternary = bool | Unknown


def any_of(answers: Iterable[Ternary]) -> Ternary:
    """Return yes if one of *answers* is; otherwise the first that is unknown; otherwise no."""
    result: Ternary = False
    for answer in answers:
        if answer is True:
            return True
        if result is False:
            result = answer
    return result


def all_of(answers: Iterable[Ternary]) -> Ternary:
    """Return no if one of *answers* is; otherwise the first that is unknown; otherwise yes."""
    result: Ternary = True
    for answer in answers:
        if answer is False:
            return False
        if result is True:
            result = answer
    return result
