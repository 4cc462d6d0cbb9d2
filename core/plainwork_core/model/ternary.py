"""Kleene's logic: true, false, or an `Unknown`."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.model.values import Unknown

Ternary = bool | Unknown


def any_of(conditions: Iterable[Ternary]) -> Ternary:
    """Return true if one of *conditions* is true; otherwise the first unknown one; otherwise false."""
    result: Ternary = False
    for condition in conditions:
        if condition is True:
            return True
        if result is False:
            result = condition
    return result


def all_of(conditions: Iterable[Ternary]) -> Ternary:
    """Return false if one of *conditions* is false; otherwise the first unknown one; otherwise true."""
    result: Ternary = True
    for condition in conditions:
        if condition is False:
            return False
        if result is True:
            result = condition
    return result


def negation(answer: Ternary) -> Ternary:
    """Return no for yes and yes for no; an unknown answer stays."""
    return answer if isinstance(answer, Unknown) else not answer
