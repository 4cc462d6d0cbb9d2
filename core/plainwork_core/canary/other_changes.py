"""What a plan changes in a canary besides weights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork_core.canary.rule_variants import ACTIONS
from plainwork_core.model.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from plainwork_core.model.stack import Change
    from plainwork_core.model.values import Value

GATE = "aws_cloudwatch_composite_alarm"
_ALARM = "aws_cloudwatch_metric_alarm"
_ALARMS = re.compile(r"(?P<name>.+)_[a-z][a-z0-9]*_(errors|latency|unhealthy)")


def other_changes(name: str, own: Collection[str], changes: Mapping[str, Change]) -> Iterator[str]:
    """Yield one phrase for each change of a canary's resources besides weights.

    Args:
        name: id of the construct.
        own: addresses of its listener, listener rule or records.
        changes: of the plan, by address.
    """
    for address, change in changes.items():
        if not (address in own or _is_alarm_of(name, address)):
            continue
        if {"create", "delete"} <= set(change.actions):
            yield f"{address} is replaced"
        elif "create" in change.actions:
            yield f"{address} is created"
        elif "delete" in change.actions:
            yield f"{address} is deleted"
        elif "update" in change.actions and (arguments := sorted(_changed_arguments(change))):
            yield f"{address}: {', '.join(arguments)}"


def _is_alarm_of(name: str, address: str) -> bool:
    type_, _, own = address.rpartition(".")
    match = _ALARMS.fullmatch(own) if type_ == _ALARM else None
    return (type_, own) == (GATE, name) or bool(match and match["name"] == name)


def _changed_arguments(change: Change) -> Iterator[str]:
    """Yield the arguments that an update changes; attributes that are known after apply are omitted."""
    before, after = _unweighted(change.before), _unweighted(change.after)
    for argument in {*before, *after}:
        old, new = before.get(argument), after.get(argument)
        if not isinstance(new, Unknown) and (old or None) != (new or None):
            yield argument


def _unweighted(values: Value) -> dict[str, Any]:
    """Return the arguments without weights, and with target groups in a canonical order, because they are a set."""
    kept = {key: value for key, value in (values or {}).items() if key != "weighted_routing_policy"}
    for argument in ACTIONS.values():
        if isinstance(kept.get(argument), list):
            kept[argument] = [_without_weights(action) for action in kept[argument]]
    return kept


def _without_weights(value: Value) -> Value:
    if isinstance(value, dict):
        members = {key: _without_weights(item) for key, item in value.items() if key != "weight" and item is not None}
        if isinstance(members.get("target_group"), list):
            members["target_group"] = sorted(members["target_group"], key=str)
        return members
    return [_without_weights(item) for item in value] if isinstance(value, list) else value
