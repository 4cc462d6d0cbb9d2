"""VPC endpoint policy denies all requests.

What: Every statement of the policy of a VPC endpoint is a `Deny`.
Why: An endpoint policy replaces the default policy, which allows everything. A request that no statement allows is
    denied. An endpoint policy that was intended to deny a few requests denies all, and with private DNS the VPC has no
    other route to the service.
Remedy: Add an `Allow` statement, and a `Deny` statement for the exceptions.
Limitations: A document that cannot be read is not evaluated. Whether a `Deny` statement denies everything that an
    `Allow` statement allows is not determined. A policy that denies all requests on purpose fails, too.
"""

from __future__ import annotations

from plainwork_core.model.values import is_known
from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.endpoints.subjects import policy_statements


@policy(
    "PLW_ENDPOINT_004",
    "vpc-endpoint-policy-denies-all",
    aliases=("endpoint-policy-denies-all",),
    severity="high",
    on=("aws_vpc_endpoint", "aws_vpc_endpoint_policy"),
    where=lambda resource: resource.address in policy_statements(resource.stack),
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
def vpc_endpoint_policy_denies_all(resource: Resource) -> Findings:
    """Check for an `Allow` statement."""
    document = resource["policy"]
    effects = [statement.effect for statement in policy_statements(resource.stack)[resource.address]]
    if "Allow" in effects:
        return
    for effect in effects:
        if not is_known(effect):
            raise document.not_evaluated(effect)
    yield document.fail(
        "`policy` has no `Allow` statement; the endpoint denies every request",
        value=effects,
        remedy="Add an `Allow` statement.",
    )
