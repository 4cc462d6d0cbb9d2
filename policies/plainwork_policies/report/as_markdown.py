"""Markdown for a comment on a pull request: what is worst comes first, in at most `MAX_LENGTH` characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork_core.repository import repository_path
from plainwork_core.text import count
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.report import Row, current_rows, pages, waived
from plainwork_policies.report.entries import Failure, Unevaluated, failures, unevaluated
from plainwork_policies.report.markdown import code, inline
from plainwork_policies.report.notes import MAX_LISTED, checked, comparison, ignored, notes, statuses

MAX_LENGTH = 65_536
"""The longest comment that GitHub accepts."""
_RESERVED = 2_000
"""Characters for the last lines."""
_MAX_TEXT = 1_000
MARKER = "<!-- plainwork check -->"
"""The first line, by which a pipeline finds the comment that it replaces."""


def render(run: RunResult, *, show_unchanged: bool = False) -> str:
    """Return the comment. Blocks that do not fit are cut, and the last lines say how many.

    Args:
        run: the results.
        show_unchanged: whether to show findings on resources that a plan does not change, instead of their number.
    """
    found = current_rows(run)
    shown = [row for row in found if show_unchanged or not row.is_unchanged]
    numbers = ", ".join(f"{number} {status}" for number, status in statuses(run)) or "no policy applies to this input"
    head = [MARKER, f"## plainwork: {numbers}", "", f"{inline(checked(run))}."]
    blocks = [*map(_error, (problem.message for problem in run.problems)), *map(_failure, failures(shown))]
    blocks += [*map(_unevaluated, unevaluated(shown)), *(_waived(row, waiver) for row, waiver in waived(run))]
    sentences = (*_hidden(len(found) - len(shown)), *comparison(run), *notes(run), ignored(run))
    tail = [f"- {_text(sentence)}" for sentence in sentences if sentence]
    return _joined(head, blocks, tail)


def _joined(head: Sequence[str], blocks: Sequence[str], tail: Sequence[str]) -> str:
    text = "\n".join(head)
    for index, block in enumerate(blocks):
        if _size(text) + _size(block) > MAX_LENGTH - _RESERVED:
            rest = count(len(blocks) - index, "entry")
            text += f"\n\n**{rest} cut:** the comment has reached its greatest length. `--format json` has all."
            break
        text += f"\n\n{block}"
    for line in tail:
        if _size(text) + _size(line) < MAX_LENGTH - 2:
            text += f"\n{line}" if line is not tail[0] else f"\n\n{line}"
    return text


def _size(text: str) -> int:
    """Return the number of bytes, of which there are at least as many as characters by any count."""
    return len(text.encode(errors="backslashreplace"))


def _error(message: str) -> str:
    return f"### ERROR\n\n{_text(message)}"


def _failure(entry: Failure) -> str:
    first, is_one = entry.rows[0], len(entry.subjects) == 1
    titles = dict.fromkeys(_title(row) for row in entry.rows)
    lines = [f"### {first.severity.upper()} {' · '.join(titles)}", ""]
    if first.destroys:
        lines += ["**The plan deletes or replaces this.**", ""]
    if entry.module:
        lines += [f"In module {code(' '.join(filter(None, (entry.module.source, entry.module.version))))}", ""]
    if is_one:
        lines += [f"{_place(entry.subjects[0])}", ""]
    lines += [
        f"{_text(row.finding.message)}" if len(entry.rows) == 1 else f"- {_text(row.finding.message)}"
        for row in entry.rows
    ]
    if not is_one:
        lines += ["", *_subjects(entry.subjects)]
    for remedy in dict.fromkeys(row.finding.remedy for row in entry.rows):
        lines += ["", f"**Remedy:** {_text(remedy)}"]
    return "\n".join(lines)


def _unevaluated(entry: Unevaluated) -> str:
    policies = ", ".join(entry.policies[:MAX_LISTED])
    more = f" and {len(entry.policies) - MAX_LISTED} more" if len(entry.policies) > MAX_LISTED else ""
    lines = [f"### NOT EVALUATED {policies}{more}", "", _text(entry.reason), "", *_subjects(entry.subjects)]
    return "\n".join(lines)


def _waived(row: Row, waiver: Waiver) -> str:
    return "\n\n".join([f"### WAIVED {_title(row)}", _place([row]), _text(row.finding.message), _text(waiver.terms)])


def _subjects(subjects: Sequence[tuple[Row, ...]]) -> Iterator[str]:
    yield from (f"- {_place(places)}" for places in subjects[:MAX_LISTED])
    if len(subjects) > MAX_LISTED:
        yield f"- and {len(subjects) - MAX_LISTED} more"


def _place(places: Sequence[Row]) -> str:
    """Return the address of a subject and its first place."""
    first = places[0]
    location = repository_path(first.place.file) + (f":{first.place.line}" if first.place.line else "")
    return f"{code(first.address or 'the stack')} in {code(location)}"


def _title(row: Row) -> str:
    page = pages.url(row.policy)
    return f"[{row.policy.slug}]({page}) {row.policy.id}" if page else f"{row.policy.slug} {row.policy.id}"


def _text(text: str) -> str:
    return inline(text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}...")


def _hidden(number: int) -> Iterator[str]:
    if number:
        yield f"{count(number, 'finding')} on resources that the plan does not change"
