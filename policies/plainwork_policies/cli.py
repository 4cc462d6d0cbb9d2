"""The command line: `plainwork-policies check PATH...`; `plainwork` has the same commands."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from plainwork_policies import __version__
from plainwork_policies.errors import CannotJudge
from plainwork_policies.run import COULD_NOT_JUDGE, Problem, Run
from plainwork_policies.settings import FailOn


class JudgingCommand(click.Command):
    """A command that ends in exit code 2 whatever goes wrong: Python's own 1 would say that a policy failed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CannotJudge as error:
            click.echo(f"Error: {error}", err=True)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001  a fault of this program: shown whole, and never with exit code 1
            traceback.print_exc()
        return ctx.exit(COULD_NOT_JUDGE)


class InputPath(click.Path):
    """A path that somebody has named: an empty one is a variable that is not set, and no name of the working folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Turn *value* into a `Path`."""
        if value == "":
            self.fail("a path is empty: is a variable not set? The working folder is `.`", param, ctx)
        return super().convert(value, param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plainwork-policies")
def main() -> None:
    """Policies that judge Terraform plans, CDKTF JSON and HCL."""


@main.command(cls=JudgingCommand)
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
    except CannotJudge as error:
        done = Run(unread=(Problem("", str(error)),))
    try:
        _report(done, output)
    except BrokenPipeError:  # who reads has had enough; click would end in 1, which says that a policy failed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(done.exit_code)


def _report(done: Run, output: str) -> None:
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
) -> Run:
    from dataclasses import replace  # noqa: PLC0415  only a run needs it

    from plainwork_policies import run, settings  # noqa: PLC0415  only a run needs them
    from plainwork_policies.catalogue import POLICIES, by_name  # noqa: PLC0415  it imports every policy

    chosen = settings.read(config) if config else settings.load()
    if names:
        run.policy_ids(chosen.policies.disable)
        chosen = replace(chosen, policies=settings.PolicySettings())
    judging = tuple({policy.id: policy for policy in map(by_name, names)}.values()) or POLICIES
    return run.run(paths, judging, replace(chosen, fail_on=fail_on or chosen.fail_on), backend_config)


@main.command(cls=JudgingCommand)
@click.option("--stdout", is_flag=True, help="Print the file instead of writing it.")
def init(*, stdout: bool) -> None:
    """Write a plainwork.toml here in which every setting is explained and has its default.

    A file that is there is never overwritten.
    """
    from plainwork_policies import starter  # noqa: PLC0415  only this command needs it

    if stdout:
        click.echo(starter.text(), nl=False)
    else:
        click.echo(f"wrote {starter.write(Path.cwd()).name}")


@main.command(cls=JudgingCommand)
@click.argument("name", metavar="ID_OR_SLUG")
def explain(name: str) -> None:
    """Say what a policy judges, why, how to fix what it finds, and what it cannot see."""
    from plainwork_policies.catalogue import by_name  # noqa: PLC0415  it imports every policy
    from plainwork_policies.report import catalogue  # noqa: PLC0415  rich is slow to import

    catalogue.explain(by_name(name), sys.stdout)


@main.command(cls=JudgingCommand)
def policies() -> None:
    """List every policy."""
    from plainwork_policies.catalogue import POLICIES  # noqa: PLC0415  it imports every policy
    from plainwork_policies.report import catalogue  # noqa: PLC0415  rich is slow to import

    catalogue.table(POLICIES, sys.stdout)


@main.command(cls=JudgingCommand)
def checkov_dir() -> None:
    """Print the folder for Checkov's --external-checks-dir."""
    from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR  # noqa: PLC0415  only this command needs it

    click.echo(EXTERNAL_CHECKS_DIR)
