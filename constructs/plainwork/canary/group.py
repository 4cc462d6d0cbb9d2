"""Rules over a weighted group: those of one record are with its target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constructs import IValidation

from plainwork._cdktf import jsii
from plainwork.canary.targets import TYPES, AliasTarget, RecordTarget
from plainwork.checks import scalars
from plainwork.terraform import Resource, Stack
from plainwork_core.aws.route53 import LOAD_BALANCER_TTL, MAX_HEALTH_CHECK_TTL, MAX_TTL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwork.canary.targets import Target
    from plainwork.terraform import Construct


def types_problems(types: Any) -> Iterator[str]:
    """One sentence where types are none that a name can have side by side."""
    is_list = isinstance(types, tuple | list) and types and all(each in TYPES for each in types)
    if not is_list or len(set(types)) < len(types):
        yield f"types must be ('A',), ('AAAA',), ('A', 'AAAA') or ('CNAME',): got {types!r}"
    elif "CNAME" in types and len(types) > 1:
        yield f"types must be CNAME alone, beside which DNS has no other type: got {types!r}"


def target_problems(targets: Mapping[str, Any], types: Sequence[str], ttl: Any) -> Iterator[str]:
    """One sentence for each thing that is wrong with the two sides, alone or together."""
    strange = [side for side, target in targets.items() if not isinstance(target, AliasTarget | RecordTarget)]
    for side in strange:
        yield f"{side} must be an AliasTarget or a RecordTarget: got {targets[side]!r}"
    if strange:
        return
    for side, target in targets.items():
        yield from target.problems(side, types)
    stable, canary = targets.values()
    if stable == canary:
        yield f"canary must be another target than stable: both are {canary!r}"
    if (stable.health_check_id is None) != (canary.health_check_id is None):
        yield (
            "health_check_id must be given on both sides or on neither, because Route 53 takes a side without one for "
            f"healthy: got stable {stable.health_check_id!r}, canary {canary.health_check_id!r}"
        )
    yield from _ttl_problems(targets, ttl)


def _ttl_problems(targets: Mapping[str, Target], ttl: Any) -> Iterator[str]:
    if ttl is None:
        return
    if all(isinstance(target, AliasTarget) for target in targets.values()):
        yield f"ttl is for a RecordTarget, and both sides are aliases, whose TTL is their target's: got {ttl!r}"
    elif any(target.is_load_balancer for target in targets.values()) and ttl != LOAD_BALANCER_TTL:
        yield f"ttl must be {LOAD_BALANCER_TTL}, that of a load balancer's alias, or the shares shift: got {ttl!r}"
    elif any(target.health_check_id for target in targets.values()):
        yield from scalars.whole_number_problems("ttl with health checks", ttl, 0, MAX_HEALTH_CHECK_TTL)
    else:
        yield from scalars.whole_number_problems("ttl", ttl, 0, MAX_TTL)


@jsii.implements(IValidation)
class GroupCheck:
    """What can only be said when everything is made: CDKTF asks before it writes.

    Route 53 keeps no simple record beside weighted ones, and another weighted one would change the shares. A zone by
    reference is another one in another stack, so only the canary's own is looked at then.
    """

    def __init__(self, scope: Construct, name: str, zone_id: str, own: Sequence[Resource]) -> None:
        self._scope, self._name, self._zone_id = scope, name, zone_id
        self._own = own

    def validate(self) -> list[str]:
        """One sentence for each other record of the group, and for each health check on the group's own name."""
        tree = Stack.of(self._scope).node if scalars.is_reference(self._zone_id) else self._scope.node.root.node
        return [problem for each in tree.find_all() for problem in self._problems(each)]

    def _problems(self, other: Any) -> Iterator[str]:
        if not isinstance(other, Resource) or other in self._own:
            return
        if other.address.startswith("aws_route53_record.") and (type_ := self._shares_a_type(_body(other))):
            yield (
                f"{other.address} is another {type_} record of {self._name} in zone {self._zone_id}: Route 53 keeps no "
                "simple record beside weighted ones, and another weighted one would change the shares; remove it, or "
                "make it the stable side (docs/weighted-canary.md, migration)"
            )
        if other.address.startswith("aws_route53_health_check.") and self._checks_itself(other):
            yield (
                f"{other.address} checks {self._name}, the name that it decides about: Route 53's answer is then "
                "unpredictable; check the name of one side"
            )

    def _shares_a_type(self, record: Mapping[str, Any]) -> str | None:
        types = {_body(each)["type"] for each in self._own}
        is_ours = record.get("zone_id") == self._zone_id and _same(record.get("name"), self._name)
        return str(record["type"]) if is_ours and record.get("type") in types else None

    def _checks_itself(self, check: Resource) -> bool:
        is_used = any(f"{check.address}." in str(each.get("health_check_id")) for each in map(_body, self._own))
        return is_used and _same(_body(check).get("fqdn"), self._name)


def _body(resource: Resource) -> dict[str, Any]:
    (of_type,) = resource.to_terraform()["resource"].values()
    (body,) = of_type.values()
    return dict(body)


def _same(one: Any, other: str) -> bool:
    return str(one).lower().rstrip(".") == other.lower().rstrip(".")
