"""The canaries of a plan, of CDKTF output or of HCL, found by the addresses that the constructs generate."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from plainwork_core.aws.elb import MAX_TARGET_GROUP_WEIGHT
from plainwork_core.aws.route53 import MAX_ROUTE53_WEIGHT
from plainwork_core.canary.other_changes import GATE, other_changes
from plainwork_core.canary.rule_variants import ACTIONS, forwarded_weights
from plainwork_core.frozen import frozen
from plainwork_core.model.values import is_known, look_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plainwork_core.model.stack import Change, Stack
    from plainwork_core.model.values import Value

_RECORD = "aws_route53_record"
_VARIANT = re.compile(r"(?P<name>.+)_(?P<variant>[a-z][a-z0-9]*)_(?P<type>a|aaaa|cname)")
_STABLE, _CANARY = "stable", "canary"


class Split(NamedTuple):
    """The weights of the stable and of one canary variant, and of the other canary variants.

    A weight may be unknown, or None if the variant does not exist.
    """

    stable: Value
    canary: Value
    others: tuple[Value, ...] = ()

    @property
    def weights(self) -> tuple[Value, ...]:
        """The weights of all variants."""
        return self.stable, self.canary, *self.others

    @property
    def percent(self) -> float | None:
        """Percentage of the canary variant; None if a weight is unknown, and equal if all are 0, as AWS defines it."""
        if not all(isinstance(weight, int | float) for weight in self.weights):
            return None
        total = sum(self.weights)
        return 100 * float(self.canary) / float(total) if total else 100 / len(self.weights)


@frozen()
class Part:
    """One listener or listener rule, or the records of one type.

    Attributes:
        address: address of the listener or rule, or of the canary variant's record.
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
    """One canary variant in one input.

    Attributes:
        name: id of the construct; with several canary variants also that of the variant, such as `api green`.
        parts: its listener or listener rule, or its records by type.
        gate: name and address of its composite alarm; None if there is none.
        other_changes: changes of a plan besides weights, one phrase each.
    """

    name: str
    parts: tuple[Part, ...]
    gate: tuple[str, str] | None
    other_changes: tuple[str, ...] = field(default=())


def canaries(stack: Stack) -> list[Canary]:
    """Return the canaries of a stack; each of several canary variants is one."""
    changes = {change.address: change for change in stack.changes}
    found: dict[tuple[str, str], dict[str, Part]] = {}
    addresses = list(dict.fromkeys((*(resource.address for resource in stack.resources), *changes)))
    for address in addresses:
        type_, _, name = address.rpartition(".")
        if type_ in ACTIONS:
            parts = _forward_parts(stack, changes, address)
            for number, part in enumerate(parts, 2):
                label = f"variant {number}" if len(parts) > 1 else ""
                found[name, label] = {address: part}
    records = _record_groups(stack, changes, addresses)
    for (name, _type), group in records.items():
        for variant in list(group)[1:]:
            label = variant if len(group) > len((_STABLE, _CANARY)) else ""
            part = _record_part(stack, changes, group, variant)
            found.setdefault((name, label), {})[part.address] = part
    return [
        Canary(
            f"{name} {label}".rstrip(),
            tuple(parts.values()),
            _gate(stack, name),
            tuple(_other_changes(name, parts, records, changes)),
        )
        for (name, label), parts in found.items()
    ]


def _forward_parts(stack: Stack, changes: Mapping[str, Change], address: str) -> list[Part]:
    """Return the part of each canary variant of a listener or a listener rule."""
    change, resource = changes.get(address), stack.resource(address)
    before = forwarded_weights(change.before, address, stack) if change and change.before else None
    after = forwarded_weights(resource.values, address, stack, planned=True) if resource else None
    number = max(len(before or ()), len(after or ()))
    return [
        Part(address, MAX_TARGET_GROUP_WEIGHT, _split(before or (), index), _split(after or (), index))
        for index in range(1, number)
    ]


def _record_groups(
    stack: Stack, changes: Mapping[str, Change], addresses: Iterable[str]
) -> dict[tuple[str, str], dict[str, str]]:
    """Return the addresses of the records by canary and type, then by variant, the stable variant first."""
    found: dict[tuple[str, str], list[str]] = {}
    for address in addresses:
        type_, _, name = address.rpartition(".")
        if type_ == _RECORD and (match := _VARIANT.fullmatch(name)) and _is_variant(stack, changes, address, match):
            found.setdefault((match["name"], match["type"]), []).append(match["variant"])
    groups = {}
    for (name, type_), variants in found.items():
        if {_STABLE, _CANARY} & set(variants):
            canary_variants = [variant for variant in variants if variant != _STABLE] or [_CANARY]
            named = {variant: f"{_RECORD}.{name}_{variant}_{type_}" for variant in (_STABLE, *canary_variants)}
            groups[name, type_] = named
    return groups


def _is_variant(stack: Stack, changes: Mapping[str, Change], address: str, match: re.Match[str]) -> bool:
    """Return whether the name of a record is one that a canary makes, which also has the variant as identifier."""
    if match["variant"] in (_STABLE, _CANARY):
        return True
    resource = stack.resource(address)
    values = resource.values if resource else changes[address].before
    return bool(look_up(values or {}, "set_identifier") == match["variant"])


def _record_part(stack: Stack, changes: Mapping[str, Change], group: Mapping[str, str], variant: str) -> Part:
    before = [_weight(changes[address].before) if address in changes else None for address in group.values()]
    records = [stack.resource(address) for address in group.values()]
    after = [_weight(record.values) if record else None for record in records]
    address, new_stable, index = group[variant], records[0], list(group).index(variant)
    promoted = address in changes and new_stable and _target(changes[address].before) == _target(new_stable.values)
    before, after = (weights if any(weight is not None for weight in weights) else [] for weights in (before, after))
    return Part(address, MAX_ROUTE53_WEIGHT, _split(before, index), _split(after, index), bool(promoted))


def _split(weights: Sequence[Value], index: int) -> Split | None:
    """Return the split of one canary variant; None if there are no variants."""
    if not weights:
        return None
    others = tuple(
        weight for position, weight in enumerate(weights) if position not in (0, index) and weight is not None
    )
    return Split(weights[0], weights[index] if index < len(weights) else None, others)


def _weight(values: Value) -> Value:
    return look_up(values, "weighted_routing_policy.0.weight")


def _target(values: Value) -> tuple[Value, ...]:
    """Return the values that identify the target of a record."""
    configured = [look_up(values or {}, path) for path in ("alias.0.name", "alias.0.zone_id", "records")]
    return tuple(None if value == [] else value for value in configured)


def _gate(stack: Stack, name: str) -> tuple[str, str] | None:
    gate = stack.resource(f"{GATE}.{name}")
    if gate is None:
        return None
    alarm_name = gate.get("alarm_name")
    return str(alarm_name) if is_known(alarm_name) else gate.address, gate.address


def _other_changes(
    name: str,
    parts: Mapping[str, Part],
    records: Mapping[tuple[str, str], Mapping[str, str]],
    changes: Mapping[str, Change],
) -> Iterator[str]:
    if all(part.before is None for part in parts.values()):
        return
    own = [address for (owner, _type), group in records.items() if owner == name for address in group.values()]
    yield from other_changes(name, {*parts, *own}, changes)
