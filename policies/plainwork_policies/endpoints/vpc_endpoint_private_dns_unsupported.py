"""VPC endpoint has private DNS in a VPC without DNS support.

What: An `aws_vpc_endpoint` with `private_dns_enabled` in an `aws_vpc` of the same stack whose `enable_dns_hostnames` is
    not `true` (the default is `false`) or whose `enable_dns_support` is `false`.
Why: AWS rejects private DNS in such a VPC during the apply. If DNS support is disabled later, clients use the public
    addresses of the service, or cannot resolve its name.
Remedy: Set `enable_dns_support = true` and `enable_dns_hostnames = true` in the VPC.
Limitations: A VPC outside the stack is not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, all_conditions, check_each, is_possible, policy
from plainwork_policies.endpoints.subjects import PRIVATE_DNS, has_private_dns
from plainwork_policies.endpoints.vpcs import may_be_in_own_vpc, vpc_of

_SUPPORT = ("enable_dns_support", "enable_dns_hostnames")


@policy(
    "PLW_ENDPOINT_003",
    "vpc-endpoint-private-dns-unsupported",
    aliases=("private-dns-without-vpc-dns",),
    severity="medium",
    on="aws_vpc_endpoint",
    where=lambda endpoint: may_be_in_own_vpc(endpoint) and is_possible(lambda: has_private_dns(endpoint)),
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",),
)
def vpc_endpoint_private_dns_unsupported(endpoint: Resource) -> Findings:
    """Check both arguments of the endpoint's VPC."""
    vpc = vpc_of(endpoint)

    def check(name: str) -> Findings:
        if all_conditions(lambda: not vpc[name].bool(), lambda: has_private_dns(endpoint)):
            yield endpoint[PRIVATE_DNS].fail(
                f"`{PRIVATE_DNS}` is `true`, but `{name}` of `{vpc.address}` is not `true`",
                remedy=f"Set `enable_dns_support = true` and `enable_dns_hostnames = true` in `{vpc.address}`.",
            )

    yield from check_each(_SUPPORT, check)
