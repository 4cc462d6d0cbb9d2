"""The steps of a canary as data, and the weights that a percentage comes to."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from plainwork.checks.scalars import is_reference
from plainwork_core.aws.elb import MAX_TARGET_GROUP_WEIGHT
from plainwork_core.aws.route53 import MAX_RECORD_WEIGHT
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.references import Reference

STEPS: tuple[float, ...] = (0, 5, 25, 50, 100)
"""Percent of the traffic on the canary side: up one at a time, back down at any time, and 0 is the rollback."""

ROUTE_53 = MAX_RECORD_WEIGHT
"""The greatest weight of a record."""

TARGET_GROUPS = MAX_TARGET_GROUP_WEIGHT
"""The greatest weight of a target group."""

_TERM = re.compile(r"[\w.]+")


class Weights(NamedTuple):
    """The weight of each side: a whole number, or an expression where the percentage is one."""

    stable: int | Reference
    canary: int | Reference


def weights(percent: float | str, most: int) -> Weights:
    """The weights that a percentage comes to.

    A whole percentage is its own weight, on both scales: 5 is 95 to 5, and nothing is rounded. A fraction is rounded to
    the nearest share of `most + 1`, and never to none or all of it: 0.5 % is 995 to 5 for target groups, exactly, and
    255 to 1 for Route 53, which is 0.39 %. Only 0 and 100 leave a side without weight, and none leaves both.

    Args:
        percent: what the canary side gets, 0 to 100, or a whole `${...}` of a whole number.
        most: the greatest weight of the scale, `ROUTE_53` or `TARGET_GROUPS`.
    """
    if isinstance(percent, str):
        from plainwork.references import expression  # noqa: PLC0415  the command line needs no schema

        code = str(code_of(percent))
        return Weights(expression(f"100 - {code if _TERM.fullmatch(code) else f'({code})'}"), expression(code))
    if percent == int(percent):
        return Weights(100 - int(percent), int(percent))
    total = most + 1
    canary = min(max(round(total * percent / 100), 1), total - 1)
    return Weights(total - canary, canary)


def steps_problems(steps: Any) -> Iterator[str]:
    """One sentence where steps are no way from 0 to 100."""
    is_list = isinstance(steps, tuple | list) and all(_is_number(each) for each in steps)
    if not is_list or list(steps[:1]) != [0] or list(steps[-1:]) != [100] or not all(a < b for a, b in pairwise(steps)):
        yield f"steps must be percentages that rise from 0 to 100, as {STEPS}: got {steps!r}"


def percent_problems(percent: Any, steps: Sequence[float]) -> Iterator[str]:
    """One sentence where a percentage is none of the steps."""
    if is_reference(percent):
        if not code_of(percent):
            yield f"percent must be a number, or one whole reference, as percent_variable(...): got {percent!r}"
    elif not _is_number(percent) or percent not in steps:
        yield f"percent must be one of the steps {', '.join(f'{each:g}' for each in steps)}: got {percent!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
