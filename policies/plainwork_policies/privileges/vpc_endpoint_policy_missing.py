"""VPC gateway endpoint does not have an endpoint policy.

What: An `aws_vpc_endpoint` of type `Gateway` (Amazon S3, DynamoDB) without `policy` and without an
    `aws_vpc_endpoint_policy` in the stack.
Why: The default endpoint policy allows full access. A workload in an isolated network can copy data to a bucket of an
    external account with credentials of that account.
Remedy: Set `policy` with resource ARNs, or with a condition on `aws:ResourceOrgID`.
Limitations: Interface endpoints are not checked, because not every service supports a policy for them. The content of
    the policy is checked by `vpc-endpoint-policy-full-access`. An endpoint that a module receives, or that is in a
    module, is not evaluated.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, policy


@policy(
    "PLW_PRIV_017",
    "vpc-endpoint-policy-missing",
    severity="low",
    on="aws_vpc_endpoint",
    aliases=("endpoint-policy-missing",),
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
def vpc_endpoint_policy_missing(endpoint: Resource) -> Findings:
    """Check `policy` and the policies that refer to the endpoint."""
    document = endpoint["policy"]
    if document.raw not in (None, ""):  # known or not
        return
    policies = endpoint.referenced_by("aws_vpc_endpoint_policy", "vpc_endpoint_id")
    if policies.certain() or endpoint["vpc_endpoint_type"].string() != "Gateway" or policies:
        return
    yield document.fail(
        "`policy` is not set; the default endpoint policy allows full access",
        remedy="Set `policy` with resource ARNs, or with a condition on `aws:ResourceOrgID`.",
    )
