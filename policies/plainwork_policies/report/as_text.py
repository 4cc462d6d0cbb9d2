"""The text report: what is worst comes first, each failure with its line of code and its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import IO

from rich.text import Text

from plainwork_core.model.stack import Stack
from plainwork_core.terminal import console, grid
from plainwork_core.text import clean, count
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.engine.severity import SEVERITIES
from plainwork_policies.report import Row, current_rows, waived
from plainwork_policies.report.entries import Failure, Unevaluated, failures, unevaluated
from plainwork_policies.report.excerpt import excerpt
from plainwork_policies.report.foreign_modules import ForeignModule
from plainwork_policies.report.labels import name, severity
from plainwork_policies.report.notes import MAX_LISTED
from plainwork_policies.report.reasons import without_advice
from plainwork_policies.report.summary import write_summary
from plainwork_policies.report.values import shown_value

_FORMATS = {"plan": "plan", "cdktf": "CDKTF JSON", "hcl": "HCL"}
_Lines = Iterator[tuple[Text, Text]]


def write(run: RunResult, stream: IO[str], *, show_unchanged: bool = False) -> None:
    """Write *run* to *stream*, with colors on a terminal; `NO_COLOR` and `FORCE_COLOR` are respected.

    Args:
        run: the results.
        stream: a terminal, a pipe or a file.
        show_unchanged: whether to show findings on resources that a plan does not change, instead of their number.
    """
    current = current_rows(run)
    shown = [row for row in current if show_unchanged or not row.is_unchanged]
    has_files = len(run.stacks) > 1
    with console(stream) as out:
        if shown and not has_files:
            out.print(_heading(run.stacks[0].stack), end="\n\n")
        for _, entries in groupby(_with_modules_together(failures(shown)), key=lambda entry: entry.module or id(entry)):
            out.print(grid(_failures(list(entries), has_files=has_files)))
        for lines in _all_unevaluated(unevaluated(shown), has_files=has_files):
            out.print(grid(lines))
        for row, waiver in waived(run):
            out.print(grid(_waived(row, waiver, has_files=has_files)))
        for problem in run.problems:
            out.print(grid([(Text("ERROR", "bold magenta"), Text(clean(problem.message)))]))
        if len(current) > len(shown):
            out.print(_hidden([row for row in current if row.is_unchanged]))
        write_summary(out, run)


def render(run: RunResult, *, show_unchanged: bool = False) -> str:
    """Return the report without colors."""
    stream = StringIO()
    write(run, stream, show_unchanged=show_unchanged)
    return stream.getvalue().rstrip("\n")


def _heading(stack: Stack) -> Text:
    size = f"  {_FORMATS[stack.format]}, {count(len(stack.resources), 'resource')}"
    return Text.assemble((clean(stack.source), "bold underline"), (size, "dim"))


def _with_modules_together(entries: Sequence[Failure]) -> Iterator[Failure]:
    """Yield *entries*, those in one module of others together, at the first of them."""
    seen: set[ForeignModule] = set()
    for entry in entries:
        if entry.module is None:
            yield entry
        elif entry.module not in seen:
            seen.add(entry.module)
            yield from (other for other in entries if other.module == entry.module)


def _failures(entries: Sequence[Failure], *, has_files: bool) -> _Lines:
    first, module = entries[0].rows[0], entries[0].module
    if module is None:
        yield from _failure(entries[0], has_files=has_files)
        return
    version = f" {clean(module.version)}" if module.version else ""
    yield severity(first.severity), Text.assemble("module ", (clean(module.source), "bold"), version)
    for entry in entries:
        for row in entry.rows:
            yield from _named(row, first)
        yield Text(), Text(_cut([clean(places[0].address) for places in entry.subjects]), "dim")
    yield Text("remedy", "green"), Text("Set the arguments of the module, or use another version of it.")


def _failure(entry: Failure, *, has_files: bool) -> _Lines:
    first, is_one = entry.rows[0], len(entry.subjects) == 1
    yield severity(first.severity), _title(entry, has_files=has_files)
    subject = Text.assemble((clean(first.address), "bold"), ": ") if is_one else Text()
    if len(entry.rows) == 1:
        yield Text(), Text.assemble(subject, clean(first.finding.message))
    else:
        if is_one:
            yield Text(), subject
        for row in entry.rows:
            yield from _named(row, first if len(entry.policies) > 1 else None)
    yield from _code(entry) if is_one else _subjects(entry.subjects, has_files=has_files)
    for remedy in dict.fromkeys(row.finding.remedy for row in entry.rows):
        yield Text("remedy", "green"), Text(clean(remedy))


def _title(entry: Failure | Unevaluated, *, has_files: bool) -> Text:
    """Return the policy, or the number of several, and the place if there is one subject."""
    first = entry.subjects[0]
    policies = name(first[0].policy) if len(entry.policies) == 1 else Text(count(len(entry.policies), "policy"), "bold")
    return Text.assemble(policies, *(_place(first, has_files=has_files) if len(entry.subjects) == 1 else ()))


def _named(row: Row, first: Row | None) -> _Lines:
    """Yield a message under its policy, with the severity if it is not that of *first*; alone if that is `None`."""
    if first is None:
        yield Text(), Text(f"- {clean(row.finding.message)}")
        return
    other = "" if row.severity == first.severity else f"  {row.severity}"
    yield Text(), Text.assemble("- ", name(row.policy), other)
    yield Text(), Text(clean(row.finding.message))


def _code(entry: Failure) -> _Lines:
    lines = excerpt(entry.rows[0].place, entry.rows[0].stack.hide_secrets)
    if lines:
        yield Text(), lines
    if len(entry.rows) == 1 and (value := shown_value(entry.rows[0], lines.plain)):
        yield Text("value", "dim"), Text(value)


def _all_unevaluated(entries: Sequence[Unevaluated], *, has_files: bool) -> Iterator[_Lines]:
    """Yield the entries; those that a plan decides together, as numbers, if they are about many subjects."""
    in_a_plan = [entry for entry in entries if entry.is_in_a_plan]
    are_numbers = sum(len(entry.subjects) for entry in in_a_plan) > MAX_LISTED
    for entry in entries:
        if not (are_numbers and entry.is_in_a_plan):
            yield _unevaluated(entry, has_files=has_files)
    if are_numbers:
        yield _in_a_plan(in_a_plan, has_files=has_files)


def _in_a_plan(entries: Sequence[Unevaluated], *, has_files: bool) -> _Lines:
    """Yield each reason with its number of subjects and one example, and the policies by number of results."""
    results = {(row.stack.source, row.policy.slug, row.address) for entry in entries for row in entry.rows}
    policies = Counter(slug for _, slug, _ in sorted(results))
    title = f"{count(policies.total(), 'result')} of {count(len(policies), 'policy')}"
    yield Text("NOT EVALUATED", "bold blue"), Text(title, "bold")
    yield Text(), Text("The configuration does not determine the values; check a plan.")
    for entry in entries[:MAX_LISTED]:
        first, number = entry.subjects[0], len(entry.subjects)
        reason = f"- {count(number, 'block')}: {clean(without_advice(entry.reason))}{', such as' * (number > 1)} "
        details = f"  {clean(entry.details(first[0]))}".rstrip()
        place = _place(first[:1], has_files=has_files)
        yield Text(), Text.assemble(reason, (clean(first[0].address), "bold"), *place, details)
    if len(entries) > MAX_LISTED:
        yield Text(), Text(f"- and {len(entries) - MAX_LISTED} more reasons; --format json lists all", "dim")
    yield Text("policies", "dim"), Text(_cut([f"{slug} ({number})" for slug, number in policies.most_common()]))


def _unevaluated(entry: Unevaluated, *, has_files: bool) -> _Lines:
    yield Text("NOT EVALUATED", "bold blue"), _title(entry, has_files=has_files)
    if len(entry.subjects) == 1:
        address = clean(entry.subjects[0][0].address)
        subject = () if entry.reason.startswith(f"{address} ") else ((address, "bold"), ": ")
        yield Text(), Text.assemble(*subject, clean(entry.reason))
    else:
        yield Text(), Text(clean(entry.reason))
        yield from _subjects(entry.subjects, entry, has_files=has_files)
    if len(entry.policies) > 1:
        yield Text("policies", "dim"), Text(_cut(entry.policies))


def _waived(row: Row, waiver: Waiver, *, has_files: bool) -> _Lines:
    yield Text("WAIVED", "bold yellow"), Text.assemble(name(row.policy), *_place([row], has_files=has_files))
    yield Text(), Text.assemble((clean(row.address), "bold"), f": {clean(row.finding.message)}")
    yield Text(), Text(clean(waiver.terms), "dim")


def _subjects(subjects: Sequence[tuple[Row, ...]], reason: Unevaluated | None = None, *, has_files: bool) -> _Lines:
    for places in subjects[:MAX_LISTED]:
        details = f"  {clean(reason.details(places[0]))}".rstrip() if reason else ""
        place = _place(places, has_files=has_files)
        yield Text(), Text.assemble("- ", (clean(places[0].address), "bold"), *place, details)
    if len(subjects) > MAX_LISTED:
        yield Text(), Text(f"- and {len(subjects) - MAX_LISTED} more; --format json lists all", "dim")


def _place(places: Sequence[Row], *, has_files: bool) -> tuple[str | tuple[str, str], ...]:
    """Return file and lines of a subject; a plan has no lines, and is named if the run has other inputs."""
    first = places[0].place
    lines = ", ".join(str(row.place.line) for row in places if row.place.line)
    text = f"{clean(first.file)}:{lines}" if lines else clean(first.file) if has_files else ""
    calls = "".join(f", called at {clean(call.file)}:{call.line}" for call in reversed(places[0].calls))
    return ("  ", (f"{text}{calls}", "cyan")) if text else ()


def _cut(words: Sequence[str]) -> str:
    more = f" and {len(words) - MAX_LISTED} more" if len(words) > MAX_LISTED else ""
    return f"{', '.join(words[:MAX_LISTED])}{more}"


def _hidden(unchanged: Iterable[Row]) -> Text:
    """Return the number of findings on resources that the plan does not change, and how to show them."""
    numbers = Counter(row.severity if row.finding.status == "failed" else "not evaluated" for row in unchanged)
    listed = ", ".join(f"{numbers[kind]} {kind}" for kind in (*reversed(SEVERITIES), "not evaluated") if numbers[kind])
    total = count(sum(numbers.values()), "finding")
    return Text(f"{total} on resources that the plan does not change ({listed}): --show-unchanged shows them.", "blue")
