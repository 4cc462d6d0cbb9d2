"""`plainwork baseline`: the findings that `plainwork check --against` accepts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plainwork_cli.check import default_path
from plainwork_cli.command import Command, InputPath
from plainwork_cli.selection import jobs_option, policies_of, selection_options, settings_of, source_option
from plainwork_cli.variables import backend_option, read_options_of, variable_options
from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_policies.compare.base import Base


@click.command(cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=InputPath(readable=False, path_type=Path))
@selection_options
@backend_option
@source_option
@jobs_option
@variable_options
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="plainwork-baseline.json",
    show_default=True,
    help="File to write.",
)
@click.option(
    "--update-rules",
    is_flag=True,
    help="Keep the file, and add the findings of the policies that it does not know.",
)
def baseline(
    *,
    paths: tuple[Path, ...],
    backend_config: tuple[str, ...],
    source: Path | None,
    jobs: int,
    variables: dict[str, str],
    variable_files: tuple[Path, ...],
    env_vars: bool,
    workspace: str | None,
    output: Path,
    update_rules: bool,
    **options: Any,
) -> None:
    """Write the findings that `plainwork check --against` accepts.

    PATH is as for `plainwork check`. The file has one line for each finding, in an order that does not change, the
    addresses that were checked, and the policies that exist. Commit it. Findings of policies that a newer version adds
    do not fail a run until --update-rules accepts those that exist.

    Exit codes: 0 the file is written; 2 an input or a setting is invalid, and the file stays as it was.
    """
    from plainwork_policies.compare import baseline as file  # noqa: PLC0415  --help needs none of these
    from plainwork_policies.compare.against import Checked  # noqa: PLC0415  as above
    from plainwork_policies.compare.base import base_of  # noqa: PLC0415  as above

    before = file.read(output) if output.exists() or update_rules else None
    reading = read_options_of(variables, variable_files, workspace, backend_config, env_vars=env_vars)
    settings = settings_of(**options)
    done = Checked(paths or (default_path(),), policies_of(settings), settings, reading, source, jobs).result()
    if done.problems:
        raise InputError(f"{output} is not written, because findings may be missing: {done.problems[0].message}")
    now = base_of(done, str(output))
    after = file.updated(before, now) if before and update_rules else now
    file.write(after, output)
    click.echo(f"{output}: {_numbers(before, after)}")


def _numbers(before: Base | None, after: Base) -> str:
    """Return the number of findings, and of those that are added and removed."""
    from plainwork_core.text import count  # noqa: PLC0415  --help does not need it

    total = f"{count(len(after.findings), 'finding')} in {count(len(after.stacks), 'stack')}"
    if before is None:
        return total
    lines, former = ({repr(finding) for finding in base.findings} for base in (after, before))
    return f"{total}; {len(lines - former)} added, {len(former - lines)} removed"
