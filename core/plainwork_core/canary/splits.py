"""The canaries of a plan, of CDKTF output or of HCL, found by the addresses that the constructs generate."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple

from plainwork_core.aws.elb import MAX_TARGET_GROUP_WEIGHT
from plainwork_core.aws.route53 import MAX_ROUTE53_WEIGHT
from plainwork_core.canary.rule_variants import rule_weights
from plainwork_core.frozen import frozen
from plainwork_core.model.values import Unknown, is_known, look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork_core.model.stack import Change, Stack
    from plainwork_core.model.values import Value

_RULE = "aws_lb_listener_rule"
_RECORD = "aws_route53_record"
_GATE = "aws_cloudwatch_composite_alarm"
_ALARM = "aws_cloudwatch_metric_alarm"
_VARIANT = re.compile(r"(?P<name>.+)_(?P<variant>stable|canary)_(?P<type>a|aaaa|cname)")
_ALARMS = re.compile(r"(?P<name>.+)_(stable|canary)_(errors|latency|unhealthy)")


class Split(NamedTuple):
    """The weights of the two variants; a weight may be unknown, or None if the variant does not exist."""

    stable: Value
    canary: Value

    @property
    def percent(self) -> float | None:
        """Percentage of the canary variant; None if a weight is unknown, and 50 if both are 0, as AWS defines it."""
        if not all(isinstance(weight, int | float) for weight in self):
            return None
        total = self.stable + self.canary
        return 100 * float(self.canary) / float(total) if total else 50.0


@frozen()
class Part:
    """One listener rule, or the two records of one type.

    Attributes:
        address: address of the rule, or of the canary variant's record.
        max_weight: maximum weight of the resource type.
        before: deployed weights; None if nothing is deployed, or if the input is not a plan.
        after: planned weights; None if the plan deletes the resource.
        promoted: whether the stable variant gets the target that the canary variant has now.
    """

    address: str
    max_weight: int
    before: Split | None
    after: Split | None
    promoted: bool = False


@frozen()
class Canary:
    """A canary in one input.

    Attributes:
        name: id of the construct.
        parts: its listener rule, or its records by type.
        gate: name and address of its composite alarm; None if there is none.
        other_changes: changes of a plan besides weights, one phrase each.
    """

    name: str
    parts: tuple[Part, ...]
    gate: tuple[str, str] | None
    other_changes: tuple[str, ...] = field(default=())


def canaries(stack: Stack) -> list[Canary]:
    """Return the canaries of a stack."""
    changes = {change.address: change for change in stack.changes}
    found: dict[str, dict[str, Part]] = {}
    for address in dict.fromkeys((*(resource.address for resource in stack.resources), *changes)):
        type_, _, name = address.rpartition(".")
        if type_ == _RULE and (part := _rule(stack, changes, address)):
            found.setdefault(name, {})[address] = part
        if type_ == _RECORD and (match := _VARIANT.fullmatch(name)):
            part = _records(stack, changes, match)
            found.setdefault(match["name"], {})[part.address] = part
    return [
        Canary(name, tuple(parts.values()), _gate(stack, name), tuple(_other_changes(name, parts, changes)))
        for name, parts in found.items()
    ]


def _rule(stack: Stack, changes: Mapping[str, Change], address: str) -> Part | None:
    change, resource = changes.get(address), stack.resource(address)
    before = rule_weights(change.before, address, stack) if change and change.before else None
    after = rule_weights(resource.values, address, stack, planned=True) if resource else None
    if not before and not after:
        return None
    return Part(address, MAX_TARGET_GROUP_WEIGHT, Split(*before) if before else None, Split(*after) if after else None)


def _records(stack: Stack, changes: Mapping[str, Change], match: re.Match[str]) -> Part:
    stable, canary = (f"{_RECORD}.{match['name']}_{variant}_{match['type']}" for variant in ("stable", "canary"))
    before = [_weight(changes[address].before) if address in changes else None for address in (stable, canary)]
    records = [stack.resource(address) for address in (stable, canary)]
    after = [_weight(record.values) if record else None for record in records]
    new_stable = records[0]
    promoted = canary in changes and new_stable and _target(changes[canary].before) == _target(new_stable.values)
    return Part(canary, MAX_ROUTE53_WEIGHT, _split(before), _split(after), bool(promoted))


def _split(weights: list[Value]) -> Split | None:
    return Split(*weights) if any(weight is not None for weight in weights) else None


def _weight(values: Value) -> Value:
    return look_up(values, "weighted_routing_policy.0.weight")


def _target(values: Value) -> tuple[Value, ...]:
    """Return the values that identify the target of a record."""
    configured = [look_up(values or {}, path) for path in ("alias.0.name", "alias.0.zone_id", "records")]
    return tuple(None if value == [] else value for value in configured)


def _gate(stack: Stack, name: str) -> tuple[str, str] | None:
    gate = stack.resource(f"{_GATE}.{name}")
    if gate is None:
        return None
    alarm_name = gate.get("alarm_name")
    return str(alarm_name) if is_known(alarm_name) else gate.address, gate.address


def _other_changes(name: str, parts: Mapping[str, Part], changes: Mapping[str, Change]) -> Iterator[str]:
    is_new = all(part.before is None for part in parts.values())
    for address, change in changes.items():
        if is_new or not _belongs(address, name, parts):
            continue
        if {"create", "delete"} <= set(change.actions):
            yield f"{address} is replaced"
        elif "create" in change.actions:
            yield f"{address} is created"
        elif "delete" in change.actions:
            yield f"{address} is deleted"
        elif "update" in change.actions and (arguments := sorted(_changed_arguments(change))):
            yield f"{address}: {', '.join(arguments)}"


def _belongs(address: str, name: str, parts: Mapping[str, Part]) -> bool:
    type_, _, own = address.rpartition(".")
    if address in parts or (type_, own) == (_GATE, name):
        return True
    pattern = {_RECORD: _VARIANT, _ALARM: _ALARMS}.get(type_)
    match = pattern.fullmatch(own) if pattern else None
    return bool(match and match["name"] == name)


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
    if isinstance(kept.get("action"), list):
        kept["action"] = [_without_weights(action) for action in kept["action"]]
    return kept


def _without_weights(value: Value) -> Value:
    if isinstance(value, dict):
        members = {key: _without_weights(item) for key, item in value.items() if key != "weight" and item is not None}
        if isinstance(members.get("target_group"), list):
            members["target_group"] = sorted(members["target_group"], key=str)
        return members
    return [_without_weights(item) for item in value] if isinstance(value, list) else value
