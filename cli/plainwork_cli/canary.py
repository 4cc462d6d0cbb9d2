"""`plainwork canary`: the steps of each canary, and what a plan does to it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork.canary.report import write
from plainwork.canary.splits import canaries
from plainwork.canary.steps import STEPS, steps_problems
from plainwork.canary.verdict import verdict
from plainwork_cli.command import Command, InputPath
from plainwork_core.errors import InputError
from plainwork_core.read import find
from plainwork_core.read.text import decode, read_bytes

if TYPE_CHECKING:
    from plainwork.canary.splits import Canary
    from plainwork_core.model.stack import Stack

NOT_ONE_STEP, UNKNOWN = 1, 2


def _steps(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[float, ...]:
    """The percentages that somebody has written, with the 0 and the 100."""
    if text is None:
        return STEPS
    try:
        steps = tuple(sorted({0.0, 100.0, *map(float, text.split(","))}))
    except ValueError as error:
        raise click.BadParameter(f"must be percentages with commas between, as 5,25,50: got {text!r}") from error
    for problem in steps_problems(steps):
        raise click.BadParameter(problem)
    return steps


@click.command(cls=Command)
@click.argument("path", type=InputPath(readable=False, path_type=Path), default="cdktf.out")
@click.option("--steps", metavar="PERCENT,...", callback=_steps, help="The steps [default: 5,25,50,100, and always 0].")
def canary(path: Path, steps: tuple[float, ...]) -> None:
    """Show the steps of the canaries in PATH (default: cdktf.out), and what a plan does to them.

    PATH is the JSON of a plan (terraform show -json plan.bin), CDKTF's output, or HCL. Only a plan knows what is
    deployed, and so whether it takes the next step, goes back, or leaves one out.

    Exit codes: 0 every canary stays, takes the next step, or goes back; 1 one leaves out a step, or changes more than
    weights with it; 2 that could not be said, or there is no canary.
    """
    found = [(stack, each) for given in find(path) for stack in [given.read()] for each in _canaries(stack)]
    if not found:
        raise InputError(
            f"{path}: has no canary: no aws_lb_listener_rule with two target groups, and no aws_route53_record named "
            "as DnsCanary names its records, ..._stable_a and ..._canary_a"
        )
    verdicts = [verdict(each, steps, is_plan=stack.format == "plan") for stack, each in found]
    write([(stack.source, each, said) for (stack, each), said in zip(found, verdicts, strict=True)], steps, sys.stdout)
    if not all(said.is_fine for said in verdicts):
        sys.exit(UNKNOWN if any(said.word == "UNKNOWN" for said in verdicts) else NOT_ONE_STEP)


def _canaries(stack: Stack) -> list[Canary]:
    document = json.loads(decode(read_bytes(Path(stack.source)), stack.source)) if stack.format == "plan" else None
    return canaries(stack, document)
