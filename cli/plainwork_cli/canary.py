"""`plainwork canary`: the steps of canary deployments and the step that a plan takes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.canary_report import ReportedCanary, write
from plainwork_cli.command import Command, InputPath, ignore_closed_pipe
from plainwork_core.canary.moves import CanaryStatus, move_of
from plainwork_core.canary.splits import canaries
from plainwork_core.canary.steps import STEPS, steps_problems
from plainwork_core.errors import InputError
from plainwork_core.read import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.model.stack import Stack

FAILED, NOT_EVALUATED = 1, 2


def _steps(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[float, ...]:
    """Return the configured percentages with 0 and 100."""
    if text is None:
        return STEPS
    try:
        steps = tuple(sorted({0.0, 100.0, *map(float, text.split(","))}))
    except ValueError as error:
        raise click.BadParameter(f"must be percentages separated by commas, as 5,25,50: got {text!r}") from error
    for problem in steps_problems(steps):
        raise click.BadParameter(problem)
    return steps


@click.command(cls=Command)
@click.argument("path", type=InputPath(readable=False, path_type=Path), default="cdktf.out")
@click.option(
    "--steps",
    metavar="PERCENT,...",
    callback=_steps,
    help="Percentages of the steps; 0 is always a step. [default: 5,25,50,100]",
)
def canary(path: Path, steps: tuple[float, ...]) -> None:
    """Show the steps of canary deployments and the step that a plan takes.

    PATH is the JSON of a plan (terraform show -json plan.out), the output of CDKTF (default: cdktf.out), or HCL. Only a
    plan contains the deployed weights, and so the step that it takes.

    Exit codes: 0 every canary is unchanged, takes the next step or rolls back, or is new, promoted or removed; 1 a
    canary skips a step, has an invalid step, or the plan changes more than weights; 2 a canary was not evaluated, or no
    canary was found.
    """
    entries = [entry for source in find(path) for entry in _entries(source.read(), steps)]
    if not entries:
        raise InputError(
            f"{path}: no canary found: no aws_lb_listener_rule or aws_lb_listener with two target groups, and no "
            "aws_route53_record with a name that DnsCanary generates (..._stable_a, ..._canary_a)"
        )
    with ignore_closed_pipe():
        write(entries, steps, sys.stdout)
    moves = [entry.move for entry in entries]
    if not all(move.is_ok for move in moves):
        sys.exit(NOT_EVALUATED if any(move.status is CanaryStatus.NOT_EVALUATED for move in moves) else FAILED)


def _entries(stack: Stack, steps: Sequence[float]) -> Iterator[ReportedCanary]:
    is_plan = stack.format == "plan"
    for found in canaries(stack):
        yield ReportedCanary(stack.source, is_plan, found, move_of(found, steps, is_plan=is_plan))
