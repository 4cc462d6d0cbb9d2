"""Targets of a weighted record: an alias, or one value for each type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork.checks import scalars
from plainwork_core.aws import elb
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TYPES = ("A", "AAAA", "CNAME")
ALIAS_TYPES = ("A", "AAAA")

_ZONE = re.compile(r"[A-Z0-9]{1,32}")
_NAME = re.compile(r"(?=.{1,255}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LOAD_BALANCER = re.compile(rf"\$\{{(data\.)?({'|'.join(elb.RESOURCE_TYPES)})\.")
_CLOUDFRONT = "Z2FDTNDATAQYW2"
_ADDRESSES: dict[str, type[IPv4Address | IPv6Address]] = {"A": IPv4Address, "AAAA": IPv6Address}


@frozen()
class AliasTarget:
    """The target of an alias record: a load balancer, or another resource that Route 53 has aliases for.

    Attributes:
        name: DNS name of the target, as `lb["dns_name"]`.
        zone_id: hosted zone of the target, as `lb["zone_id"]`.
        evaluate_target_health: whether Route 53 omits a variant without healthy targets while the other variant has
            healthy targets. It determines the answers in an outage, so it has no default.
        health_check_id: id of a Route 53 health check; set it on both variants or on neither.
    """

    name: str
    zone_id: str
    evaluate_target_health: bool
    health_check_id: str | None = None

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
        return {"alias": alias, "health_check_id": self.health_check_id}

    def problems(self, variant: str, types: Collection[str]) -> Iterator[str]:
        """Yield the problems of the target."""
        yield from name_problems(f"{variant}.name", str(self.name).lower() if isinstance(self.name, str) else self.name)
        yield from zone_problems(f"{variant}.zone_id", self.zone_id)
        if not isinstance(self.evaluate_target_health, bool) and not scalars.is_reference(self.evaluate_target_health):
            yield f"{variant}.evaluate_target_health must be True or False: got {self.evaluate_target_health!r}"
        if self.zone_id == _CLOUDFRONT and self.evaluate_target_health is True:
            yield f"{variant}.evaluate_target_health must be False for a CloudFront distribution: got True"
        if others := [type_ for type_ in types if type_ not in ALIAS_TYPES]:
            yield f"{variant} must not be an alias for types other than A and AAAA: got {', '.join(map(str, others))}"


@frozen()
class RecordTarget:
    """The target of records with values.

    Attributes:
        records: one value for each type: `{"A": "192.0.2.1", "AAAA": "2001:db8::1"}`, or
            `{"CNAME": "blue.example.com"}`. AWS's API reference allows one value in a weighted record, its console
            several.
        health_check_id: id of a Route 53 health check; set it on both variants or on neither.
    """

    records: Mapping[str, str]
    health_check_id: str | None = None

    is_load_balancer = False

    def arguments(self, type_: str, ttl: int) -> dict[str, Any]:
        """Return the arguments of `aws_route53_record`."""
        return {"ttl": ttl, "records": [self.records[type_]], "health_check_id": self.health_check_id}

    def problems(self, variant: str, types: Collection[str]) -> Iterator[str]:
        """Yield the problems of the target."""
        if not isinstance(self.records, Mapping) or set(self.records) != set(types):
            expected = ", ".join(map(str, types))
            yield f"{variant}.records must have one value for each type, {expected}: got {self.records!r}"
            return
        for type_, value in self.records.items():
            yield from _value_problems(f"{variant}.records[{type_!r}]", type_, value)


Target: TypeAlias = AliasTarget | RecordTarget


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
