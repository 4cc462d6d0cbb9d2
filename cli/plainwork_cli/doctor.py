"""`plainwork doctor`: why Terraform cannot use its state backend."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import Command, InputPath, ignore_closed_pipe
from plainwork_cli.variables import backend_option
from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from plainwork_core.doctor.diagnosis import Examination
    from plainwork_core.doctor.examination import Online
    from plainwork_core.doctor.facts import BackendFacts
    from plainwork_core.doctor.reading import Request

_STDIN = "-"


@click.command(cls=Command)
@click.argument("path", type=InputPath(readable=False, path_type=Path), default=".")
@click.option(
    "--error",
    "error",
    metavar="FILE|-",
    help="Text that Terraform printed, in a file or from standard input (`-`).",
)
@backend_option
@click.option(
    "--plan",
    type=InputPath(path_type=Path),
    metavar="PLAN",
    help="Instead of the backend, examine the limits of AWS that PLAN reaches; with --online those of the account.",
)
@click.option("--online", is_flag=True, help="Also ask AWS with the credentials of the backend; it only reads.")
@click.option("--try-lock", is_flag=True, help="With --online: acquire and release the lock, as Terraform would.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="With --online: time for each answer of AWS.",
)
@click.option("--ask-version", is_flag=True, help="Run `terraform version`, which takes longer than all the rest.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(
    *,
    path: Path,
    error: str | None,
    backend_config: tuple[str, ...],
    plan: Path | None,
    online: bool,
    try_lock: bool,
    timeout: float | None,
    ask_version: bool,
    format_: str,
) -> None:
    """Find why Terraform cannot use its S3 backend, with one command that fixes it.

    PATH is the directory of a root module, or one that contains several (default: the working directory). The doctor
    reads the backend block, .terraform, AWS_... and TF_... in the environment, ~/.aws and the error text. Without
    --online it needs no credentials and no network. It shows no secret.

    Exit codes: 0 healthy; 1 a fault or a risk was found, or the error text was recognized; 2 something could not be
    read, or an input is invalid.
    """
    from plainwork_core.doctor.reading import Request  # noqa: PLC0415  --help does not need it
    from plainwork_core.doctor.report import document, exit_code, write_text  # noqa: PLC0415  as above

    if (try_lock or timeout is not None) and not online:
        raise click.UsageError("--try-lock and --timeout require --online")
    if plan is not None:
        from plainwork_cli.doctor_plan import examine_plan  # noqa: PLC0415  few runs have a plan

        if error or backend_config or try_lock:
            raise click.UsageError("--plan takes none of --error, --backend-config and --try-lock")
        examinations = examine_plan(plan, online=online, timeout=timeout, progress=_show)
    else:
        request = Request(backend_config=backend_config, environ=os.environ, asks_version=ask_version)
        ask = partial(_ask, try_lock=try_lock, timeout=timeout) if online else _ask_nothing
        examinations = _examinations(path, _text(error), request, ask)
    with ignore_closed_pipe():
        if format_ == "json":
            import json  # noqa: PLC0415  few runs need it

            click.echo(json.dumps(document(examinations), indent=2))
        else:
            write_text(examinations, sys.stdout)
    sys.exit(exit_code(examinations))


def _text(error: str | None) -> str:
    if error is None:
        return ""
    from plainwork_core.doctor.errors import read_error  # noqa: PLC0415  few runs have an error text

    return read_error(None if error == _STDIN else Path(error), sys.stdin.buffer)


def _examinations(path: Path, error: str, request: Request, ask: Callable[[BackendFacts], Online]) -> list[Examination]:
    from plainwork_core.doctor.examination import examine, examine_error  # noqa: PLC0415  --help does not need it
    from plainwork_core.doctor.reading import read, root_modules  # noqa: PLC0415  as above

    try:
        roots = root_modules(path)
    except InputError:
        if not error or not path.is_dir():
            raise
        return [examine_error(error)]
    found = [facts for root in roots if (facts := read(root, request)).is_of_interest or root == path]
    if not found:
        raise InputError(f"{path}: no root module with an S3 backend; pass the directory of one")
    return [examine(facts, error, ask(facts)) for facts in found]


def _ask_nothing(_: BackendFacts) -> Online:
    from plainwork_core.doctor.examination import NOT_ASKED  # noqa: PLC0415  --help does not need it

    return NOT_ASKED


def _ask(facts: BackendFacts, *, try_lock: bool, timeout: float | None) -> Online:
    from plainwork_core.doctor.examination import NOT_ASKED, Online  # noqa: PLC0415  --help does not need it

    if facts.type != "s3":
        return NOT_ASKED
    try:
        from plainwork_core.doctor.online import examine  # noqa: PLC0415  boto3 is slow to import, and optional
    except ImportError as error:
        raise InputError('--online requires boto3; run `pip install "plainwork[doctor]"`') from error
    limit = {} if timeout is None else {"timeout": timeout}
    try:
        return Online(*examine(facts, try_lock=try_lock, progress=_show, **limit))
    finally:
        _show("")


def _show(step: str) -> None:
    """Show what is asked next, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{step}", nl=False, err=True)
