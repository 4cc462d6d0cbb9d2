"""Weighted records of Route 53, and the group that a record is in: all records of its zone, name and type.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plainwork_core.model.identity import ReferenceTarget, are_same, identity
from plainwork_core.model.stack import Change, Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of
from plainwork_core.model.values import PartialString, Unknown, Value, look_up

WEIGHTED = "weighted_routing_policy"
WEIGHT = f"{WEIGHTED}.0.weight"
ROUTINGS = tuple(f"{kind}_routing_policy" for kind in ("cidr", "failover", "geolocation", "geoproximity", "latency"))


@dataclass(frozen=True)
class Place:
    """Where a record stands: two of one place and *type* are one group."""

    zone: ReferenceTarget | Unknown
    name: ReferenceTarget | Unknown
    type: str | Unknown

    @property
    def unknown(self) -> Unknown | None:
        """What of it is not known, if anything."""
        return next((part for part in (self.zone, self.name, self.type) if isinstance(part, Unknown)), None)


def weighted_records(stack: Stack) -> list[Resource]:
    """Return the records that have a weight."""
    return [each for each in stack.managed("aws_route53_record") if is_weighted(each)]


def is_weighted(record: Resource) -> bool:
    """Tell whether *record* has a weight, be it unknown."""
    return bool(record.blocks(WEIGHTED))


def weight(record: Resource) -> int | Unknown:
    """Return the weight of *record*; `Unknown` where it is no whole number either."""
    return whole_number(record.get(WEIGHT))


def whole_number(value: Value) -> int | Unknown:
    """Return *value* as the whole number that Terraform takes it for."""
    if isinstance(value, Unknown):
        return value
    try:
        return int(value) if float(value).is_integer() else Unknown(f"`{value}` is no whole number")
    except (TypeError, ValueError):
        return Unknown(f"`{value}` is no whole number")


def share_of(own: int | Unknown, weights: list[int | Unknown]) -> float | Unknown:
    """Return the percentage that *own* is of *weights*, among which it is; 0 where it is 0 itself."""
    if own == 0:
        return 0.0
    known = [each for each in weights if not isinstance(each, Unknown)]
    if isinstance(own, Unknown) or len(known) < len(weights):
        return next(each for each in weights if isinstance(each, Unknown))
    return own * 100 / sum(map(abs, known))


@cached_per_stack
def _places(stack: Stack) -> dict[str, Place]:
    return {each.address: _place(each, stack) for each in stack.managed("aws_route53_record")}


@cached_per_stack
def _by_place(stack: Stack) -> dict[Place, list[Resource]]:
    table: dict[Place, list[Resource]] = {}
    for record in stack.managed("aws_route53_record"):
        table.setdefault(_places(stack)[record.address], []).append(record)
    return table


def group_of(record: Resource, stack: Stack, type_: str | None = None) -> list[Resource] | Unknown:
    """Return the records of the zone, name and type of *record*, itself among them.

    Args:
        record: whose zone and name count.
        stack: that has it.
        type_: another type, such as `AAAA`; default: the type of *record*.

    Returns:
        The records that are certainly in the group; `Unknown` where the place of *record* itself is.
    """
    place = _places(stack)[record.address]
    if place.unknown is not None:
        return place.unknown
    return _by_place(stack).get(Place(place.zone, place.name, type_ or place.type), [])


def doubt(record: Resource, stack: Stack) -> Unknown | None:
    """Return why another record of *stack* may be in the group of *record* too, if so."""
    mine = _places(stack)[record.address]
    for address, place in _places(stack).items():
        if place != mine and isinstance(answer := _is_one(mine, place), Unknown):
            return Unknown(f"`{address}` may be a record of the same name and type: {answer.reason}")
    return None


def others(record: Resource, group: list[Resource]) -> Iterator[Resource]:
    """Yield the rest of *group*."""
    return (each for each in group if each is not record)


def deleted_of_place(record: Resource, stack: Stack) -> Change | None:
    """Return the change that deletes a record of the zone, name and type of *record*, if a plan has one."""
    gone = (each for each in stack.changes if each.type == record.type and each.actions == ("delete",))
    return next((each for each in gone if _written(each.before) == _written(record.values)), None)


def _written(values: Value) -> list[str]:
    return [str(look_up(values, name)).lower().rstrip(".") for name in ("zone_id", "name", "type")]


def _place(record: Resource, stack: Stack) -> Place:
    type_ = record.get("type")
    return Place(
        identity(record.get("zone_id"), record, stack),
        _name(record, stack),
        type_.upper() if isinstance(type_, str) else type_ if isinstance(type_, Unknown) else Unknown("it has no type"),
    )


def _name(record: Resource, stack: Stack) -> ReferenceTarget | Unknown:
    name = record.get("name")
    if isinstance(name, str):
        return ReferenceTarget("literal", name.lower().rstrip("."))
    return identity(name, record, stack) if isinstance(name, PartialString) else _not_comparable(name)


def _not_comparable(name: Value) -> Unknown:
    return name if isinstance(name, Unknown) else Unknown("it has no name")


def _is_one(one: Place, other: Place) -> Ternary:
    types: Ternary = one.type == other.type
    for each in (one.type, other.type):
        types = each if isinstance(each, Unknown) else types
    return all_of((types, are_same(one.zone, other.zone), _is_same_name(one.name, other.name)))


def _is_same_name(one: ReferenceTarget | Unknown, other: ReferenceTarget | Unknown) -> Ternary:
    """Compare names, of which one may leave out the zone's: `api` and `api.example.com`."""
    if isinstance(one, ReferenceTarget) and isinstance(other, ReferenceTarget) and one.kind == other.kind == "literal":
        shorter, longer = sorted((one.text, other.text), key=len)
        if longer.startswith(f"{shorter}."):
            return Unknown(f"`{shorter}` may be `{longer}`")
    return are_same(one, other)
