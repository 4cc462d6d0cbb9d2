"""Annotations of GitHub Actions: a workflow command for each failure, and for each reason of what is not evaluated.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions. A step shows ten annotations of each
level, so what is worst comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Location
from plainwork_core.repository import repository_path
from plainwork_core.text import clean
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.report import current_rows, sentence, waived
from plainwork_policies.report.entries import rank, unevaluated
from plainwork_policies.report.notes import checked, comparison, notes, statuses
from plainwork_policies.report.places import problem_location

_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "warning"}


def render(run: RunResult) -> str:
    """Return a line for each annotation; the last one has the numbers of the run and what it did not check."""
    return "\n".join(_commands(run))


def _commands(run: RunResult) -> Iterator[str]:
    found = current_rows(run)
    for problem in run.problems:
        yield _command("error", "plainwork", problem_location(problem), problem.message)
    for row in sorted((row for row in found if row.finding.status == "failed"), key=rank):
        title = f"{row.severity}: {row.policy.slug} ({row.policy.id})"
        yield _command(_LEVELS[row.severity], title, row.place, sentence(row))
    for entry in unevaluated(found):
        first, more = entry.rows[0], len(entry.rows) - 1
        others = f" (and {more} more)" if more else ""
        yield _command("notice", "not evaluated", first.place, f"{first.address}: {entry.reason}{others}")
    for row, waiver in waived(run):
        yield _command("notice", f"waived: {row.policy.slug}", row.place, f"{row.address}: {waiver.terms}")
    numbers = ", ".join(f"{number} {status}" for number, status in statuses(run)) or "no policy applies"
    yield _command(
        "notice", "plainwork", Location(""), " ".join([f"{checked(run)}: {numbers}.", *comparison(run), *notes(run)])
    )


def _command(level: str, title: str, location: Location, text: str) -> str:
    properties = {"title": title}
    if location.file:
        properties["file"] = repository_path(location.file)
    if location.line:
        properties["line"] = str(location.line)
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{level} {listed}::{_escaped(text)}"


def _escaped(text: str, separators: str = "") -> str:
    """Return *text* on one line, with the codes of the characters that end a property."""
    escaped = clean(text).replace("%", "%25")
    for character in separators:
        escaped = escaped.replace(character, f"%{ord(character):02X}")
    return escaped
