"""`plainwork diff`: what differs between two configurations, without a plan."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import INVALID, Command
from plainwork_cli.outputs import Output, format_option, write_all
from plainwork_policies.review.formats import OF_CODE

if TYPE_CHECKING:
    from plainwork_core.code_diff.model import CodeDiff

_PATHS = "plainwork diff: paths"
_DIFFERENT = 1


class _DiffCommand(Command):
    """A command whose arguments after `--` are paths, as those of `git diff`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what follows `--` apart."""
        if "--" in args:
            index = args.index("--")
            ctx.meta[_PATHS] = args[index + 1 :]
            args = args[:index]
        return super().parse_args(ctx, args)


@click.command(cls=_DiffCommand)
@click.argument("operands", metavar="[OLD [NEW]] [[--] PATH...]", nargs=-1)
@format_option(OF_CODE)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if there is a difference, as `git diff --exit-code`.")
@click.option("--git", is_flag=True, help="Be the diff driver of Git: OPERANDS are what Git passes to one.")
@click.pass_context
def diff(
    ctx: click.Context, *, operands: tuple[str, ...], outputs: tuple[Output, ...], exit_code: bool, git: bool
) -> None:
    """Show what differs between two configurations by block and argument, without Terraform and without a plan.

    OLD and NEW are two files or directories (HCL, Terraform's JSON, CDKTF output, snapshots), or Git revisions: `HEAD`
    and the work tree are the default, `main` is compared with the work tree, `main HEAD` and `main...HEAD` compare two
    revisions. PATH limits them.

    Exit codes: 0 the difference is written; 1 there is a difference, with --exit-code; 2 an input is invalid, or the
    difference cannot be written.
    """
    if git:
        from plainwork_cli.diff_driver import write_driver  # noqa: PLC0415  only Git needs it

        write_driver(operands)
        return
    from plainwork_cli.diff_sides import sides  # noqa: PLC0415  --help does not need these
    from plainwork_core.code_diff import as_text, compare  # noqa: PLC0415  as above

    found = compare.diff(*sides(operands, ctx.meta.get(_PATHS, ())))
    is_written = write_all(outputs, lambda: as_text.write(found, sys.stdout), lambda name: _rendered(found, name))
    if not is_written:
        sys.exit(INVALID)
    if exit_code and found.parts:
        sys.exit(_DIFFERENT)


def _rendered(found: CodeDiff, format_: str) -> str:
    from plainwork_policies.review.formats import render_code  # noqa: PLC0415  the text does not need it
    from plainwork_policies.review.links import Links  # noqa: PLC0415  as above

    return render_code(found, format_, Links.of_environment(os.environ))
