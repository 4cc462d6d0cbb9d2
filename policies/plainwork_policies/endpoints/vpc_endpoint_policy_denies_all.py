"""VPC endpoint policy denies all requests.

What: every statement of the policy of a VPC endpoint is a `Deny`.
Why: an endpoint's policy takes the place of the one that lets everything through, and what no statement allows is
    denied. An endpoint that was meant to keep a few requests out keeps out all, and with private DNS there is no other
    way to the service from the VPC.
Remedy: allow what is to pass, and deny from that::

        statement {
          effect    = "Allow"
          actions   = ["s3:*"]
          resources = ["*"]

          principals {
            type        = "*"
            identifiers = ["*"]
          }

          condition {
            test     = "StringEquals"
            variable = "aws:PrincipalOrgID"
            values   = [data.aws_organizations_organization.own.id]
          }
        }
Limitations: a document that cannot be read is not evaluated. Whether what is allowed is denied again is not worked
    out; a
    policy that denies all on purpose is one too.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, statements
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@cached_per_stack
def statements_by_owner(stack: Stack) -> dict[str, list[Statement]]:
    """Return the statements of endpoint policies by the address of what holds them."""
    found: dict[str, list[Statement]] = {}
    for each in statements(stack):
        if each.kind == "endpoint":
            found.setdefault(each.address, []).append(each)
    return found


def holders(stack: Stack) -> list[Resource]:
    """Return the resources that hold the policy of an endpoint."""
    return [owner for address in statements_by_owner(stack) if (owner := stack.resource(address))]


@policy(
    "PLW_ENDPOINT_004",
    "vpc-endpoint-policy-denies-all",
    aliases=("endpoint-policy-denies-all",),
    severity="high",
    subjects=holders,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
def vpc_endpoint_policy_denies_all(owner: Resource, stack: Stack) -> Iterator[Finding]:
    """Look for a statement that allows."""
    effects = [each.effect for each in statements_by_owner(stack)[owner.address]]
    if "Allow" in effects:
        return
    if unknown := [each for each in effects if isinstance(each, Unknown)]:
        yield not_evaluated("policy", unknown[0])
        return
    yield fail(
        "policy",
        "has a policy in which every statement denies: nothing passes the endpoint",
        value=effects,
        remedy="add a statement that allows what is to pass",
    )
