"""The percentage as an input variable, for pipelines that take a step without a new synthesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.canary.steps import STEPS, steps_problems
from plainwork.errors import ArgumentsError
from plainwork.terraform import Variable
from plainwork.terraform.addresses import naming_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.references import Reference
    from plainwork.terraform import Construct


def percent_variable(scope: Construct, id_: str, *, steps: Sequence[float] = STEPS) -> Reference:
    """Make a number variable that takes the steps and nothing else; it has no default.

    Args:
        scope: a stack, or a construct in one.
        id_: the variable's name: `terraform plan -var checkout_percent=5`.
        steps: whole percentages that rise from 0 to 100.

    Returns:
        The reference to pass as `percent`.

    Raises:
        ArgumentsError: the steps are none, or one is a fraction, for which Terraform has no weights.
    """
    if problems := list(steps_problems(steps)) or list(_fractions(steps)):
        raise ArgumentsError(f"variable {id_!r}", problems)
    choices = ", ".join(f"{each:g}" for each in steps)
    name = naming_scope(scope).name(id_, "variable")
    return Variable(
        scope,
        id_,
        type="number",
        description=f"Percent of the traffic on the canary side: {choices}.",
        nullable=False,
        validation={
            "condition": f"${{contains([{choices}], var.{name})}}",
            "error_message": f"The percentage must be one of {choices}.",
        },
    ).reference


def _fractions(steps: Sequence[float]) -> Iterator[str]:
    for each in steps:
        if isinstance(each, float) and not each.is_integer():
            yield f"steps must be whole percentages where a variable chooses: got {each!r}"
