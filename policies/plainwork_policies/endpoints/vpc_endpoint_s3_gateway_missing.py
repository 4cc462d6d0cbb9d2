"""S3 interface endpoint has private DNS without a gateway endpoint.

What: an `aws_vpc_endpoint` of the type `Interface` for `s3` has `private_dns_enabled`, does not say
    `private_dns_only_for_inbound_resolver_endpoint = false`, and its VPC, which the stack makes, has no gateway
    endpoint for `s3` in the stack.
Why: left out, that option is taken for `true` by AWS, which then wants a gateway endpoint: the apply ends with `To set
    PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC must have a Gateway endpoint for the service`.
Remedy: make the gateway endpoint, which costs nothing, and the interface endpoint after it::

        resource "aws_vpc_endpoint" "s3" {
          vpc_id              = aws_vpc.main.id
          service_name        = "com.amazonaws.eu-central-1.s3"
          vpc_endpoint_type   = "Interface"
          private_dns_enabled = true

          dns_options {
            private_dns_only_for_inbound_resolver_endpoint = true
          }

          depends_on = [aws_vpc_endpoint.s3_gateway]
        }
Limitations: in a VPC that the stack does not make, or beside modules whose inside is not in view, the gateway
    endpoint may
    be made elsewhere, and this is not evaluated. That the one depends on the other is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.identity import ReferenceTarget, are_same, identity
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.endpoints.kinds import DEFAULT, endpoints, has_private_dns, kind_of, vpc_of
from plainwork_policies.endpoints.services import service_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_OPTION = "dns_options.0.private_dns_only_for_inbound_resolver_endpoint"


def s3_interfaces(stack: Stack) -> list[Resource]:
    """Return the interface endpoints for S3 that may have private DNS."""
    of_s3 = [each for each in endpoints(stack) if service_of(each, stack) == "s3" and kind_of(each) == "Interface"]
    return [each for each in of_s3 if has_private_dns(each) is not False]


@policy(
    "PLW_ENDPOINT_008",
    "vpc-endpoint-s3-gateway-missing",
    aliases=("bucket-dns-without-gateway",),
    severity="medium",
    subjects=s3_interfaces,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html",),
)
def vpc_endpoint_s3_gateway_missing(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Look for the gateway endpoint that the option wants."""
    wanted = all_of((has_private_dns(endpoint), _wants_gateway(endpoint)))
    there = _has_gateway(endpoint, stack)
    if wanted is False or there is True:
        return
    doubt = next((each for each in (wanted, there, _elsewhere(endpoint, stack)) if isinstance(each, Unknown)), None)
    if doubt is not None:
        yield not_evaluated("private_dns_enabled", doubt)
        return
    yield fail(
        "private_dns_enabled",
        "has private DNS for S3, and its VPC has no gateway endpoint for S3, which AWS wants then",
        value=True,
        remedy=f"add the gateway endpoint, or write `{_OPTION.rpartition('.')[2]} = false`",
    )


def _wants_gateway(endpoint: Resource) -> Ternary:
    value = endpoint.get(_OPTION)
    if value is None or is_computed_by_provider(value):
        return True
    return value if isinstance(value, Unknown) else value in (True, "true")


def _has_gateway(endpoint: Resource, stack: Stack) -> Ternary:
    vpc, gateways = identity(endpoint.get("vpc_id"), endpoint, stack), _gateways(stack)
    if not isinstance(vpc, Unknown) and gateways.get(vpc) is True:
        return True
    return any_of(all_of((answer, are_same(other, vpc))) for other, answer in gateways.items())


@cached_per_stack
def _gateways(stack: Stack) -> dict[ReferenceTarget | Unknown, Ternary]:
    """Return by VPC whether an endpoint there is a gateway endpoint for S3, without those that none is in."""
    found: dict[ReferenceTarget | Unknown, list[Ternary]] = {}
    for each in endpoints(stack):
        if (answer := _is_gateway(each, stack)) is not False:
            vpc = identity(each.get("vpc_id"), each, stack)
            place = Unknown(vpc.reason) if isinstance(vpc, Unknown) else vpc
            found.setdefault(place, []).append(answer)
    return {vpc: any_of(answers) for vpc, answers in found.items()}


def _is_gateway(endpoint: Resource, stack: Stack) -> Ternary:
    kind, service = kind_of(endpoint), service_of(endpoint, stack)
    return all_of(
        (
            kind if isinstance(kind, Unknown) else kind == DEFAULT,
            service if isinstance(service, Unknown) else service == "s3",
        )
    )


def _elsewhere(endpoint: Resource, stack: Stack) -> Unknown | None:
    if vpc_of(endpoint, stack) is None:
        return Unknown("the stack does not make the VPC, and its gateway endpoint may be made elsewhere")
    if stack.module_calls and stack.format != "plan":
        return Unknown(f"`{stack.module_calls[0].address}` may make the gateway endpoint")
    return None
