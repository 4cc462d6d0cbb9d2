"""`plainwork check --fix` and `--diff`."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import ignore_closed_pipe
from plainwork_core.errors import InputError
from plainwork_core.files import write_files
from plainwork_core.secrets import hidden_line
from plainwork_core.text import clean, count
from plainwork_policies.fix.plan import fixed_files
from plainwork_policies.report import Row, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from plainwork_policies.engine.run_result import RunResult


def show_diff(done: RunResult) -> bool:
    """Print what the fixes of *done* change, without the secrets of its inputs, and return whether it is anything."""
    files = fixed_files(done)
    with ignore_closed_pipe():
        for file in files:
            for line in unified_diff(
                file.before.splitlines(), file.after.splitlines(), str(file.file), str(file.file), lineterm=""
            ):
                click.echo(clean(hidden_line(_hidden(line, done))).encode(errors="backslashreplace"))
    return bool(files)


def apply(done: RunResult, check: Callable[[], RunResult]) -> RunResult:
    """Write the fixes of *done*, check again, and return the new result.

    Raises:
        InputError: a file cannot be written, or the fixes cause another finding. The files are as before.
    """
    files = fixed_files(done)
    if not files:
        return done
    write_files({file.file: file.after for file in files})
    again = check()
    if new := _new_finding(done, again):
        write_files({file.file: file.before for file in files})
        raise InputError(f"the fixes were undone, because they cause a finding: {new}")
    click.echo(
        f"Fixed {count(sum(file.number for file in files), 'place')} in {count(len(files), 'file')}: "
        f"{', '.join(clean(str(file.file)) for file in files)}",
        err=True,
    )
    return again


def _new_finding(before: RunResult, after: RunResult) -> str:
    """Return a finding or a problem that *after* has and *before* does not have; `""` if there is none."""
    known = {_identity(row) for row in _rows(before)}
    problems = [problem.message for problem in after.problems if problem not in before.problems]
    found = (f"{row.address}: {row.finding.message}" for row in _rows(after) if _identity(row) not in known)
    return next(iter(problems), "") or next(found, "")


def _identity(row: Row) -> tuple[str, ...]:
    return row.stack.source, row.policy.id, row.address, row.finding.path, row.finding.status


def _rows(run: RunResult) -> Iterable[Row]:
    return (row for result in run.stacks for row in rows(result))


def _hidden(line: str, run: RunResult) -> str:
    for result in run.stacks:
        line = result.stack.hide_secrets(line)
    return line
