"""The stack of a plan before its apply: what the state has."""

from __future__ import annotations

from plainwork_core.model.stack import Change, Resource, Stack

_DEPOSED = " (deposed object "


def state_before(plan: Stack) -> Stack:
    """Return the stack of *plan* as the state has it, without data sources: the state has their results as text.

    An argument that the provider reads back is omitted, as in the plan: it has what other resources manage. A resource
    that the plan forgets stays as it is, so it is in neither version.
    """
    before = tuple(
        _resource(plan, change)
        for change in plan.changes
        if isinstance(change.before, dict) and _DEPOSED not in change.address and not change.forgets
    )
    return Stack(plan.source, "plan", providers=plan.providers, resources=before)


def _resource(plan: Stack, change: Change) -> Resource:
    after = plan.resource(change.address)
    omitted = after.read_back if after else {}
    return Resource(
        change.address,
        "managed",
        change.type,
        after.name if after else change.address.rpartition(".")[2],
        after.provider_key if after else "",
        {key: value for key, value in change.before.items() if value is not None and key not in omitted},
        change.location,
        ignored=None,
        read_back={key: change.before[key] for key in omitted if key in change.before},
        sensitive=change.sensitive | (after.sensitive if after else frozenset()),
    )
