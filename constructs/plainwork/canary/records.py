"""Targets of a weighted record: an alias, or one value for each type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork.canary.load_balancers import configured
from plainwork.checks import scalars
from plainwork.terraform import DataSource, Resource
from plainwork_core.aws import elb
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

TYPES = ("A", "AAAA", "CNAME")
ALIAS_TYPES = ("A", "AAAA")

_ZONE = re.compile(r"[A-Z0-9]{1,32}")
_NAME = re.compile(r"(?=.{1,255}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LOAD_BALANCER = re.compile(rf"\$\{{(data\.)?({'|'.join(elb.RESOURCE_TYPES)})\.")
_CLOUDFRONT = "aws_cloudfront_distribution"
_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
_ADDRESSES: dict[str, type[IPv4Address | IPv6Address]] = {"A": IPv4Address, "AAAA": IPv6Address}
_ALIASES = {
    **dict.fromkeys(elb.RESOURCE_TYPES, ("dns_name", "zone_id")),
    _CLOUDFRONT: ("domain_name", "hosted_zone_id"),
    "aws_globalaccelerator_accelerator": ("dns_name", "hosted_zone_id"),
    "aws_apigatewayv2_domain_name": (
        "domain_name_configuration[0].target_domain_name",
        "domain_name_configuration[0].hosted_zone_id",
    ),
}
"""The attributes of the name and of the hosted zone of an alias target, by type."""


@frozen()
class AliasTarget:
    """The target of an alias record that is not a resource or data source of the stack.

    Attributes:
        name: DNS name of the target.
        zone_id: hosted zone of the target.
        evaluate_target_health: whether Route 53 omits a variant without healthy targets while another variant has
            healthy targets.
    """

    name: str
    zone_id: str
    evaluate_target_health: bool = True

    @property
    def is_load_balancer(self) -> bool:
        """Whether the name is that of a load balancer, or a reference to one."""
        name = str(self.name)
        return elb.is_load_balancer_name(name) or _LOAD_BALANCER.search(name) is not None

    def arguments(self, _type: str, _ttl: int) -> dict[str, Any]:
        """Return the arguments of `aws_route53_record`."""
        alias = {
            "name": self.name,
            "zone_id": self.zone_id,
            "evaluate_target_health": self.evaluate_target_health,
        }
        return {"alias": alias}

    def problems(self, variant: str, types: Collection[str]) -> Iterator[str]:
        """Yield the problems of the target."""
        yield from name_problems(f"{variant}.name", str(self.name).lower() if isinstance(self.name, str) else self.name)
        yield from zone_problems(f"{variant}.zone_id", self.zone_id)
        if not isinstance(self.evaluate_target_health, bool) and not scalars.is_reference(self.evaluate_target_health):
            yield f"{variant}.evaluate_target_health must be True or False: got {self.evaluate_target_health!r}"
        if self.zone_id == _CLOUDFRONT_ZONE and self.evaluate_target_health is True:
            yield f"{variant}.evaluate_target_health must be False for a CloudFront distribution: got True"
        if others := [type_ for type_ in types if type_ not in ALIAS_TYPES]:
            yield f"{variant} must not be an alias for types other than A and AAAA: got {', '.join(map(str, others))}"


@frozen()
class RecordTarget:
    """The target of records with one value for each type.

    AWS's API reference allows one value in a weighted record, its console several.
    """

    records: Mapping[str, str]

    is_load_balancer = False

    def arguments(self, type_: str, ttl: int) -> dict[str, Any]:
        """Return the arguments of `aws_route53_record`."""
        return {"ttl": ttl, "records": [self.records[type_]]}

    def problems(self, variant: str, types: Collection[str]) -> Iterator[str]:
        """Yield the problems of the target."""
        if set(self.records) != set(types):
            expected = ", ".join(map(str, types))
            yield f"{variant} must have one value for each type, {expected}: got {dict(self.records)!r}"
            return
        for type_, value in self.records.items():
            yield from _value_problems(f"{variant}[{type_!r}]", type_, value)


Target: TypeAlias = AliasTarget | RecordTarget


def target_of(value: Any, types: Sequence[str] | None) -> Any:
    """Return the target of a variant; a value that is no target as it is.

    Args:
        value: a resource or data source that Route 53 has aliases for, an `AliasTarget`, one value, or values by type.
        types: of the records, if the user has set them.
    """
    if isinstance(value, Resource | DataSource) and value.block_type in _ALIASES:
        name, zone_id = (value[path] for path in _ALIASES[value.block_type])
        return AliasTarget(name, zone_id, evaluate_target_health=value.block_type != _CLOUDFRONT)
    if isinstance(value, Mapping) and value and value.keys() <= set(TYPES):
        return RecordTarget(value)
    if isinstance(value, str) and (type_ := _type_of(value, types)):
        return RecordTarget({type_: value})
    return value


def types_of(values: Collection[Any], targets: Collection[Any]) -> tuple[str, ...]:
    """Return the types of the records of targets for which the user has set none.

    Args:
        values: of the arguments, which tell whether a load balancer has IPv6 addresses.
        targets: see `target_of`.
    """
    for target in targets:
        if isinstance(target, RecordTarget):
            return tuple(target.records)
    return ALIAS_TYPES if all(map(_is_dual_stack, values)) else ("A",)


def _is_dual_stack(value: Any) -> bool:
    return isinstance(value, Resource) and str(configured(value).get("ip_address_type")) == "dualstack"


def _type_of(value: str, types: Sequence[str] | None) -> str | None:
    """Return the type of the record that has a value; None if it is a reference, whose type is unknown."""
    if types and len(types) == 1:
        return types[0]
    if scalars.is_reference(value):
        return None
    for type_, kind in _ADDRESSES.items():
        try:
            kind(value)
        except AddressValueError:
            continue
        return type_
    return "CNAME"


def name_problems(argument: str, name: Any) -> Iterator[str]:
    """Yield the problems of a name that is not a full DNS name in the form of Terraform's state."""
    if not scalars.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield f"{argument} must be a full DNS name in lowercase without a trailing dot: got {name!r}"


def zone_problems(argument: str, zone_id: Any) -> Iterator[str]:
    """Yield the problems of the id of a hosted zone."""
    if not scalars.is_reference(zone_id) and not (isinstance(zone_id, str) and _ZONE.fullmatch(zone_id)):
        yield f"{argument} must be the id of a hosted zone, as 'Z0123456789ABCDEFGHIJ': got {zone_id!r}"


def _value_problems(argument: str, type_: str, value: Any) -> Iterator[str]:
    if type_ == "CNAME":
        yield from name_problems(argument, value)
        return
    if scalars.is_reference(value):
        return
    kind = _ADDRESSES[type_]
    try:
        kind(value if isinstance(value, str) else "")
    except AddressValueError:
        yield f"{argument} must be one {kind.__name__.removesuffix('Address')} address: got {value!r}"
