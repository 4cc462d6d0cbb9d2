"""The percentage of a canary: its validation, its weights, and an input variable for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks.scalars import is_reference
from plainwork.errors import ArgumentsError
from plainwork.references import Reference, expression
from plainwork.terraform import Variable
from plainwork.terraform.addresses import naming_scope
from plainwork_core.canary.steps import STEPS, is_number, steps_problems, weights
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwork.terraform import Construct

_TERM = re.compile(r"[\w.]+")


def weights_of(percents: Sequence[float | str], max_weight: int) -> list[int | Reference]:
    """Return the weights of the stable variant and of each canary variant.

    A percentage that is a reference results in expressions. See `plainwork_core.canary.steps.weights` for fractions.

    Args:
        percents: percentage of traffic to each canary variant: 0 to 100, or a `${...}` with a whole number.
        max_weight: maximum weight of the resource, `MAX_ROUTE53_WEIGHT` or `MAX_TARGET_GROUP_WEIGHT`.
    """
    numbers = [percent for percent in percents if not isinstance(percent, str)]
    if len(percents) == len(numbers) == 1:
        return list(weights(numbers[0], max_weight))
    codes = [str(code_of(percent)) for percent in percents if isinstance(percent, str)]
    subtracted = [code if _TERM.fullmatch(code) else f"({code})" for code in codes]
    rest = 100 - sum(map(int, numbers))
    stable = expression(" - ".join([str(rest), *subtracted])) if codes else rest
    return [stable, *(expression(str(code_of(each))) if isinstance(each, str) else int(each) for each in percents)]


def percent_problems(percents: Mapping[str, Any], steps: Any) -> Iterator[str]:
    """Yield the problems of `steps` and of the percentages by canary variant; each must be one of valid steps."""
    if invalid := list(steps_problems(steps)):
        yield from invalid
        return
    is_one = len(percents) == 1
    numbers = []
    for variant, percent in percents.items():
        argument = "percent" if is_one else f"percent[{variant!r}]"
        if is_reference(percent):
            if not code_of(percent):
                yield f"{argument} must be a number, or one reference, as canary_percent_variable(...): got {percent!r}"
        elif not is_number(percent) or percent not in steps:
            yield f"{argument} must be one of the steps {', '.join(f'{step:g}' for step in steps)}: got {percent!r}"
        elif not is_one and percent != int(percent):
            yield f"{argument} must be a whole number, because there are several canary variants: got {percent!r}"
        else:
            numbers.append(percent)
    if sum(numbers) > 100:  # noqa: PLR2004
        yield f"percent must be at most 100 in all: got {sum(numbers):g}"


def canary_percent_variable(scope: Construct, id_: str, *, steps: Sequence[float] = STEPS) -> Reference:
    """Create a number variable without a default that accepts only the steps.

    With it a pipeline takes a step without a new synthesis.

    Args:
        scope: a stack, or a construct in one.
        id_: name of the variable: `terraform plan -var checkout_percent=5`.
        steps: whole percentages that increase from 0 to 100.

    Returns:
        The reference to pass as `percent`.

    Raises:
        ArgumentsError: the steps are invalid, or one is a fraction, for which an expression has no weights.
    """
    if problems := list(steps_problems(steps)) or list(_fraction_problems(steps)):
        raise ArgumentsError(f"variable {id_!r}", problems)
    choices = ", ".join(f"{step:g}" for step in steps)
    name = naming_scope(scope).name(id_, "variable")
    return Variable(
        scope,
        id_,
        type="number",
        description=f"Percentage of traffic to the canary variant: {choices}.",
        nullable=False,
        validation={
            "condition": f"${{contains([{choices}], var.{name})}}",
            "error_message": f"The percentage must be one of {choices}.",
        },
    ).reference


def _fraction_problems(steps: Sequence[float]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, float) and not step.is_integer():
            yield f"steps must be whole percentages for a variable: got {step!r}"
