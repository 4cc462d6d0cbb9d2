"""The canaries in a plan, in CDKTF's output or in HCL, by the addresses that the constructs give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from plainwork.canary.rule_sides import rule_weights
from plainwork.canary.steps import ROUTE_53, TARGET_GROUPS
from plainwork_core.model.values import Unknown, is_known, look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork_core.model.stack import Change, Stack
    from plainwork_core.model.values import Value

_RULE = "aws_lb_listener_rule"
_RECORD = "aws_route53_record"
_GATE = "aws_cloudwatch_composite_alarm"
_ALARM = "aws_cloudwatch_metric_alarm"
_SIDE = re.compile(r"(?P<name>.+)_(?P<side>stable|canary)_(?P<type>a|aaaa|cname)")
_ALARMS = re.compile(r"(?P<name>.+)_(stable|canary)_(errors|latency|unhealthy)")


class Split(NamedTuple):
    """The weights of the two sides; each may be unknown, or None where that side is not there."""

    stable: Value
    canary: Value

    @property
    def percent(self) -> float | None:
        """The share of the canary side; None where a weight is not known, and 50 where both are 0, as AWS has it."""
        if not all(isinstance(each, int | float) for each in self):
            return None
        total = self.stable + self.canary
        return 100 * float(self.canary) / float(total) if total else 50.0


@dataclass(frozen=True)
class Part:
    """One listener rule, or the two records of one type.

    Attributes:
        address: of the rule, or of the canary side's record.
        most: the greatest weight of its scale.
        before: what is deployed; None where nothing is, and where the input is no plan.
        after: what will be; None where it is removed.
        promoted: the stable side gets the target that the canary side has now.
    """

    address: str
    most: int
    before: Split | None
    after: Split | None
    promoted: bool = False


@dataclass(frozen=True)
class Canary:
    """A canary as one input has it.

    Attributes:
        name: the construct's id.
        parts: what splits its traffic.
        gate: the name and address of the alarm to watch; None where it has none.
        others: what a plan changes about it besides weights, one phrase each.
    """

    name: str
    parts: tuple[Part, ...]
    gate: tuple[str, str] | None
    others: tuple[str, ...] = field(default=())


def canaries(stack: Stack, document: Mapping[str, Any] | None) -> list[Canary]:
    """The canaries of a stack.

    Args:
        stack: as the policies' reader gives it.
        document: the plan's own JSON, which alone tells in which order a rule names its target groups; None where the
            input is no plan.
    """
    changes = {change.address: change for change in stack.changes}
    found: dict[str, dict[str, Part]] = {}
    for address in dict.fromkeys((*(each.address for each in stack.resources), *changes)):
        type_, _, name = address.rpartition(".")
        if type_ == _RULE and (part := _rule(stack, changes, address, document)):
            found.setdefault(name, {})[address] = part
        if type_ == _RECORD and (match := _SIDE.fullmatch(name)):
            part = _records(stack, changes, match)
            found.setdefault(match["name"], {})[part.address] = part
    return [
        Canary(name, tuple(parts.values()), _gate(stack, name), tuple(_others(name, parts, changes)))
        for name, parts in found.items()
    ]


def _rule(stack: Stack, changes: Mapping[str, Change], address: str, document: Mapping[str, Any] | None) -> Part | None:
    change, resource = changes.get(address), stack.resource(address)
    before = rule_weights(change.before, address, stack, document) if change and change.before else None
    after = rule_weights(resource.values, address, stack, document, planned=True) if resource else None
    if not before and not after:
        return None
    return Part(address, TARGET_GROUPS, Split(*before) if before else None, Split(*after) if after else None)


def _records(stack: Stack, changes: Mapping[str, Change], match: re.Match[str]) -> Part:
    stable, canary = (f"{_RECORD}.{match['name']}_{side}_{match['type']}" for side in ("stable", "canary"))
    before = [_weight(changes[each].before) if each in changes else None for each in (stable, canary)]
    made = [stack.resource(each) for each in (stable, canary)]
    after = [_weight(each.values) if each else None for each in made]
    promoted = canary in changes and made[0] is not None and _target(changes[canary].before) == _target(made[0].values)
    return Part(canary, ROUTE_53, _split(before), _split(after), promoted)


def _split(found: list[Value]) -> Split | None:
    return Split(*found) if any(each is not None for each in found) else None


def _weight(values: Value) -> Value:
    return look_up(values, "weighted_routing_policy.0.weight")


def _target(values: Value) -> tuple[Value, ...]:
    """What a record answers with."""
    given = [look_up(values or {}, field_) for field_ in ("alias.0.name", "alias.0.zone_id", "records")]
    return tuple(None if each == [] else each for each in given)


def _gate(stack: Stack, name: str) -> tuple[str, str] | None:
    gate = stack.resource(f"{_GATE}.{name}")
    if gate is None:
        return None
    alarm_name = gate.get("alarm_name")
    return str(alarm_name) if is_known(alarm_name) else gate.address, gate.address


def _others(name: str, parts: Mapping[str, Part], changes: Mapping[str, Change]) -> Iterator[str]:
    is_new = all(part.before is None for part in parts.values())
    for address, change in changes.items():
        if is_new or not _belongs(address, name, parts):
            continue
        if {"create", "delete"} <= set(change.actions):
            yield f"{address} is replaced"
        elif "create" in change.actions:
            yield f"{address} is made"
        elif "delete" in change.actions:
            yield f"{address} is removed"
        elif "update" in change.actions and (fields := sorted(_changed(change))):
            yield f"{address}: {', '.join(fields)}"


def _belongs(address: str, name: str, parts: Mapping[str, Part]) -> bool:
    type_, _, own = address.rpartition(".")
    if address in parts or (type_, own) == (_GATE, name):
        return True
    pattern = {_RECORD: _SIDE, _ALARM: _ALARMS}.get(type_)
    match = pattern.fullmatch(own) if pattern else None
    return bool(match and match["name"] == name)


def _changed(change: Change) -> Iterator[str]:
    """The arguments that an update changes; computed ones are in it only where they are known."""
    before, after = _unweighted(change.before), _unweighted(change.after)
    for field_ in {*before, *after}:
        old, new = before.get(field_), after.get(field_)
        if not isinstance(new, Unknown) and (old or None) != (new or None):
            yield field_


def _unweighted(values: Value) -> dict[str, Any]:
    """Arguments without what a step changes; of a set of target groups the order says nothing."""
    kept = {key: value for key, value in (values or {}).items() if key != "weighted_routing_policy"}
    if isinstance(kept.get("action"), list):
        kept["action"] = [_without_weights(each) for each in kept["action"]]
    return kept


def _without_weights(value: Value) -> Value:
    if isinstance(value, dict):
        members = {key: _without_weights(each) for key, each in value.items() if key != "weight" and each is not None}
        if isinstance(members.get("target_group"), list):
            members["target_group"] = sorted(members["target_group"], key=str)
        return members
    return [_without_weights(each) for each in value] if isinstance(value, list) else value
