"""VPC endpoint has two subnets in one Availability Zone.

What: two of the `subnet_ids` of an `aws_vpc_endpoint` are subnets of the stack with the same `availability_zone` or
    `availability_zone_id`.
Why: an endpoint has one network interface in a zone. AWS refuses the second subnet in the middle of the apply, with
    `DuplicateSubnetsInSameZone`; often after somebody has added public subnets to the list.
Remedy: name one subnet for each zone; those of the same VPC reach the endpoint from all of its subnets::

        subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
Limitations: subnets that the stack does not make are not judged, nor is a list made by a splat or `for`. Two zones
    that are
    references are one where they are written alike, and two otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.identity import ReferenceTarget, identity
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.endpoints.kinds import endpoints
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_SUBNETS = "subnet_ids"
_ZONES = ("availability_zone", "availability_zone_id")


def with_subnets(stack: Stack) -> list[Resource]:
    """Return the endpoints with several subnets that the stack makes."""
    return [each for each in endpoints(stack) if len(_subnets(each, stack)) > 1]


@policy(
    "PLW_ENDPOINT_007",
    "vpc-endpoint-subnets-same-zone",
    aliases=("endpoint-subnets-share-zone",),
    severity="medium",
    subjects=with_subnets,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",),
)
def vpc_endpoint_subnets_same_zone(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Look for a zone that comes twice."""
    seen: dict[ReferenceTarget, str] = {}
    doubts: list[Unknown] = []
    for name, subnet in _subnets(endpoint, stack).items():
        zone = _zone(subnet, stack)
        if isinstance(zone, Unknown):
            doubts.append(zone)
        elif zone in seen:
            message = f"has `{seen[zone]}` and `{name}`, which are both in the zone `{zone.text}`"
            yield fail(_SUBNETS, message, value=zone.text, remedy="name one subnet for each zone")
            return
        else:
            seen[zone] = name
    if doubts:
        yield not_evaluated(_SUBNETS, doubts[0])


def _subnets(endpoint: Resource, stack: Stack) -> dict[str, Resource]:
    """Return the subnets of the stack among those of *endpoint*, by what they are called there."""
    value: Value = endpoint.get(_SUBNETS)
    members = value if isinstance(value, list) else _named_one_by_one(value)
    found: dict[str, Resource] = {}
    for member in members:
        subnet = only_referent(stack, endpoint, member) if isinstance(member, Unknown) else None
        if subnet and subnet.mode == "managed" and subnet.type == "aws_subnet":
            named = identity(member, endpoint, stack)
            found[named.text if isinstance(named, ReferenceTarget) else subnet.address] = subnet
    return found


def _named_one_by_one(value: Value) -> list[Unknown]:
    """Return the members of a plan's list, of which nothing is known but that each is the id of one resource."""
    names = value.references if isinstance(value, Unknown) else ()
    if not all(name.startswith("aws_subnet.") for name in names):
        return []
    return [Unknown("known only after apply", (name,)) for name in names if name.endswith(".id")]


def _zone(subnet: Resource, stack: Stack) -> ReferenceTarget | Unknown:
    for argument in _ZONES:
        value = subnet.get(argument)
        if value not in (None, "") and not is_computed_by_provider(value):
            zone = identity(value, subnet, stack)
            if (
                isinstance(zone, ReferenceTarget)
                and isinstance(value, Unknown)
                and not isinstance(value, PartialString)
            ):
                return ReferenceTarget("reference", value.references[0])  # of a list it is the place in it that counts
            return zone
    return Unknown(f"AWS chooses the zone of `{subnet.address}`")
