"""What is wrong with an interface endpoint as it is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from plainwork.checks import identifiers, scalars
from plainwork.iam import partition
from plainwork.vpc_endpoints.interface import ONLY_INBOUND, InterfaceEndpoint
from plainwork.vpc_endpoints.policies import EndpointPolicy
from plainwork.vpc_endpoints.service_problems import service_problems
from plainwork_core.aws.vpc_endpoints import Service, services

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HOMES = {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
"""By partition: where the control planes of IAM and Route 53 are, and so their endpoints.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam_vpc_endpoint_create.html
"""

_SERVICE_NAME = re.compile(r"[a-z0-9-]+(\.[\w-]+){2,}")


def interface_problems(
    endpoint: InterfaceEndpoint, *, region: str, subnets: Mapping[str, str], gateways: Collection[str]
) -> Iterator[str]:
    """One sentence for each thing that AWS would reject, or that nobody has said."""
    return (f"{endpoint.service}: {problem}" for problem in _problems(endpoint, region, subnets, gateways))


def _problems(
    endpoint: InterfaceEndpoint, region: str, subnets: Mapping[str, str], gateways: Collection[str]
) -> Iterator[str]:
    if not isinstance(endpoint.service, str) or endpoint.service_name is None:
        problems = list(service_problems("service", endpoint.service, "Interface"))
        yield from problems
        if problems:
            return
    else:
        yield from _unknown_problems(endpoint)
    if endpoint.policy is not None:
        yield from scalars.enum_problems("policy", endpoint.policy, EndpointPolicy)
    if endpoint.known:
        yield from _catalog_problems(endpoint, endpoint.known)
    yield from _zone_problems(endpoint, subnets)
    yield from _region_problems(endpoint, region)
    yield from _s3_problems(endpoint, gateways)


def _unknown_problems(endpoint: InterfaceEndpoint) -> Iterator[str]:
    if not scalars.is_reference(endpoint.service_name) and not _SERVICE_NAME.fullmatch(str(endpoint.service_name)):
        example = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
        yield f"service_name must be a whole name, as {example!r}: got {endpoint.service_name!r}"
    for field in ("private_dns_enabled", "policy"):
        if getattr(endpoint, field) is None:
            yield f"{field} must be given with service_name, because the catalog does not know the service"


def _catalog_problems(endpoint: InterfaceEndpoint, known: Service) -> Iterator[str]:
    if endpoint.private_dns_enabled and known.private_dns is False:
        yield f"private_dns_enabled must be left out: {endpoint.service} has no private DNS"
    if known.endpoint_policy is False and endpoint.policy is None:
        yield (
            f"policy: {endpoint.service} takes no endpoint policy, so AWS lets everything through; if you want that, "
            f"say so: interface({endpoint.service!r}, policy=EndpointPolicy.FULL_ACCESS), or EndpointPolicy.PERIMETER "
            "if AWS takes one by now"
        )


def _zone_problems(endpoint: InterfaceEndpoint, subnets: Mapping[str, str]) -> Iterator[str]:
    if endpoint.zones is None:
        return
    is_list = isinstance(endpoint.zones, Collection) and not isinstance(endpoint.zones, str)
    if not is_list or not endpoint.zones or not all(each in list(subnets) for each in endpoint.zones):
        yield f"zones must be some of the zone ids of subnets, {', '.join(subnets)}: got {endpoint.zones!r}"


def _region_problems(endpoint: InterfaceEndpoint, region: str) -> Iterator[str]:
    if endpoint.service_region is None:
        yield from _home_problems(endpoint, region)
        return
    if scalars.is_reference(endpoint.service_region):
        yield f"service_region must be written out, because names depend on it: got {endpoint.service_region!r}"
        return
    if problems := list(identifiers.region_problems("service_region", endpoint.service_region)):
        yield from problems
        return
    if endpoint.known and not endpoint.known.cross_region:
        able = ", ".join(sorted(name for name, each in services().items() if each.cross_region))
        yield f"service_region: {endpoint.service} cannot be reached in another region; these can: {able}"
    if endpoint.service_region == region:
        yield f"service_region must be another region than {region!r}, or be left out"
    elif partition(endpoint.service_region) != partition(region):
        yield f"service_region must be of partition {partition(region)!r}, the VPC's: got {endpoint.service_region!r}"


def _home_problems(endpoint: InterfaceEndpoint, region: str) -> Iterator[str]:
    """One sentence where a global service with one home is asked for elsewhere as if it were there."""
    home = _HOMES.get(partition(str(region)))
    if endpoint.known and endpoint.known.is_global and endpoint.known.cross_region and home not in {None, region}:
        yield (
            f"service_region must be {home!r}, the only region with endpoints of {endpoint.service} in this partition: "
            f"interface({endpoint.service!r}, service_region={home!r})"
        )


def _s3_problems(endpoint: InterfaceEndpoint, gateways: Collection[str]) -> Iterator[str]:
    only_inbound = endpoint.private_dns_only_for_inbound_resolver_endpoint
    if not isinstance(only_inbound, bool | None):
        yield f"{ONLY_INBOUND} must be True or False, because what is made depends on it: got {only_inbound!r}"
    if only_inbound is not None and not endpoint.has_s3_options:
        yield f"{ONLY_INBOUND} is for s3 with private DNS in the VPC's own region: leave it out"
    if endpoint.is_behind_gateway and "s3" not in gateways:
        yield (
            f"{ONLY_INBOUND} needs the s3 gateway endpoint in the VPC: add 's3' to gateway_endpoints, or give "
            "False, and all of S3 goes through this endpoint, which costs"
        )
