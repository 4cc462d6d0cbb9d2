"""Validation of a weighted record group: its types, its targets, and other records of the same name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.canary.load_balancers import configured
from plainwork.canary.records import TYPES, AliasTarget, RecordTarget
from plainwork.checks import scalars
from plainwork.terraform import Resource, Stack
from plainwork_core.aws.route53 import LOAD_BALANCER_TTL, MAX_HEALTH_CHECK_TTL, MAX_TTL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.canary.records import Target
    from plainwork.terraform import Construct


def types_problems(types: Any) -> Iterator[str]:
    """Yield the problems of types that one name cannot have together."""
    is_list = isinstance(types, tuple | list) and types and all(type_ in TYPES for type_ in types)
    if not is_list or len(set(types)) < len(types):
        yield f"types must be ('A',), ('AAAA',), ('A', 'AAAA') or ('CNAME',): got {types!r}"
    elif "CNAME" in types and len(types) > 1:
        yield f"types must not combine CNAME with another type, which DNS does not allow: got {types!r}"


def target_problems(
    targets: Mapping[str, Any], types: Sequence[str], ttl: Any, health_checks: Mapping[str, str]
) -> Iterator[str]:
    """Yield the problems of the targets, alone and together.

    Args:
        targets: see `plainwork.canary.records.target_of`, by variant.
        types: valid types of the records.
        ttl: of records with values.
        health_checks: ids by variant.
    """
    invalid = [variant for variant, target in targets.items() if not isinstance(target, AliasTarget | RecordTarget)]
    for variant in invalid:
        hint = (
            "; for several canary variants, percent is a mapping too" if isinstance(targets[variant], Mapping) else ""
        )
        yield (
            f"{variant} must be a load balancer or another resource with an alias, an AliasTarget, an address or name, "
            f"or values by type, as {{'A': '192.0.2.1'}}{hint}: got {targets[variant]!r}"
        )
    if invalid:
        return
    known: list[Target] = []
    for variant, target in targets.items():
        yield from target.problems(variant, types)
        if target in known:
            yield f"{variant} must not have the target of another variant: got {target!r}"
        known.append(target)
    if health_checks and set(health_checks) != set(targets):
        yield (
            f"health_checks must have one health check for each variant, {', '.join(targets)}, because Route 53 "
            f"considers a record without a health check healthy: got {sorted(health_checks)}"
        )
    yield from _ttl_problems(targets, ttl, has_health_checks=bool(health_checks))


def _ttl_problems(targets: Mapping[str, Target], ttl: Any, *, has_health_checks: bool) -> Iterator[str]:
    if ttl is None:
        return
    if all(isinstance(target, AliasTarget) for target in targets.values()):
        yield f"ttl must not be set, because all variants are aliases with the TTL of their target: got {ttl!r}"
    elif any(target.is_load_balancer for target in targets.values()) and ttl != LOAD_BALANCER_TTL:
        rule = f"{LOAD_BALANCER_TTL}, the TTL of a load balancer's alias; another TTL changes the shares"
        yield f"ttl must be {rule}: got {ttl!r}"
    elif has_health_checks:
        yield from scalars.whole_number_problems("ttl with health checks", ttl, 0, MAX_HEALTH_CHECK_TTL)
    else:
        yield from scalars.whole_number_problems("ttl", ttl, 0, MAX_TTL)


class RecordGroupCheck:
    """The check for other records of the group, which CDKTF runs before it synthesizes the app.

    Route 53 rejects a simple record with the name and type of weighted records, and another weighted record changes the
    shares. If the zone is a reference, only the canary's own stack is checked, because a reference is another zone in
    another stack.
    """

    def __init__(self, scope: Construct, name: str, zone_id: str, own: Sequence[Resource]) -> None:
        self._scope, self._name, self._zone_id = scope, name, zone_id
        self._own = own

    def validate(self) -> list[str]:
        """Return the problems of other records of the group, and of health checks of the group's own name."""
        tree = Stack.of(self._scope).node if scalars.is_reference(self._zone_id) else self._scope.node.root.node
        return [problem for node in tree.find_all() for problem in self._problems(node)]

    def _problems(self, other: Any) -> Iterator[str]:
        if not isinstance(other, Resource) or other in self._own:
            return
        if other.address.startswith("aws_route53_record.") and (type_ := self._conflicting_type(configured(other))):
            yield (
                f"{other.address} is another {type_} record of {self._name} in zone {self._zone_id}: Route 53 rejects "
                "a simple record or a CNAME next to these records, and another weighted record changes the shares; "
                "remove it, or move it to the stable variant (docs/weighted-canary.md, migration)"
            )
        if other.address.startswith("aws_route53_health_check.") and self._checks_itself(other):
            yield (
                f"{other.address} checks {self._name}, the name of the records that use it, so that Route 53's answers "
                "are unpredictable; check the name of one variant"
            )

    def _conflicting_type(self, record: Mapping[str, Any]) -> str | None:
        """Return the type of a record that this name cannot have as well; DNS allows no other record beside a CNAME."""
        types, type_ = {configured(own)["type"] for own in self._own}, str(record.get("type"))
        is_same_name = record.get("zone_id") == self._zone_id and _same(record.get("name"), self._name)
        return type_ if is_same_name and (type_ in types or "CNAME" in {type_, *types}) else None

    def _checks_itself(self, check: Resource) -> bool:
        is_used = any(f"{check.address}." in str(own.get("health_check_id")) for own in map(configured, self._own))
        return is_used and _same(configured(check).get("fqdn"), self._name)


def _same(one: Any, other: str) -> bool:
    return str(one).lower().rstrip(".") == str(other).lower().rstrip(".")
