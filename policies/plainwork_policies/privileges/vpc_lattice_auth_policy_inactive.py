"""VPC Lattice auth policy is not in effect.

What: An `aws_vpclattice_auth_policy` of a service or service network of the stack whose `auth_type` is `NONE` or not
    set; `NONE` is the default.
Why: AWS stores the policy and does not evaluate it. Every client that reaches the service network can call the service,
    without a signature.
Remedy: Set `auth_type = "AWS_IAM"` in the service or service network.
Limitations: A service or service network outside the stack is not evaluated. The content of the policy is not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, policy

_IDENTIFIER = "resource_identifier"
_TYPES = ("aws_vpclattice_service", "aws_vpclattice_service_network")


@policy(
    "PLW_PRIV_034",
    "vpc-lattice-auth-policy-inactive",
    severity="high",
    on="aws_vpclattice_auth_policy",
    links=(
        "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html",
        "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
    ),
)
def vpc_lattice_auth_policy_inactive(auth_policy: Resource) -> Findings:
    """Check the auth type of what the policy is attached to."""
    target = _target(auth_policy)
    auth_type = target["auth_type"]
    if auth_type.string(default="NONE") == "NONE":
        yield auth_policy[_IDENTIFIER].fail(
            f"`auth_type` of `{target.address}` is {auth_type.state}; the auth policy is not evaluated",
            remedy=f'Set `auth_type = "AWS_IAM"` in `{target.address}`.',
        )


def _target(auth_policy: Resource) -> Resource:
    """Return the service or service network that the policy refers to by ARN or id."""
    identifier = auth_policy[_IDENTIFIER]
    for type_ in _TYPES:
        for attribute in ("arn", "id"):
            if identifier.refers_to(type_, attribute):
                return identifier.resource(type_, attribute)
    raise identifier.not_evaluated("the service or service network is not in this stack")
