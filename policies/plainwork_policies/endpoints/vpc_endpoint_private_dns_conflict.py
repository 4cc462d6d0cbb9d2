"""Two VPC endpoints have the same private DNS name.

What: Two `aws_vpc_endpoint` of the stack have `private_dns_enabled`, the same service and the same VPC.
Why: A DNS name resolves to one endpoint in a VPC. AWS rejects the second endpoint during the apply with
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain`.
Remedy: Keep one endpoint with the subnets of both, or enable private DNS on one of them only.
Limitations: Only the endpoints of one stack are compared, and the instances of one resource only in plans. Two
    different variables, module outputs or data sources count as two VPCs.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_policies.api import Findings, NotEvaluated, Resource, all_conditions, find, is_possible, policy
from plainwork_policies.endpoints.services import is_same_service, service_of
from plainwork_policies.endpoints.subjects import PRIVATE_DNS, endpoints_in_vpc, has_private_dns, is_same_vpc


def _may_have_private_dns(endpoint: Resource) -> bool:
    return is_possible(lambda: has_private_dns(endpoint))


@policy(
    "PLW_ENDPOINT_005",
    "vpc-endpoint-private-dns-conflict",
    aliases=("private-dns-taken-twice",),
    severity="medium",
    on="aws_vpc_endpoint",
    where=_may_have_private_dns,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",),
)
def vpc_endpoint_private_dns_conflict(endpoint: Resource) -> Findings:
    """Check for another endpoint of the same service and VPC."""
    if other := find(_others(endpoint), lambda other: _conflicts(endpoint, other)):
        service = _known_service(endpoint) or quote(endpoint["service_name"].raw)
        yield endpoint[PRIVATE_DNS].fail(
            f"`{PRIVATE_DNS}` is `true` for `{service}`, as it is for `{other.address}` in the same VPC",
            remedy=f"Remove one endpoint, or set `{PRIVATE_DNS} = false` on one of them.",
        )


def _conflicts(one: Resource, other: Resource) -> bool:
    return all_conditions(
        lambda: is_same_service(one, other),
        lambda: is_same_vpc(one, other),
        lambda: has_private_dns(one),
        lambda: has_private_dns(other),
    )


def _others(endpoint: Resource) -> Iterator[Resource]:
    """Yield the other endpoints that may have private DNS in the same VPC, without those of another known service."""
    services = _claimed_services(endpoint.stack)
    own = services[endpoint.address]
    others = (other for other in endpoints_in_vpc(endpoint) if other.owner is not endpoint.owner)
    claims = ((other, services[other.address]) for other in others if other.address in services)
    return (other for other, service in claims if own is None or service in (own, None))


@cached_per_stack
def _claimed_services(stack: Stack) -> dict[str, str | None]:
    """Return the services of the endpoints that may have private DNS; `None` for an unknown or other service."""
    found = (Resource(endpoint, stack) for endpoint in stack.managed("aws_vpc_endpoint"))
    return {endpoint.address: _known_service(endpoint) for endpoint in found if _may_have_private_dns(endpoint)}


def _known_service(endpoint: Resource) -> str | None:
    try:
        return service_of(endpoint)
    except NotEvaluated:
        return None
