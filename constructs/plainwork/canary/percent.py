"""The percentage of a canary: its validation, its weights, and an input variable for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from plainwork.checks.scalars import is_reference
from plainwork.errors import ArgumentsError
from plainwork.references import Reference, expression
from plainwork.terraform import Variable
from plainwork.terraform.addresses import naming_scope
from plainwork_core.canary import steps as numeric
from plainwork_core.canary.steps import STEPS, is_number, steps_problems
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.terraform import Construct

_TERM = re.compile(r"[\w.]+")


class Weights(NamedTuple):
    """The weight of each variant: a whole number, or an expression if the percentage is one."""

    stable: int | Reference
    canary: int | Reference


def weights(percent: float | str, max_weight: int) -> Weights:
    """Return the weights of a percentage, or expressions for a percentage that is a reference.

    See `plainwork_core.canary.steps.weights` for fractions.

    Args:
        percent: percentage of traffic to the canary variant, 0 to 100, or a `${...}` with a whole number.
        max_weight: maximum weight of the resource, `MAX_ROUTE53_WEIGHT` or `MAX_TARGET_GROUP_WEIGHT`.
    """
    if isinstance(percent, str):
        code = str(code_of(percent))
        return Weights(expression(f"100 - {code if _TERM.fullmatch(code) else f'({code})'}"), expression(code))
    return Weights(*numeric.weights(percent, max_weight))


def percent_problems(percent: Any, steps: Any) -> Iterator[str]:
    """Yield the problems of `steps` and `percent`; the percentage must be one of valid steps."""
    if invalid := list(steps_problems(steps)):
        yield from invalid
    elif is_reference(percent):
        if not code_of(percent):
            yield f"percent must be a number, or one reference, as canary_percent_variable(...): got {percent!r}"
    elif not is_number(percent) or percent not in steps:
        yield f"percent must be one of the steps {', '.join(f'{step:g}' for step in steps)}: got {percent!r}"


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
