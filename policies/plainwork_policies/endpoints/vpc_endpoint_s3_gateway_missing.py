"""S3 interface endpoint has private DNS without a gateway endpoint.

What: An `aws_vpc_endpoint` of the type `Interface` for `s3` has `private_dns_enabled` without
    `private_dns_only_for_inbound_resolver_endpoint = false`, and its VPC has no gateway endpoint for `s3` in the stack.
Why: The default of that option in AWS is `true`, which requires a gateway endpoint. The apply ends with `To set
    PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC must have a Gateway endpoint for the service`.
Remedy: Add the gateway endpoint, which has no cost, and create the interface endpoint after it.
Limitations: A VPC outside the stack, and a stack with modules whose resources are not in the input, may have the
    gateway endpoint elsewhere; this is not evaluated. Whether one endpoint depends on the other is not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, all_conditions, is_possible, policy, some
from plainwork_policies.endpoints.services import service_of
from plainwork_policies.endpoints.subjects import (
    PRIVATE_DNS,
    endpoints_in_vpc,
    has_private_dns,
    is_gateway,
    is_interface,
    is_same_vpc,
)

_OPTION = "private_dns_only_for_inbound_resolver_endpoint"


def _is_s3_with_private_dns(endpoint: Resource) -> bool:
    return all_conditions(
        lambda: has_private_dns(endpoint),
        lambda: is_interface(endpoint),
        lambda: service_of(endpoint) == "s3",
    )


@policy(
    "PLW_ENDPOINT_008",
    "vpc-endpoint-s3-gateway-missing",
    aliases=("bucket-dns-without-gateway",),
    severity="medium",
    on="aws_vpc_endpoint",
    where=lambda endpoint: is_possible(lambda: _is_s3_with_private_dns(endpoint)),
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html",),
)
def vpc_endpoint_s3_gateway_missing(endpoint: Resource) -> Findings:
    """Check for the gateway endpoint that the option requires."""
    if all_conditions(
        lambda: _is_s3_with_private_dns(endpoint),
        lambda: endpoint[f"dns_options.{_OPTION}"].bool(default=True),
        lambda: not some(endpoints_in_vpc(endpoint), lambda other: _is_s3_gateway(other, endpoint)),
        lambda: not _has_gateway_elsewhere(endpoint),
    ):
        yield endpoint[PRIVATE_DNS].fail(
            f"`{PRIVATE_DNS}` is `true`, but the VPC has no S3 gateway endpoint, which `{_OPTION}` requires",
            remedy=f"Add an S3 gateway endpoint, or set `{_OPTION} = false`.",
        )


def _is_s3_gateway(other: Resource, endpoint: Resource) -> bool:
    return all_conditions(
        lambda: is_gateway(other),
        lambda: service_of(other) == "s3",
        lambda: is_same_vpc(other, endpoint),
    )


def _has_gateway_elsewhere(endpoint: Resource) -> bool:
    """End in *not evaluated* if the gateway endpoint may be in another stack or module."""
    if not endpoint["vpc_id"].refers_to("aws_vpc"):
        raise endpoint["vpc_id"].not_evaluated(
            "the VPC is not in this stack; its S3 gateway endpoint may be in another one"
        )
    calls = [call for call in endpoint.stack.module_calls if not call.is_evaluated]
    if calls:
        raise endpoint.not_evaluated(f"`{calls[0].address}` may have the S3 gateway endpoint; check a plan")
    return False
