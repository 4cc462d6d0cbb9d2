"""The review as text: the decision, the risks, and then everything else by its weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import IO

from rich.text import Text

from plainwork_core.diff.as_text import rows
from plainwork_core.diff.line import ACTION_SIGNS, line_text
from plainwork_core.model.blocks import Location
from plainwork_core.terminal import console, grid
from plainwork_core.text import clean, count
from plainwork_policies.report.labels import severity
from plainwork_policies.report.notes import MAX_LISTED
from plainwork_policies.review import labels
from plainwork_policies.review.levels import Level
from plainwork_policies.review.model import FoundProblem, Group, Review, ReviewedChange, Risk

_STYLES = {
    Level.LOSS: "bold white on red",
    Level.EXPOSURE: "bold white on red",
    Level.REJECTED: "bold magenta",
    Level.CHANGE: "bold cyan",
    Level.NOTHING: "bold green",
}
_OTHER_LEVEL = "bold yellow"
_ACCESS_STYLES = {"gained": "bold yellow", "unknown": "bold blue"}
_MAX_LINES, _MAX_CHANGES, _MAX_UNEVALUATED, _MAX_ACCESS = 8, 40, 4, 20
_Lines = Iterator[tuple[Text, Text]]


def write(review: Review, stream: IO[str]) -> None:
    """Write *review* to *stream*, with colors on a terminal."""
    with console(stream) as out:
        out.print(Text(clean(review.question), _STYLES.get(review.level, _OTHER_LEVEL)))
        out.print(Text(clean(review.summary)))
        out.print(Text(f"{clean(review.source)}: {labels.counted(review)}", "dim"))
        for warning in review.warnings:
            out.print(Text(clean(f"Warning: {warning}"), "bold yellow"))
        out.print()
        for lines in _sections(review):
            out.print(grid(lines))
        out.print(Text(f"Plan {review.digest} (SHA-256)", "dim"))


def render(review: Review) -> str:
    """Return the review without colors."""
    stream = StringIO()
    write(review, stream)
    return stream.getvalue().rstrip("\n")


def _sections(review: Review) -> Iterator[_Lines]:
    places = review.places
    yield from (_risk(risk, places.get(risk.address)) for risk in review.risks)
    if review.access:
        yield _access(review)
    yield from (_problem(problem) for problem in review.problems if problem.status != "not_evaluated")
    if unevaluated := [problem for problem in review.problems if problem.status == "not_evaluated"]:
        yield _unevaluated(unevaluated)
    if review.steps:
        yield _steps(review)
    if review.configuration:
        yield (
            (Text("configuration", "dim"), Text(clean(f"{line.sign} {line_text(line)}")))
            for line in review.configuration
        )
    shown = 0
    for group in review.groups:
        yield _group(group, _MAX_CHANGES - shown)
        shown += len(group.changes)
    if rest := list(_rest(review)):
        yield iter(rest)


def _risk(risk: Risk, place: Location | None) -> _Lines:
    style = _STYLES.get(risk.level, _OTHER_LEVEL)
    yield (
        Text(labels.LEVELS[risk.level].upper(), style),
        Text.assemble((clean(_cut(risk.addresses)), "bold"), f": {risk.title}", _where(place)),
    )
    for sentence in filter(None, (risk.cause, risk.effect, risk.way_back)):
        yield Text(), Text(clean(sentence))


def _where(place: Location | None) -> tuple[str, str]:
    """Return the end of a line with the place, and its style."""
    text = labels.place(place)
    return f"  {clean(text)}" if text else "", "cyan"


def _steps(review: Review) -> _Lines:
    for step in review.steps:
        style = "bold green" if step.is_ok else "bold red"
        yield (
            Text(step.status, style),
            Text.assemble((f"canary {clean(step.name)}", "bold"), f"  {clean(step.message)}"),
        )
        for other in step.also:
            yield Text("also", "yellow"), Text(clean(other))
        if step.gate:
            yield Text("alarm", "cyan"), Text(f"{clean(step.gate)}: apply only while it is OK")


def _access(review: Review) -> _Lines:
    for line in review.access[:_MAX_ACCESS]:
        style = "bold red" if line.is_opened else _ACCESS_STYLES.get(line.change, "dim")
        what = (clean(line.principal), "bold"), f"  {clean(line.text)}", (f"  {clean(line.address)}", "dim")
        yield Text(line.label.upper(), style), Text.assemble(*what, _where(line.place))
    if len(review.access) > _MAX_ACCESS:
        yield Text(), Text(f"and {len(review.access) - _MAX_ACCESS} more; --format html=FILE shows all", "dim")


def _problem(problem: FoundProblem) -> _Lines:
    label = Text("WAIVED", "bold yellow") if problem.status == "waived" else severity(problem.severity)
    head = Text.assemble((problem.slug, "bold"), (f"  {problem.id}", "dim"), _where(problem.place))
    yield label, head
    yield Text(), Text.assemble((clean(_cut(problem.addresses)), "bold"), f": {clean(problem.message)}")
    if problem.terms:
        yield Text(), Text(clean(problem.terms), "dim")
    if problem.remedy and problem.status == "failed":
        yield Text("remedy", "green"), Text(clean(problem.remedy))


def _unevaluated(problems: list[FoundProblem]) -> _Lines:
    for problem in problems[:_MAX_UNEVALUATED]:
        subjects = clean(
            problem.addresses[0] if len(problem.addresses) == 1 else count(len(problem.addresses), "block")
        )
        text = f"  {subjects}: {clean(problem.message)}"
        yield Text("NOT EVALUATED", "bold blue"), Text.assemble((problem.slug, "bold"), text)
    if len(problems) > _MAX_UNEVALUATED:
        yield Text(), Text(f"and {len(problems) - _MAX_UNEVALUATED} more reasons", "dim")


def _cut(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - MAX_LISTED} more" if len(listed) > MAX_LISTED else ""
    return f"{', '.join(listed[:MAX_LISTED])}{more}"


def _group(group: Group, most: int) -> _Lines:
    yield (
        Text(group.kind, "dim"),
        Text.assemble((clean(group.name), "bold underline"), f"  {count(len(group.changes), 'change')}"),
    )
    for change in group.changes[: max(most, 0)]:
        yield from _change(change)
    if len(group.changes) > max(most, 0):
        yield Text(), Text(f"and {len(group.changes) - max(most, 0)} more; --format html=FILE shows all", "dim")


def _change(change: ReviewedChange) -> _Lines:
    head = Text.assemble((clean(change.address), "bold"), _where(change.place))
    yield Text(f"{ACTION_SIGNS[change.verb]:>3}  {change.verb}", "yellow" if change.verb != "create" else "green"), head
    for note in change.notes:
        yield Text(), Text(clean(note), "italic")
    lines = change.lines[: _MAX_LINES if change.verb != "create" else 0]
    for line in lines:
        yield from rows(line, _MAX_LINES)
    if change.verb != "create" and len(change.lines) > len(lines):
        yield Text(), Text(f"and {len(change.lines) - len(lines)} more differences", "dim")


def _rest(review: Review) -> _Lines:
    for label, changes in labels.folded(review):
        yield Text(str(len(changes)), "bold"), Text(f"{label}: {clean(labels.types_of(changes))}")
    for quantity in review.quantities:
        yield Text("billed", "dim"), Text(labels.quantity(quantity))
    for action in review.actions:
        yield Text("action", "dim"), Text(f"{clean(action)} is invoked by the apply")
    for line in review.outputs[:_MAX_LINES]:
        yield Text("output", "dim"), Text(f"{line.sign} {clean(line_text(line))}")
    for sentence in labels.other_problems(review):
        yield Text("findings", "dim"), Text(sentence)
    for note in review.notes:
        yield Text("note", "dim"), Text(clean(note), "blue")
