"""Weighted records of Route 53, and the group of a record: all records of its zone, name and type.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from plainwork_core.frozen import frozen
from plainwork_core.model.identity import ReferenceTarget, are_named_same, are_same_ids, identity
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.api import Members, NotEvaluated, Resource, is_possible

RECORD = "aws_route53_record"
WEIGHTED = "weighted_routing_policy"
WEIGHT = f"{WEIGHTED}.weight"
OTHER_ROUTING_POLICIES = tuple(
    f"{kind}_routing_policy" for kind in ("cidr", "failover", "geolocation", "geoproximity", "latency")
)
ROUTING_POLICIES = (WEIGHTED, *OTHER_ROUTING_POLICIES)
"""The blocks of a record that are routing policies; `multivalue_answer_routing_policy` is an argument."""
_NAMES_OF_INSTANCES = ("each.", "count.", ".domain_validation_options")


def is_weighted(record: Resource) -> bool:
    """Return whether *record* has a weight, known or not."""
    return bool(record.blocks(WEIGHTED))


def has_block(record: Resource, name: str) -> bool:
    """Return whether *record* has a block *name*."""
    return bool(record.blocks(name))


def has_health_check(record: Resource) -> bool:
    """Return whether *record* has a `health_check_id`."""
    health_check = record["health_check_id"]
    return health_check.is_set and health_check.raw != ""


def has_one_name(record: Resource) -> bool:
    """Return whether the name is not another one for each instance or of a certificate that the record validates."""
    name = record["name"].raw
    references = name.references if isinstance(name, Unknown) else ()
    return not any(part in reference for reference in references for part in _NAMES_OF_INSTANCES)


def group_of(
    record: Resource, test: Callable[[Resource], bool] | None = None, type_: str | None = None
) -> Members[Resource]:
    """Return the records of the zone, name and type of *record* for which *test* is true, itself among them.

    A record that may be one of them comes last, as `NotEvaluated`: its zone, name or type is unknown, or its *test*.

    Args:
        record: whose zone and name count.
        test: selects the records that matter, so that others may be unknown; default: those with a weight.
        type_: another type, such as `AAAA`; default: the type of *record*.
    """
    stack, key = record.stack, _keys(record.stack)[record.address]
    if type_:
        key = replace(key, type=type_)
    unknown = next((name for name, part in key.parts.items() if isinstance(part, Unknown)), None)
    of = record[unknown or "name"]
    found: list[Value] | Unknown
    if unknown is not None:
        found = key.parts[unknown]
    else:
        found = list(_members(stack, key, test)) if test else _weighted(stack, key)

    def member(_index: int, value: Value) -> Resource:
        if isinstance(value, Unknown):
            raise of.not_evaluated(value)
        return record.view(value)

    return Members(found, member, not_evaluated=of.not_evaluated, is_open=True)


@frozen()
class RecordKey:
    """What the records of a group have in common."""

    zone: ReferenceTarget | Unknown
    name: ReferenceTarget | Unknown
    type: str | Unknown

    @property
    def parts(self) -> dict[str, Value]:
        """The parts by argument."""
        return {"zone_id": self.zone, "name": self.name, "type": self.type}


@cached_per_stack
def _weighted(stack: Stack, key: RecordKey) -> list[ModelResource | Unknown]:
    """Return the weighted records with *key*, for each of which several policies read them all."""
    return list(_members(stack, key, is_weighted))


def _members(stack: Stack, key: RecordKey, test: Callable[[Resource], bool]) -> Iterator[ModelResource | Unknown]:
    for other in _by_key(stack).get(key, ()):
        try:
            if test(Resource(other, stack)):
                yield other
        except NotEvaluated as raised:
            yield raised.because
    for other, reason in _possible(stack, key):
        if is_possible(partial(test, Resource(other, stack))):
            yield reason


@cached_per_stack
def _keys(stack: Stack) -> dict[str, RecordKey]:
    return {record.address: _key(record, stack) for record in stack.managed(RECORD)}


@cached_per_stack
def _by_key(stack: Stack) -> dict[RecordKey, list[ModelResource]]:
    """Return the records by keys of which all parts are known."""
    table: dict[RecordKey, list[ModelResource]] = {}
    for record in stack.managed(RECORD):
        key = _keys(stack)[record.address]
        if not any(isinstance(part, Unknown) for part in key.parts.values()):
            table.setdefault(key, []).append(record)
    return table


@cached_per_stack
def _possible(stack: Stack, key: RecordKey) -> list[tuple[ModelResource, Unknown]]:
    """Return the records that may have *key*, each with the reason."""
    found: list[tuple[ModelResource, Unknown]] = []
    for record in _candidates(stack, key):
        other = _keys(stack)[record.address]
        if other != key and isinstance(answer := _is_same(key, other), Unknown):
            reason = f"`{record.address}` may be a record of the same name and type: {answer.reason}"
            found.append((record, Unknown(reason, answer.references)))
    return found


def _candidates(stack: Stack, key: RecordKey) -> list[ModelResource]:
    """Return the records whose name may begin with the label that the name of *key* begins with."""
    label, table = _label(key.name), _by_label(stack)
    return [*table.get(label, ()), *table.get("", ())] if label else stack.managed(RECORD)


@cached_per_stack
def _by_label(stack: Stack) -> dict[str, list[ModelResource]]:
    table: dict[str, list[ModelResource]] = {}
    for record in stack.managed(RECORD):
        table.setdefault(_label(_keys(stack)[record.address].name), []).append(record)
    return table


def _label(name: ReferenceTarget | Unknown) -> str:
    """Return the first label of a name; `""` if it is not known as a whole."""
    if isinstance(name, Unknown):
        return ""
    label, dot, _ = name.text.partition("${")[0].partition(".")
    return label if name.kind == "literal" or dot else ""


def _key(record: ModelResource, stack: Stack) -> RecordKey:
    zone = identity(record.get("zone_id"), record, stack)
    return RecordKey(zone, _name(record, stack), _type(record.get("type")))


def _type(value: Value) -> str | Unknown:
    if isinstance(value, str):
        return value.upper()
    return value if isinstance(value, Unknown) else Unknown("`type` is not set")


def _name(record: ModelResource, stack: Stack) -> ReferenceTarget | Unknown:
    name = record.get("name")
    if isinstance(name, str):
        return ReferenceTarget("literal", name.lower().rstrip("."))
    if isinstance(name, PartialString):
        return identity(name, record, stack)
    return name if isinstance(name, Unknown) else Unknown("`name` is not set")


def _is_same(one: RecordKey, other: RecordKey) -> Ternary:
    return all_of(compare(one, other) for compare in (_is_same_type, _is_same_name, _is_same_zone))


def _is_same_type(one: RecordKey, other: RecordKey) -> Ternary:
    for type_ in (one.type, other.type):
        if isinstance(type_, Unknown):
            return type_
    return one.type == other.type


def _is_same_zone(one: RecordKey, other: RecordKey) -> Ternary:
    return are_same_ids(one.zone, other.zone)


def _is_same_name(one: RecordKey, other: RecordKey) -> Ternary:
    """Compare names, of which one may omit the zone's: `api` and `api.example.com`."""
    names = one.name, other.name
    texts = [name.text for name in names if isinstance(name, ReferenceTarget) and name.kind == "literal"]
    if len(texts) == len(names):
        shorter, longer = sorted(texts, key=len)
        if longer.startswith(f"{shorter}."):
            return Unknown(f"`{shorter}` may be `{longer}`")
    return are_named_same(*names)
