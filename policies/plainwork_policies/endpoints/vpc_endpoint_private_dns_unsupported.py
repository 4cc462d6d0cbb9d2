"""VPC endpoint has private DNS in a VPC without DNS support.

What: an `aws_vpc_endpoint` with `private_dns_enabled` in an `aws_vpc` of the stack whose `enable_dns_hostnames` is not
    `true`, which is the default, or whose `enable_dns_support` is `false`.
Why: AWS refuses private DNS in such a VPC in the middle of the apply; and where it is switched off later, clients go on
    to the public addresses of the service, or nowhere at all.
Remedy: switch both on::

        resource "aws_vpc" "main" {
          cidr_block           = "10.0.0.0/16"
          enable_dns_support   = true
          enable_dns_hostnames = true
        }
Limitations: a VPC that the stack does not make is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.endpoints.kinds import endpoints, has_private_dns, vpc_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_DEFAULTS = {"enable_dns_support": True, "enable_dns_hostnames": False}


def in_a_vpc_of_the_stack(stack: Stack) -> list[Resource]:
    """Return the endpoints that may have private DNS, in VPCs that the stack makes."""
    return [each for each in endpoints(stack) if vpc_of(each, stack) and has_private_dns(each) is not False]


@policy(
    "PLW_ENDPOINT_003",
    "vpc-endpoint-private-dns-unsupported",
    aliases=("private-dns-without-vpc-dns",),
    severity="medium",
    subjects=in_a_vpc_of_the_stack,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",),
)
def vpc_endpoint_private_dns_unsupported(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge both switches of the endpoint's VPC."""
    private, vpc = has_private_dns(endpoint), vpc_of(endpoint, stack)
    for switch, default in _DEFAULTS.items() if vpc else ():
        value = vpc.get(switch) if vpc else None
        is_on = default if value is None or is_computed_by_provider(value) else value
        if is_on in (True, "true"):
            continue
        doubt = next((each for each in (is_on, private) if isinstance(each, Unknown)), None)
        if doubt is not None:
            yield not_evaluated("private_dns_enabled", doubt)
        elif vpc:
            message = f"has private DNS, and `{switch}` of its VPC `{vpc.address}` is not `true`"
            yield fail("private_dns_enabled", message, value=True, remedy=f"set `{switch} = true` in `{vpc.address}`")
