"""VPC endpoint has an argument that its type does not support.

What: an `aws_vpc_endpoint` that is a gateway, as it is without `vpc_endpoint_type`, with subnets, security groups
    or private DNS; or one of another type with route tables.
Why: `terraform validate` and the plan accept all of it, and AWS refuses the endpoint in the middle of the apply. Mostly
    the type is what was forgotten, and the endpoint that was meant is an interface.
Remedy: say which kind it is, and give what that kind has::

        resource "aws_vpc_endpoint" "ssm" {
          vpc_id             = aws_vpc.main.id
          service_name       = "com.amazonaws.eu-central-1.ssm"
          vpc_endpoint_type  = "Interface"
          subnet_ids         = [aws_subnet.private.id]
          security_group_ids = [aws_security_group.endpoints.id]
        }
Limitations: empty lists, null and `false` pass. Endpoints for resources and service networks of VPC Lattice are
    judged only
    by their route tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown
from plainwork_policies.endpoints.kinds import DEFAULT, endpoints, is_given, kind_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_OF_AN_INTERFACE = ("subnet_ids", "security_group_ids", "private_dns_enabled", "subnet_configuration")
_MISPLACED = {
    DEFAULT: _OF_AN_INTERFACE,
    "GatewayLoadBalancer": ("security_group_ids", "private_dns_enabled", "route_table_ids"),
}
_OTHERWISE = ("route_table_ids",)


@policy(
    "PLW_ENDPOINT_001",
    "vpc-endpoint-argument-unsupported",
    aliases=("endpoint-argument-misplaced",),
    severity="medium",
    subjects=endpoints,
    links=("https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",),
)
def vpc_endpoint_argument_unsupported(endpoint: Resource) -> Iterator[Finding]:
    """Judge each argument that is not for every kind."""
    kind = kind_of(endpoint)
    everything = dict.fromkeys((*_OF_AN_INTERFACE, *_OTHERWISE))
    for argument in everything if isinstance(kind, Unknown) else _MISPLACED.get(kind, _OTHERWISE):
        given = is_given(endpoint.get(argument))
        if given is False:
            continue
        doubt = next((each for each in (kind, given) if isinstance(each, Unknown)), None)
        if doubt is not None:
            yield not_evaluated(argument, doubt)
        else:
            yield _misplaced(argument, str(kind), endpoint)


def _misplaced(argument: str, kind: str, endpoint: Resource) -> Finding:
    default = " without `vpc_endpoint_type`" if endpoint.get("vpc_endpoint_type") is None else ""
    right = DEFAULT if argument == "route_table_ids" else "Interface"
    message = f"has `{argument}`, and{default} it is an endpoint of the type `{kind}`, which has none"
    return fail(
        argument,
        message,
        value=endpoint.get(argument),
        remedy=f'write `vpc_endpoint_type = "{right}"`, or remove `{argument}`',
    )
