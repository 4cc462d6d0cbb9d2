"""What the policies on changes look at: single changes, and a plan as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from plainwork_core.model.stack import Change, Location, Stack


@dataclass(frozen=True)
class WholePlan:
    """A plan that touches what is there already; findings name it `plan`."""

    touching: tuple[Change, ...]
    location: Location

    address = "plan"

    def at(self, _path: str) -> Location:
        """Return the plan: it has no lines."""
        return self.location


def touching(stack: Stack) -> list[Change]:
    """Return the changes of what is there already."""
    return [change for change in stack.changes if change.touches]


def whole_plan(stack: Stack) -> list[WholePlan]:
    """Return the plan, unless it only creates."""
    found = tuple(touching(stack))
    return [WholePlan(found, found[0].location)] if found else []


def listed(changes: list[Change], most: int = 5) -> str:
    """Name the first *most* of *changes*, and say how many more there are."""
    named = ", ".join(change.address for change in changes[:most])
    return f"{named} and {len(changes) - most} more" if len(changes) > most else named
