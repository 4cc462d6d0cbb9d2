"""VPC gateway endpoint does not have an endpoint policy.

What: an `aws_vpc_endpoint` for Amazon S3 or DynamoDB of the kind `Gateway`, without `policy` and without an
    `aws_vpc_endpoint_policy` in the stack.
Why: AWS then gives it one that allows everything to everyone. Whoever is inside a closed network can carry data out
    through it, to a bucket of their own with keys of their own.
Remedy: name the resources, or the organization that they belong to::

        resource "aws_vpc_endpoint" "s3" {
          vpc_id       = aws_vpc.main.id
          service_name = "com.amazonaws.eu-central-1.s3"
          policy       = data.aws_iam_policy_document.s3.json
        }
Limitations: interface endpoints are not judged: not every service takes a policy for them. What a policy allows is
    `vpc-endpoint-policy-full-access`'s. An endpoint that a module gets, or that stands in one, is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured, may_be_elsewhere, resources_referencing
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_PRIV_017",
    "vpc-endpoint-policy-missing",
    aliases=("endpoint-policy-missing",),
    severity="low",
    subjects=lambda stack: stack.managed("aws_vpc_endpoint"),
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
def vpc_endpoint_policy_missing(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge whether anything gives *endpoint* a policy."""
    kind = endpoint.get("vpc_endpoint_type")
    if kind not in (None, "", "Gateway") and not isinstance(kind, Unknown):
        return
    if configured(endpoint, "policy") not in (None, ""):
        return
    policies = list(resources_referencing(endpoint, stack, "aws_vpc_endpoint_policy", "vpc_endpoint_id"))
    if any(isinstance(each, Resource) for each in policies):
        return
    unknown = [each for each in (kind, *policies, may_be_elsewhere(endpoint, stack)) if isinstance(each, Unknown)]
    if unknown:
        yield not_evaluated("policy", unknown[0])
        return
    remedy = "write a `policy` that names the resources, or `aws:ResourceOrgID` in a condition"
    yield fail("policy", "has no policy: AWS lets everyone through to everything", remedy=remedy)
