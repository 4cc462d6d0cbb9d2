"""What the plan newly allows or no longer allows, as lines of the review."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.access import AccessChange, access_changes, state_before
from plainwork_core.model.stack import Stack
from plainwork_policies.report import place
from plainwork_policies.review.masking import Writer
from plainwork_policies.review.model import Access

_EVERYONE = ("*", "0.0.0.0/0", "::/0")
_ORDER = ("gained", "unknown", "lost")
_MAX_LISTED = 6


def access_of(stack: Stack, write: Writer) -> tuple[Access, ...]:
    """Return the access diff of the plan *stack*: what is open to everyone first, then gained, unknown and lost."""
    lines = list(_lines(stack, write))
    return tuple(
        sorted(lines, key=lambda line: (not (line.is_public and line.change == "gained"), _ORDER.index(line.change)))
    )


def _lines(stack: Stack, write: Writer) -> Iterator[Access]:
    for change in access_changes(state_before(stack), stack):
        found = place(stack, change.address, change.location)
        yield Access(
            change.change,
            write.text(change.principal),
            write.text(_what(change)),
            change.address,
            _is_public(change),
            found if found.line else None,
        )


def _is_public(change: AccessChange) -> bool:
    """Return whether everyone gains it, without a condition."""
    return change.principal in _EVERYONE and not change.is_deny and not change.conditions and change.kind != "limit"


def _what(change: AccessChange) -> str:
    if change.change == "unknown" or len(change.actions) <= _MAX_LISTED:
        return change.what
    more = len(change.actions) - _MAX_LISTED
    return change.what.replace(
        ", ".join(change.actions), f"{', '.join(change.actions[:_MAX_LISTED])} and {more} more", 1
    )
