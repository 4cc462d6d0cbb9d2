"""What a record of a weighted group can answer with: an alias, or one value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork.checks import scalars
from plainwork_core.aws import elb

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TYPES = ("A", "AAAA", "CNAME")
ALIAS_TYPES = ("A", "AAAA")

_ZONE = re.compile(r"[A-Z0-9]{1,32}")
_NAME = re.compile(r"(?=.{1,255}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LOAD_BALANCER = re.compile(rf"\$\{{(data\.)?({'|'.join(elb.RESOURCE_TYPES)})\.")
_CLOUDFRONT = "Z2FDTNDATAQYW2"
_ADDRESSES: dict[str, type[IPv4Address | IPv6Address]] = {"A": IPv4Address, "AAAA": IPv6Address}


@dataclass(frozen=True)
class AliasTarget:
    """A load balancer, or whatever else has an alias.

    Attributes:
        name: its DNS name, as `lb["dns_name"]`.
        zone_id: its own hosted zone, as `lb["zone_id"]`.
        evaluate_target_health: whether a side without healthy targets is passed over while the other has some. It
            decides who answers in an outage, so it has no default.
        health_check_id: a Route 53 health check; both sides have one, or neither.
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
        """The arguments of its `aws_route53_record`."""
        alias = {
            "name": self.name,
            "zone_id": self.zone_id,
            "evaluate_target_health": self.evaluate_target_health,
        }
        return {"alias": alias, "health_check_id": self.health_check_id}

    def problems(self, side: str, types: Collection[str]) -> Iterator[str]:
        """One sentence for each thing that Route 53 would reject."""
        yield from name_problems(f"{side} name", self.name.lower() if isinstance(self.name, str) else self.name)
        yield from zone_problems(f"{side} zone_id", self.zone_id)
        if not isinstance(self.evaluate_target_health, bool) and not scalars.is_reference(self.evaluate_target_health):
            yield f"{side} evaluate_target_health must be True or False: got {self.evaluate_target_health!r}"
        if self.zone_id == _CLOUDFRONT and self.evaluate_target_health is True:
            yield f"{side} evaluate_target_health must be False for a CloudFront distribution: got True"
        if others := [each for each in types if each not in ALIAS_TYPES]:
            yield f"{side} is an alias, whose types are A and AAAA: got {', '.join(map(str, others))}"


@dataclass(frozen=True)
class RecordTarget:
    """One value for each type.

    Attributes:
        values: `{"A": "192.0.2.1", "AAAA": "2001:db8::1"}`, or `{"CNAME": "blue.example.com"}`. AWS's API allows one
            value in a weighted record, and its console several; one is right by both.
        health_check_id: a Route 53 health check; both sides have one, or neither.
    """

    values: Mapping[str, str]
    health_check_id: str | None = None

    is_load_balancer = False

    def arguments(self, type_: str, ttl: int) -> dict[str, Any]:
        """The arguments of its `aws_route53_record`."""
        return {"ttl": ttl, "records": [self.values[type_]], "health_check_id": self.health_check_id}

    def problems(self, side: str, types: Collection[str]) -> Iterator[str]:
        """One sentence for each thing that Route 53 would reject."""
        if not isinstance(self.values, Mapping) or set(self.values) != set(types):
            yield f"{side} values must have one value for each type, {', '.join(map(str, types))}: got {self.values!r}"
            return
        for type_, value in self.values.items():
            yield from _value_problems(f"{side} values[{type_!r}]", type_, value)


Target: TypeAlias = AliasTarget | RecordTarget


def name_problems(field: str, name: Any) -> Iterator[str]:
    """One sentence where a name is no whole DNS name as Terraform keeps it."""
    if not scalars.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield f"{field} must be a whole DNS name in lower case, without a dot at its end: got {name!r}"


def zone_problems(field: str, zone_id: Any) -> Iterator[str]:
    """One sentence where an id is none of a hosted zone."""
    if not scalars.is_reference(zone_id) and not (isinstance(zone_id, str) and _ZONE.fullmatch(zone_id)):
        yield f"{field} must be the id of a hosted zone, as 'Z0123456789ABCDEFGHIJ': got {zone_id!r}"


def _value_problems(field: str, type_: str, value: Any) -> Iterator[str]:
    if type_ == "CNAME":
        yield from name_problems(field, value)
        return
    if scalars.is_reference(value):
        return
    kind = _ADDRESSES[type_]
    try:
        kind(value if isinstance(value, str) else "")
    except AddressValueError:
        yield f"{field} must be one {kind.__name__.removesuffix('Address')} address: got {value!r}"
