"""`plainwork access`: what principals may do, what the network may reach, and what a change allows or removes."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.check import default_path
from plainwork_cli.command import INVALID, Command, InputPath
from plainwork_cli.outputs import Output, format_option, write_all
from plainwork_cli.selection import source_option
from plainwork_cli.variables import read_options_of, variable_options
from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plainwork_cli.access_report import Report
    from plainwork_core.model.stack import Stack
    from plainwork_core.read.options import ReadOptions
    from plainwork_policies.compare.version import Version

STATE = "state"
FORMATS = ("text", "json", "markdown")


@click.command(cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=InputPath(readable=False, path_type=Path))
@click.option(
    "--against",
    "base",
    metavar="BASE",
    help="Show what PATH newly allows, and what it no longer allows, in comparison with BASE: a plan, a directory, a "
    "Git revision (`origin/main...` for the last common commit), or `state` for the state in a plan.",
)
@format_option(FORMATS)
@source_option
@variable_options
def access(
    *,
    paths: tuple[Path, ...],
    base: str | None,
    outputs: tuple[Output, ...],
    source: Path | None,
    variables: dict[str, str],
    variable_files: tuple[Path, ...],
    env_vars: bool,
    workspace: str | None,
) -> None:
    """Show what principals may do and what the network may reach.

    PATH is as for `plainwork check`. With --against, only what a change newly allows (+) and no longer allows (-) is
    shown; ? is what is not known, with the reason.

    Exit codes: 0 the report is written; 2 an input or an option is invalid.
    """
    from plainwork_cli import access_report, access_text  # noqa: PLC0415  --help does not need them

    options = read_options_of(variables, variable_files, workspace, (), env_vars=env_vars)
    checked = paths or (default_path(),)
    stacks = _stacks(checked, options, source)
    report: Report
    if base is None:
        report = access_report.listing(stacks)
    else:
        with _former(base, checked, options, stacks, source) as (former, version):
            pairs = [(former[stack.source], stack) for stack in stacks]
            report = access_report.comparison(base, pairs, version)
    if not write_all(outputs, partial(access_text.write, report, sys.stdout), partial(_render, report)):
        sys.exit(INVALID)


def _render(report: Report, format_: str) -> str:
    from plainwork_cli import access_markdown, access_text  # noqa: PLC0415  --help does not need them

    if format_ == "json":
        return json.dumps(report.document(), indent=2, ensure_ascii=False)
    return access_markdown.render(report) if format_ == "markdown" else access_text.render(report)


def _stacks(paths: Sequence[Path], options: ReadOptions, source: Path | None, *, is_base: bool = False) -> list[Stack]:
    """Return the stacks under *paths*.

    Raises:
        InputError: an input cannot be read, or no root module declares a variable of *options*.
    """
    from plainwork_core.model.stack import Stack  # noqa: PLC0415  --help needs none of these
    from plainwork_core.read.options import Reading  # noqa: PLC0415  as above
    from plainwork_policies.engine.inputs import read_inputs, together, with_source  # noqa: PLC0415  as above
    from plainwork_policies.engine.run_result import Skipped  # noqa: PLC0415  as above

    reading = Reading(options)
    found = [one.found for one in read_inputs(paths, _excluded(), reading, jobs=1)]
    for problem in found:
        if not isinstance(problem, (Stack, Skipped)):
            raise InputError(problem.message)
    if not is_base and (undeclared := reading.undeclared()):
        raise InputError(f"--var {undeclared[0]}: no root module declares a variable of this name")
    return together(with_source([stack for stack in found if isinstance(stack, Stack)], source, reading))


def _excluded() -> Callable[[Path], bool]:
    from plainwork_policies.engine import settings_file  # noqa: PLC0415  only a run needs these
    from plainwork_policies.engine.path_glob import exclusion  # noqa: PLC0415  as above

    return exclusion(settings_file.load().exclude)


@contextmanager
def _former(
    base: str, paths: Sequence[Path], options: ReadOptions, stacks: Sequence[Stack], source: Path | None
) -> Iterator[tuple[Mapping[str, Stack], Version | None]]:
    """Provide the former version of each of *stacks*, by source, and the version that *base* is.

    Raises:
        InputError: *base* cannot be compared with the stacks.
    """
    from plainwork_core.access import state_before  # noqa: PLC0415  only a comparison needs these
    from plainwork_policies.compare.pairs import former_stacks  # noqa: PLC0415  as above
    from plainwork_policies.compare.version import version_at  # noqa: PLC0415  as above

    if base == STATE:
        if other := next((stack for stack in stacks if stack.format != "plan"), None):
            raise InputError(f"--against: only a plan has a state, and {other.source} is none; pass a Git revision")
        yield {stack.source: state_before(stack) for stack in stacks}, None
        return
    if source:
        raise InputError(f"--against: {base} has no --source of its own; use --against state")
    with version_at(base, paths) as version:
        found = _stacks(version.paths, version.options(options), None, is_base=True) if version.paths else []
        yield former_stacks(stacks, {version.path_of(stack.source): stack for stack in found}), version
