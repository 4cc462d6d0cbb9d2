"""VPC endpoint has two subnets in one Availability Zone.

What: Two of the `subnet_ids` of an `aws_vpc_endpoint` are subnets of the stack with the same `availability_zone` or
    `availability_zone_id`.
Why: An endpoint has one network interface for each Availability Zone. AWS rejects the second subnet during the apply
    with `DuplicateSubnetsInSameZone`. A frequent cause is that public subnets were added to the list.
Remedy: Use one subnet for each Availability Zone. All subnets of the VPC reach the endpoint through it.
Limitations: Subnets outside the stack are not checked, nor is a list made by a splat or `for`. Two different
    variables or data sources count as two Availability Zones.
"""

from __future__ import annotations

from itertools import combinations

from plainwork_core.model.connections import is_callers
from plainwork_core.model.identity import ReferenceTarget, are_named_same, identity
from plainwork_core.model.references import only_referent
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.api import Findings, Resource, find, policy, target_of

_SUBNETS = "subnet_ids"
_ZONES = ("availability_zone", "availability_zone_id")


@policy(
    "PLW_ENDPOINT_007",
    "vpc-endpoint-subnets-same-zone",
    aliases=("endpoint-subnets-share-zone",),
    severity="medium",
    on="aws_vpc_endpoint",
    where=lambda endpoint: len(_subnets(endpoint)) > 1,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",),
)
def vpc_endpoint_subnets_same_zone(endpoint: Resource) -> Findings:
    """Compare the Availability Zones of the subnets."""
    subnets = _subnets(endpoint)
    pair = find(combinations(subnets, 2), lambda pair: _is_same_zone(subnets[pair[0]], subnets[pair[1]]))
    if pair:
        zone = _zone(subnets[pair[0]]).text
        yield endpoint[_SUBNETS].fail(
            f"`{_SUBNETS}` has `{pair[0]}` and `{pair[1]}`, which are in `{zone}`",
            value=zone,
            remedy="Use one subnet for each Availability Zone.",
        )


def _subnets(endpoint: Resource) -> dict[str, Resource]:
    """Return the subnets of the stack among those of *endpoint*, by their addresses."""
    argument = endpoint[_SUBNETS]
    if isinstance(argument.raw, Unknown) and is_callers(argument.raw):
        raise argument.not_evaluated(argument.raw)
    is_unknown = isinstance(argument.raw, Unknown)
    found: dict[str, Resource] = {}
    for member in _split(argument.raw) if is_unknown else (member.raw for member in argument.members()):
        subnet = only_referent(endpoint.stack, endpoint.owner, member) if isinstance(member, Unknown) else None
        if subnet and subnet.mode == "managed" and subnet.type == "aws_subnet":
            target = identity(member, endpoint.owner, endpoint.stack)
            address = target.text if isinstance(target, ReferenceTarget) else subnet.address
            found[address] = endpoint.view(subnet)
    return found


def _split(value: Value) -> list[Unknown]:
    """Return the members of a plan's list that is unknown as a whole, if it refers to nothing but ids of subnets."""
    references = value.references if isinstance(value, Unknown) else ()
    if not all(reference.startswith("aws_subnet.") for reference in references):
        return []
    return [Unknown("known only after apply", (reference,)) for reference in references if reference.endswith(".id")]


def _is_same_zone(one: Resource, other: Resource) -> bool:
    same = are_named_same(_zone(one), _zone(other))
    if isinstance(same, Unknown):
        raise one.not_evaluated(same)
    return same


def _zone(subnet: Resource) -> ReferenceTarget:
    argument = next((subnet[name] for name in _ZONES if subnet[name].raw not in (None, "")), None)
    if argument is None:
        raise subnet.not_evaluated(f"`availability_zone` of `{subnet.address}` is not set; AWS selects one")
    zone = target_of(argument)
    if isinstance(argument.raw, Unknown) and not isinstance(argument.raw, PartialString):
        return ReferenceTarget("reference", argument.raw.references[0])  # with the index: `names[0]`
    return zone
