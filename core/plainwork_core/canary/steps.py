"""The steps of a canary deployment, and the weights of a percentage."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS: tuple[float, ...] = (0, 5, 25, 50, 100)
"""Percentages of traffic to the canary variant; 0 is the rollback."""


def weights(percent: float, max_weight: int) -> tuple[int, int]:
    """Return the weights of the stable and of the canary variant.

    A whole percentage is its own weight, so nothing is rounded: 5 results in 95 and 5. A fraction is rounded to the
    nearest share of `max_weight + 1`, but not to none or all of it: 0.5 % results in 995 and 5 for target groups,
    exactly, and in 255 and 1 for Route 53, which is 0.39 %. Only 0 and 100 result in a weight of 0, for one variant.

    Args:
        percent: percentage of traffic to the canary variant, 0 to 100.
        max_weight: maximum weight of the resource, 255 for Route 53 and 999 for target groups.
    """
    if percent == int(percent):
        return 100 - int(percent), int(percent)
    total = max_weight + 1
    canary = min(max(round(total * percent / 100), 1), total - 1)
    return total - canary, canary


def steps_problems(steps: Any) -> Iterator[str]:
    """Yield the problems of steps that do not increase from 0 to 100."""
    is_list = isinstance(steps, tuple | list) and all(is_number(step) for step in steps)
    if not is_list or list(steps[:1]) != [0] or list(steps[-1:]) != [100] or not all(a < b for a, b in pairwise(steps)):
        yield f"steps must be percentages that increase from 0 to 100, as {STEPS}: got {steps!r}"


def is_number(value: Any) -> bool:
    """Return whether a value is a number; a boolean is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)
