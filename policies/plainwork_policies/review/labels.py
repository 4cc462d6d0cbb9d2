"""Words that all forms of a review have in common."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from plainwork_core.diff.line import Line
from plainwork_core.model.blocks import Location
from plainwork_core.repository import repository_path
from plainwork_policies.review.levels import Level
from plainwork_policies.review.model import Fold, Quantity, Review, ReviewedChange

LEVELS: Mapping[Level, str] = {
    Level.LOSS: "data loss",
    Level.EXPOSURE: "open to all",
    Level.RESTORE: "restore",
    Level.OUTAGE: "interruption",
    Level.WEAKER: "protection",
    Level.ONE_WAY: "one way",
    Level.STATE: "state",
    Level.REJECTED: "rejected",
    Level.IF_EMPTY: "if empty",
    Level.ACCESS: "access",
    Level.FINDING: "finding",
    Level.CHANGE: "change",
    Level.NOTHING: "no change",
}
"""One or two words for each level."""
_TONES = {Level.LOSS: "danger", Level.EXPOSURE: "danger", Level.CHANGE: "calm", Level.NOTHING: "good"}
FOLDS: Mapping[Fold, str] = {
    "tags": "Tags only",
    "moved": "Moved",
    "imported": "Imported",
    "forgotten": "Forgotten (removed from the state, kept in AWS)",
    "after_apply": "Known after apply only",
    "same_value": "Same value in another form, such as JSON with other spaces",
    "read": "Data sources read during the apply",
    "drift": "Changed outside of Terraform",
}
_COUNTED = {
    "replace": "replaced",
    "delete": "deleted",
    "update": "updated",
    "create": "created",
    "forget": "forgotten",
    "unchanged": "unchanged",
}


def counted(review: Review) -> str:
    """Return the numbers of resources by what happens to them."""
    return ", ".join(f"{number:,} {_COUNTED[name]}" for name, number in review.counts)


def folded(review: Review) -> list[tuple[str, list[ReviewedChange]]]:
    """Return the folded changes by kind, with the label of the kind."""
    kinds = [(label, [change for change in review.folded if change.fold == fold]) for fold, label in FOLDS.items()]
    return [(label, changes) for label, changes in kinds if changes]


def types_of(changes: Iterable[ReviewedChange]) -> str:
    """Return the resource types of *changes* with their numbers, the most frequent first."""
    numbers = Counter(change.type for change in changes)
    return ", ".join(f"{type_} {number}" if number > 1 else type_ for type_, number in numbers.most_common())


def quantity(of: Quantity) -> str:
    """Return a quantity with its difference: `NAT gateways: 1 -> 3 (+2)`."""
    return f"{of.name}: {of.before:g} -> {of.after:g} ({of.after - of.before:+g})"


def other_problems(review: Review) -> Iterator[str]:
    """Yield the numbers of findings that the review does not show."""
    if review.unchanged_problems:
        yield f"{review.unchanged_problems} more on resources that the plan does not change"
    if review.known_problems:
        yield f"{review.known_problems} more that {review.base} has, too"


def place(location: Location | None) -> str:
    """Return file and line, from the root of the repository; `""` if they are not known."""
    return f"{repository_path(location.file)}:{location.line}" if location else ""


def from_to(line: Line) -> str:
    """Return a difference as code in a sentence: `` `name`: `a` -> `b` ``."""
    if line.text or not (line.before or line.after):
        return f"`{line.argument}`"
    return f"`{line.argument}`: `{line.before or 'unset'}` -> `{line.after or 'unset'}`"


def tone(level: Level) -> str:
    """Return the color of a level: `danger`, `warn`, `calm` or `good`."""
    return _TONES.get(level, "warn")


def family(type_: str) -> str:
    """Return the service of a resource type: `dynamodb` for `aws_dynamodb_table`."""
    words = type_.split("_")
    return words[1] if len(words) > 1 else type_


def anchor(address: str) -> str:
    """Return the ID of a change on the page."""
    return f"change-{hashlib.sha256(address.encode(errors='replace')).hexdigest()[:12]}"
