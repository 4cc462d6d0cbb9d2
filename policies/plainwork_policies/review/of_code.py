"""The diff of two configurations as a review, so that the forms of a review write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plainwork_core.code_diff.model import BlockChange, CodeChange, CodeDiff
from plainwork_core.code_diff.words import headline, summary, without_meaning
from plainwork_policies.review.levels import Level
from plainwork_policies.review.model import Group, Review, ReviewedChange


def review_of_code(found: CodeDiff) -> Review:
    """Return *found* as a review without risks, findings and access: those need a plan."""
    groups = tuple(group for part in found.parts for group in _groups(part))
    layout = tuple(without_meaning(part) for part in found.parts if part.is_layout)
    return Review(
        f"{found.before} → {found.after}",
        "",
        Level.CHANGE if groups else Level.NOTHING,
        headline(found),
        summary(found),
        tuple(Counter(change.verb for change in found.changes if change.verb != "none").items()),
        groups=groups,
        notes=(*layout, *found.notes),
    )


def _groups(part: CodeChange) -> Iterator[Group]:
    sections = dict.fromkeys(change.section for change in part.changes)
    for section in sections:
        changes = tuple(_change(change) for change in part.changes if change.section == section)
        name = f"{part.name}: {section}" if section else part.name
        yield Group(name, "construct" if section else "module", changes)


def _change(change: BlockChange) -> ReviewedChange:
    return ReviewedChange(
        change.address,
        change.type,
        change.verb,
        change.lines,
        place=change.place if change.place and change.place.line else None,
        notes=change.notes,
    )
