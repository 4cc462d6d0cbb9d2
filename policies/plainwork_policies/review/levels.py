"""How much a change asks of the reviewer, and what the plan does."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

Verb = Literal["create", "update", "replace", "delete", "forget", "read", "none"]


class Level(IntEnum):
    """How much a change asks of the reviewer, the worst first."""

    LOSS = 0
    """Data is destroyed, and the plan has no way to get it back."""
    EXPOSURE = 1
    """Access is open to everyone."""
    RESTORE = 2
    """Data is destroyed; it can be restored."""
    OUTAGE = 3
    """Something that serves others is gone or stops for a time."""
    WEAKER = 4
    """A protection or a record is removed."""
    ONE_WAY = 5
    """AWS does not take the change back."""
    STATE = 6
    """The state moves to another place."""
    REJECTED = 7
    """AWS rejects the change, so the apply stops halfway."""
    IF_EMPTY = 8
    """AWS deletes it only if it is empty; otherwise the apply stops halfway."""
    ACCESS = 9
    """A principal gains access."""
    FINDING = 10
    """A policy of severity critical or high fails."""
    CHANGE = 11
    NOTHING = 12
