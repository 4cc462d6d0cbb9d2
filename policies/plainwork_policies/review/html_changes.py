"""The changes of the page: groups, and a table of the differences of each change."""

from __future__ import annotations

from collections.abc import Sequence

from plainwork_core.diff.line import ACTION_SIGNS, FORCES, Line
from plainwork_core.text import count
from plainwork_policies.review import labels
from plainwork_policies.review.html_parts import Parts, code
from plainwork_policies.review.levels import Level
from plainwork_policies.review.markup import Markup, joined, prose, tag
from plainwork_policies.review.model import Group, Review, ReviewedChange

_MAX_OPEN = 40
"""Changes of a page up to which all are open."""
_SIGNS = {"+": "added", "-": "removed", "~": "changed", "=": "reordered"}


class Changes:
    """Makes the changes of a page."""

    def __init__(self, parts: Parts, review: Review) -> None:
        self._parts = parts
        self._are_open = sum(len(group.changes) for group in review.groups) <= _MAX_OPEN

    def group(self, group: Group) -> Markup:
        """Return the changes of a construct or a module."""
        kind = tag("small", f"{group.kind} ") if group.kind != "root" else None
        title = tag("summary", kind, tag("strong", group.name), f" {count(len(group.changes), 'change')}")
        return tag("details", title, [self.change(change) for change in group.changes], class_="group", open=True)

    def change(self, change: ReviewedChange) -> Markup:
        """Return one change, folded unless it is risky or the page is short."""
        risky = change.level < Level.CHANGE
        notes = [tag("p", prose(f"{note[:1].upper()}{note[1:]}."), class_="note") for note in change.notes]
        badge = tag("span", labels.LEVELS[change.level], class_="badge") if risky else None
        head = tag(
            "summary",
            tag("span", ACTION_SIGNS[change.verb], class_="sign", aria_hidden="true"),
            tag("span", change.verb, class_="verb"),
            code(change.address),
            badge,
            self._parts.place(change.place),
        )
        return tag(
            "details",
            head,
            notes,
            difference_table(change.lines) if change.lines else None,
            _unknown(change.unknown),
            class_=f"change {change.verb} {labels.tone(change.level) if risky else ''}".rstrip(),
            id=labels.anchor(change.address),
            open=(self._are_open and change.verb != "create") or risky,
            data_level=change.level.name.lower(),
            data_family=labels.family(change.type),
        )

    def folded(self, label: str, changes: Sequence[ReviewedChange]) -> Markup:
        """Return the folded changes of one kind."""
        return self._parts.details(
            f"{label} ({len(changes)})", tag("ul", [self._row(change) for change in changes], class_="folds")
        )

    def _row(self, change: ReviewedChange) -> Markup:
        notes = [joined((Markup(" "), prose(note))) for note in change.notes]
        lines = (
            tag("details", tag("summary", count(len(change.lines), "difference")), difference_table(change.lines))
            if change.lines
            else None
        )
        return tag(
            "li",
            code(change.address),
            notes,
            " ",
            self._parts.place(change.place),
            lines,
            class_="row",
            data_family=labels.family(change.type),
        )


def difference_table(lines: Sequence[Line]) -> Markup:
    """Return a table with a row for each of *lines*."""
    return tag("div", tag("table", tag("tbody", map(_line, lines)), class_="diff"), class_="wide")


def _line(line: Line) -> Markup:
    sign = tag("th", tag("span", line.sign, title=_SIGNS[line.sign]), scope="row")
    forces = tag("span", FORCES, class_="badge danger") if line.forces else line.note or None
    return tag(
        "tr", sign, tag("td", code(line.argument), " ", forces), tag("td", _values(line)), class_=_SIGNS[line.sign]
    )


def _values(line: Line) -> Markup:
    if line.sign == "=":
        return Markup("another order")
    if line.text:
        return tag("pre", joined(_row_of_text(row) for row in line.text))
    if not (line.before or line.after):
        return Markup()
    before = tag("del", line.before or "unset") if line.sign != "+" else None
    after = tag("ins", line.after or "unset") if line.sign != "-" else None
    arrow = Markup(' <span aria-label="becomes">→</span> ') if before and after else Markup()
    return joined(filter(None, (before, arrow, after)))


def _row_of_text(row: str) -> Markup:
    name = {"+": "ins", "-": "del"}.get(row[:1], "span")
    return joined((tag(name, row), Markup("\n")))


def _unknown(names: Sequence[str]) -> Markup | None:
    if not names:
        return None
    title = tag("summary", f"{count(len(names), 'attribute')} known after apply")
    return tag("details", title, tag("code", ", ".join(names)), class_="unknown")
