"""`plainwork merge`: the report of a run whose shards were checked one by one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import INVALID, Command, InputPath
from plainwork_cli.outputs import Output, output_options, write
from plainwork_core.errors import PlainworkError

if TYPE_CHECKING:
    from plainwork_policies.engine.run_result import RunResult


@click.command(cls=Command)
@click.argument("results", metavar="RESULT...", nargs=-1, required=True, type=InputPath(readable=False, path_type=Path))
@output_options
@click.option(
    "--against",
    "base",
    metavar="BASE",
    help="Fail only for findings that BASE does not have: a baseline, or a saved JSON report.",
)
def merge(*, results: tuple[Path, ...], outputs: tuple[Output, ...], base: str | None, show_unchanged: bool) -> None:
    """Join the results of `plainwork check --shard` into the report of the whole run.

    RESULT is the report of one shard (--shard 3/16 --format json=shard-3.json). The report is the one of a run without
    --shard. Waivers that match no finding, and the comparison with BASE, need the results of all shards, so only this
    command reports them.

    Exit codes: those of `plainwork check`, and 2 if a shard is missing, there twice, cut off, or of another run: of
    another version of plainwork, with other policies, settings, options or stacks.
    """
    from plainwork_policies.engine.run_result import Problem, RunResult  # noqa: PLC0415  --help does not need it

    try:
        done = _merged(results, base)
    except PlainworkError as error:
        done = RunResult(unread=(Problem("", str(error)),))
    is_whole = write(done, outputs, show_unchanged=show_unchanged)
    sys.exit(done.exit_code if is_whole else INVALID)


def _merged(results: tuple[Path, ...], base: str | None) -> RunResult:
    from plainwork_policies.stored.merging import merged  # noqa: PLC0415  --help does not need it

    found = merged(results)
    if base is None:
        return found.run
    from plainwork_policies.compare.against import saved_base  # noqa: PLC0415  only a comparison needs these
    from plainwork_policies.compare.matching import compared  # noqa: PLC0415  as above

    return compared(found.run, saved_base(base, found.paths))
