"""The review as Markdown for a comment on a pull request: the worst first, in at most `MAX_LENGTH` characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plainwork_core.diff.line import ACTION_SIGNS, FORCES, Line, line_text
from plainwork_core.model.blocks import Location
from plainwork_core.text import clean, count
from plainwork_policies.report.as_markdown import MAX_LENGTH
from plainwork_policies.report.markdown import code, inline, longest_backticks
from plainwork_policies.report.notes import MAX_LISTED
from plainwork_policies.review import labels
from plainwork_policies.review.levels import Level
from plainwork_policies.review.links import Links
from plainwork_policies.review.model import Access, FoundProblem, Group, Review, ReviewedChange, Risk, Step

MARKER = "<!-- plainwork review -->"
"""The first line, by which a pipeline finds the comment that it replaces."""
MARKER_OF_CODE = "<!-- plainwork diff -->"
"""The same of a diff without a plan."""
_RESERVED = 3_000
"""Characters for the end: the digest, and what was cut."""
_MAX_TEXT = 1_000
_MAX_LINES, _MAX_ROWS = 12, 30
_COLORS = {
    Level.LOSS: "🔴",
    Level.EXPOSURE: "🔴",
    Level.CHANGE: "🔵",
    Level.NOTHING: "🟢",
}
_OTHER_COLOR = "🟠"
Section = tuple[str, Sequence[str]]
"""The heading of a section, and its blocks, the worst first."""


def render(review: Review, links: Links | None = None) -> str:
    """Return the comment. Blocks that do not fit are cut, and the last lines say how many of which section."""
    writer = _Writer(links or Links())
    color = _COLORS.get(review.level, _OTHER_COLOR)
    head = [
        MARKER if review.digest else MARKER_OF_CODE,
        f"## {color} {_text(review.question)}",
        "",
        f"**{_text(review.summary)}**",
        "",
        _text(labels.counted(review)),
        *(f"\n⚠️ {_text(warning)}" for warning in review.warnings),
    ]
    return _fitted("\n".join(head), list(writer.sections(review)), _tail(review))


def _fitted(head: str, sections: Sequence[Section], tail: Sequence[str]) -> str:
    """Return *head*, as many blocks of *sections* as fit, and *tail* with the number of those that do not."""
    text, cut = head, []
    for heading, blocks in sections:
        kept = []
        size = _size(text) + _size(heading)
        for block in blocks:
            size += _size(block) + 2
            if size > MAX_LENGTH - _RESERVED:
                break
            kept.append(block)
        if kept:
            text += "".join(f"{_separator(block)}{block}" for block in ([heading, *kept] if heading else kept))
        if len(kept) < len(blocks):
            cut.append(f"{len(blocks) - len(kept)} of {len(blocks)} in {_name(heading)}")
    if cut:
        limit = f"**Cut, because a comment has at most {MAX_LENGTH:,} characters:**"
        text += f"\n\n{limit} {'; '.join(cut)}. `--format html=FILE` has all."
    for line in tail:
        if _size(text) + _size(line) < MAX_LENGTH - 2:
            text += f"\n\n{line}"
    return text


def _separator(block: str) -> str:
    """Return what is before *block*: the items of a list have no empty line between them."""
    return "\n" if block.startswith("- ") else "\n\n"


def _name(heading: str) -> str:
    return heading.lstrip("# ").partition(" (")[0] or "the folded changes"


def _size(text: str) -> int:
    """Return the number of bytes, of which there are at least as many as characters by any count."""
    return len(text.encode(errors="backslashreplace"))


def _tail(review: Review) -> list[str]:
    notes = [f"- findings: {_text(sentence)}" for sentence in labels.other_problems(review)]
    notes += [f"- {_text(note)}" for note in review.notes]
    digest = [f"<sub>Plan {code(review.digest)} (SHA-256)</sub>"] if review.digest else []
    return [*(["\n".join(notes)] if notes else []), *digest]


class _Writer:
    """Writes the sections of a review. *links* has the address of a line of code."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def sections(self, review: Review) -> Iterator[Section]:
        """Yield the sections in the order of a review."""
        places = review.places
        risks = [self._risk(risk, places.get(risk.address)) for risk in review.risks]
        yield "### Data, interruptions and protection", risks
        yield "### Access", ["\n".join(self._access(review.access))] if review.access else []
        yield "### Findings", list(self._problems(review.problems))
        yield "### Canary", [self._step(step) for step in review.steps]
        lines = [_difference(line).removeprefix("  ") for line in review.configuration]
        yield f"### Configuration (compared with {_text(review.base)})", lines
        yield "### Changes", [block for group in review.groups for block in self._group(group)]
        yield "", list(self._folded(review))

    def _place(self, place: Location | None) -> str:
        text = labels.place(place)
        url = self._links.url(place)
        return "" if not text else f" · [{inline(text)}]({url})" if url else f" · {code(text)}"

    def _risk(self, risk: Risk, place: Location | None) -> str:
        sentences = " ".join(map(_text, filter(None, (risk.cause, risk.effect, risk.way_back))))
        link = f" [AWS]({risk.link})" if risk.link else ""
        label = labels.LEVELS[risk.level].upper()
        where = f"{_addresses(risk.addresses)}{self._place(place)}"
        return f"- **{label}** {where}: {_text(risk.title)}. {sentences}{link}"

    def _step(self, step: Step) -> str:
        lines = [f"- **{_text(step.status)}** {code(step.name)}: {_text(step.message)}"]
        lines += [f"  - also {_text(other)}" for other in step.also]
        if step.gate:
            lines.append(f"  - apply only while the alarm {code(step.gate)} is OK")
        return "\n".join(lines)

    def _access(self, access: Sequence[Access]) -> Iterator[str]:
        yield "| | Principal | What | Where |"
        yield "|---|---|---|---|"
        for line in access[:_MAX_ROWS]:
            bold = "**" if line.is_opened else ""
            where = f"{_cell(line.address)}{self._place(line.place)}"
            yield f"| {bold}{line.label}{bold} | {_cell(line.principal)} | {_text(line.text)} | {where} |"
        if len(access) > _MAX_ROWS:
            yield f"\nand {len(access) - _MAX_ROWS} more"

    def _problems(self, problems: Sequence[FoundProblem]) -> Iterator[str]:
        yield from (self._problem(problem) for problem in problems if problem.status != "not_evaluated")
        if unevaluated := [problem for problem in problems if problem.status == "not_evaluated"]:
            yield _details(f"Not evaluated ({len(unevaluated)})", map(self._unevaluated, unevaluated))

    def _problem(self, problem: FoundProblem) -> str:
        name = f"[{problem.slug}]({problem.url})" if problem.url else problem.slug
        label = "WAIVED" if problem.status == "waived" else problem.severity.upper()
        where = f"{_addresses(problem.addresses)}{self._place(problem.place)}"
        text = f"- **{label}** {name} {where}: {_text(problem.message)}"
        remedy = f"Remedy: {problem.remedy}" if problem.remedy else ""
        end = f"Waived {problem.terms}." if problem.terms else remedy
        return f"{text}. {_text(end)}" if end else text

    def _unevaluated(self, problem: FoundProblem) -> str:
        return f"- {_text(problem.slug)} ({count(len(problem.addresses), 'block')}): {_text(problem.message)}"

    def _group(self, group: Group) -> Iterator[str]:
        """Yield a block for each change; the first one has the heading of the group."""
        title = f"{group.kind} {group.name}" if group.kind != "root" else group.name
        heading = f"#### {_text(title)} ({count(len(group.changes), 'change')})\n\n"
        for index, change in enumerate(group.changes):
            lines = "\n".join(self._change(change))
            yield lines if index else f"{heading}{lines}"

    def _change(self, change: ReviewedChange) -> Iterator[str]:
        yield f"- {code(ACTION_SIGNS[change.verb])} {change.verb} {code(change.address)}{self._place(change.place)}"
        yield from (f"  - {_text(note)}" for note in change.notes)
        if change.verb == "create":
            return
        yield from (_difference(line) for line in change.lines[:_MAX_LINES])
        if len(change.lines) > _MAX_LINES:
            yield f"  - and {len(change.lines) - _MAX_LINES} more differences"

    def _folded(self, review: Review) -> Iterator[str]:
        for label, changes in labels.folded(review):
            rows = (f"- {code(change.address)}{self._place(change.place)}{_moved(change)}" for change in changes)
            yield _details(f"{label} ({len(changes)})", rows)
        if review.quantities:
            yield _details("Billed quantities", (f"- {_text(labels.quantity(one))}" for one in review.quantities))
        if review.actions:
            yield _details(f"Actions ({len(review.actions)})", (f"- {code(action)}" for action in review.actions))
        if review.outputs:
            yield _details(f"Outputs ({len(review.outputs)})", map(_difference, review.outputs))


def _addresses(addresses: Sequence[str]) -> str:
    more = f" and {len(addresses) - MAX_LISTED} more" if len(addresses) > MAX_LISTED else ""
    return f"{', '.join(map(code, addresses[:MAX_LISTED]))}{more}"


def _cell(text: str) -> str:
    """Return *text* as code in a table, where `|` ends a cell also in code."""
    return code(text).replace("|", "\\|")


def _moved(change: ReviewedChange) -> str:
    return f": {', '.join(map(_text, change.notes))}" if change.notes else ""


def _difference(line: Line) -> str:
    forces = f" **{FORCES}**" if line.forces else f" _{line.note}_" if line.note else ""
    before, after = code(_cut(line.before)), code(_cut(line.after))
    if line.text or line.sign == "=":
        return f"  - {_text(line_text(line))}{forces}{_text_difference(line.text)}"
    values = {"+": f"+ {after}", "-": f"- {before}"}.get(
        line.sign, f"{before if line.before else 'unset'} → {after if line.after else 'unset'}"
    )
    return f"  - {code(line.argument)}: {values}{forces}"


def _text_difference(rows: Sequence[str]) -> str:
    """Return the rows of a diff as a block of code in the item of a list."""
    if not rows:
        return ""
    shown = [_cut(clean(row)) for row in rows[:_MAX_LINES]]
    more = [f"and {len(rows) - _MAX_LINES} more lines"] if len(rows) > _MAX_LINES else []
    fence = "`" * max(3, longest_backticks("\n".join(shown)) + 1)
    return "".join(f"\n    {row}" for row in (f"{fence}diff", *shown, *more, fence))


def _details(title: str, rows: Iterable[str]) -> str:
    """Return a folded list of at most `_MAX_ROWS` rows."""
    listed = [row.removeprefix("  ") for row in rows]
    more = [f"- and {len(listed) - _MAX_ROWS} more"] if len(listed) > _MAX_ROWS else []
    body = "\n".join([*listed[:_MAX_ROWS], *more])
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT // 4 else f"{text[: _MAX_TEXT // 4]}..."


def _text(text: str) -> str:
    return inline(text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}...")
