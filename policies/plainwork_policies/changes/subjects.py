"""What the policies on changes look at: single changes, and a plan as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Change, Location, Stack
from plainwork_policies.api import Subjects
from plainwork_policies.engine.providers import WITHOUT_INFRASTRUCTURE, provider_name

VERBS = ("updates", "replaces", "deletes")


@frozen()
class WholePlan:
    """A plan that changes existing resources. Its address in findings is `plan`.

    Args:
        changes: the changes of existing resources, without those that only the state has, such as `null_resource`.
        location: of the plan.
    """

    changes: tuple[Change, ...]
    location: Location

    address = "plan"

    def at(self, _path: str) -> Location:
        """Return the location of the plan, which has no lines."""
        return self.location


def verb_of(change: Change) -> str:
    """Return the verb of a change of an existing resource: one of `VERBS`."""
    return "replaces" if change.replaces else "deletes" if change.destroys else "updates"


def addresses(changes: Sequence[Change], most: int = 5) -> str:
    """Return the addresses of the first *most* of *changes*, and the number of the others."""
    first = ", ".join(change.address for change in changes[:most])
    return f"{first} and {len(changes) - most} more" if len(changes) > most else first


def _changes(stack: Stack) -> list[Change]:
    return [change for change in stack.changes if change.touches]


def _whole_plan(stack: Stack) -> list[WholePlan]:
    changes = tuple(change for change in _changes(stack) if provider_name(change.type) not in WITHOUT_INFRASTRUCTURE)
    return [WholePlan(changes, changes[0].location)] if changes else []


CHANGES = Subjects(("change",), _changes)
"""The changes of existing resources: update, replace and delete."""
WHOLE_PLAN = Subjects(("change",), _whole_plan)
"""The plan, unless it only creates resources."""
