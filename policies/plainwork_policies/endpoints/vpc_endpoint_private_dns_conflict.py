"""Two VPC endpoints have the same private DNS name.

What: two `aws_vpc_endpoint` of the stack have `private_dns_enabled`, the same service and the same VPC.
Why: a name is resolved in one way in a VPC. AWS refuses the second endpoint in the middle of the apply, with
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain`.
Remedy: keep one endpoint and give it the subnets of both; or leave private DNS to one of them::

        resource "aws_vpc_endpoint" "ssm" {
          vpc_id              = aws_vpc.main.id
          service_name        = "com.amazonaws.eu-central-1.ssm"
          vpc_endpoint_type   = "Interface"
          private_dns_enabled = true
          subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
        }
Limitations: compared are the endpoints of one stack; instances of one resource are compared in plans only. Of a VPC
    that is
    not known, two are one only where both endpoints name it in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.identity import ReferenceTarget, identity
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_policies.endpoints.kinds import endpoints, has_private_dns
from plainwork_policies.endpoints.services import service_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

Claim = tuple[ReferenceTarget, ReferenceTarget]


@cached_per_stack
def claimants(stack: Stack) -> list[Resource]:
    """Return the endpoints that may have private DNS."""
    return [each for each in endpoints(stack) if has_private_dns(each) is not False]


@policy(
    "PLW_ENDPOINT_005",
    "vpc-endpoint-private-dns-conflict",
    aliases=("private-dns-taken-twice",),
    severity="medium",
    subjects=claimants,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",),
)
def vpc_endpoint_private_dns_conflict(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Look for another endpoint with the claim of *endpoint*."""
    claim = _claim(endpoint, stack)
    if isinstance(claim, Unknown):
        if len(claimants(stack)) > 1:
            yield not_evaluated("private_dns_enabled", claim)
        return
    other = next((each for each in _claims(stack)[claim] if each is not endpoint), None)
    if other is None:
        return
    doubt = [each for one in (endpoint, other) if isinstance(each := has_private_dns(one), Unknown)]
    if doubt:
        yield not_evaluated("private_dns_enabled", doubt[0])
        return
    message = f"has private DNS for `{claim[1].text}`, as `{other.address}` of the same VPC has"
    yield fail("private_dns_enabled", message, value=True, remedy="keep one of the two, or leave private DNS to one")


@cached_per_stack
def _claims(stack: Stack) -> dict[Claim, list[Resource]]:
    found: dict[Claim, list[Resource]] = {}
    for each in claimants(stack):
        if not isinstance(claim := _claim(each, stack), Unknown):
            found.setdefault(claim, []).append(each)
    return found


def _claim(endpoint: Resource, stack: Stack) -> Claim | Unknown:
    """Return the VPC and the service of *endpoint*; a service that is not of AWS by its whole name."""
    service = service_of(endpoint, stack)
    name = endpoint.get("service_name") if service is None or isinstance(service, Unknown) else service
    vpc, whose = identity(endpoint.get("vpc_id"), endpoint, stack), identity(name, endpoint, stack)
    if isinstance(vpc, Unknown):
        return vpc
    return whose if isinstance(whose, Unknown) else (vpc, whose)
