"""`plainwork check`: the policies on plans, HCL and CDKTF output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from plainwork_cli.command import Command, InputPath
from plainwork_core.errors import PlainworkError
from plainwork_policies.engine.run import Problem, RunResult
from plainwork_policies.engine.settings import FailOn


@click.command(cls=Command)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=InputPath(readable=False, path_type=Path))
@click.option("names", "--policy", metavar="ID_OR_SLUG", multiple=True, help="Judge by this policy alone; repeatable.")
@click.option(
    "--fail-on",
    type=click.Choice(["fail", "unknown"]),
    help="What gives exit code 1: with `unknown`, also not evaluated.",
)
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report.")
@click.option(
    "--config", type=click.Path(path_type=Path), help="The settings file [default: the nearest plainwork.toml upwards]."
)
@click.option(
    "--backend-config",
    metavar="FILE|KEY=VALUE",
    multiple=True,
    help="What `terraform init` is given to complete the backend block; repeatable.",
)
def check(
    *,
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    fail_on: FailOn | None,
    output: str,
    config: Path | None,
    backend_config: tuple[str, ...],
) -> None:
    """Judge what PATH... would deploy.

    A PATH is the JSON of a plan (terraform show -json plan.bin), CDKTF's output, Terraform's JSON or HCL, or a folder.

    Exit codes: 0 no policy failed; 1 one did, or with --fail-on unknown something was not evaluated; 2 something could
    not be judged. What was not evaluated is always listed.
    """
    try:
        done = _run(paths, names, fail_on=fail_on, config=config, backend_config=backend_config)
    except PlainworkError as error:
        done = RunResult(unread=(Problem("", str(error)),))
    try:
        _report(done, output)
    except BrokenPipeError:  # who reads has had enough; click would end in 1, which says that a policy failed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(done.exit_code)


def _report(done: RunResult, output: str) -> None:
    if output == "json":
        from plainwork_policies.report import as_json  # noqa: PLC0415  only one of the two is needed

        click.echo(as_json.render(done).encode(errors="backslashreplace"))
    else:
        from plainwork_policies.report import as_text  # noqa: PLC0415  rich is slow to import

        as_text.write(done, sys.stdout)
    sys.stdout.flush()


def _run(
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    *,
    fail_on: FailOn | None,
    config: Path | None,
    backend_config: tuple[str, ...],
) -> RunResult:
    from dataclasses import replace  # noqa: PLC0415  only a run needs it

    from plainwork_policies.engine import run, settings  # noqa: PLC0415  only a run needs them
    from plainwork_policies.engine.catalog import POLICIES, by_name  # noqa: PLC0415  it imports every policy

    chosen = settings.read(config) if config else settings.load()
    if names:
        run.policy_ids(chosen.policies.disable)
        chosen = replace(chosen, policies=settings.PolicySettings())
    judging = tuple({policy.id: policy for policy in map(by_name, names)}.values()) or POLICIES
    return run.run(paths, judging, replace(chosen, fail_on=fail_on or chosen.fail_on), backend_config)
