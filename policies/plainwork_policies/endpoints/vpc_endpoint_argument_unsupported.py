"""VPC endpoint has an argument that its type does not support.

What: An `aws_vpc_endpoint` of the type `Gateway`, which is the default of `vpc_endpoint_type`, with subnets, security
    groups or private DNS; or one of another type with route tables.
Why: `terraform validate` and the plan accept these arguments. AWS rejects the endpoint during the apply. Often
    `vpc_endpoint_type` was forgotten, and an interface endpoint was intended.
Remedy: Set `vpc_endpoint_type`, and only the arguments that the type supports.
Limitations: An empty list, `null` and `false` pass. Of endpoints of other types, such as `Resource` and
    `ServiceNetwork`, only `route_table_ids` is checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, all_conditions, check_each, policy
from plainwork_policies.endpoints.subjects import GATEWAY, INTERFACE, PRIVATE_DNS, TYPE, has_value, type_text

_OF_INTERFACE = ("subnet_ids", "security_group_ids", PRIVATE_DNS, "subnet_configuration")
_OF_GATEWAY = ("route_table_ids",)
_UNSUPPORTED = {
    GATEWAY: _OF_INTERFACE,
    "GatewayLoadBalancer": ("security_group_ids", PRIVATE_DNS, "route_table_ids"),
}


@policy(
    "PLW_ENDPOINT_001",
    "vpc-endpoint-argument-unsupported",
    aliases=("endpoint-argument-misplaced",),
    severity="medium",
    on="aws_vpc_endpoint",
    links=("https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",),
)
def vpc_endpoint_argument_unsupported(endpoint: Resource) -> Findings:
    """Check each argument that not all types support."""

    def check(name: str) -> Findings:
        argument = endpoint[name]
        if all_conditions(lambda: has_value(argument), lambda: not _is_supported(name, endpoint)):
            right = GATEWAY if name in _OF_GATEWAY else INTERFACE
            yield argument.fail(
                f"`{name}` is set, but `{TYPE}` is {type_text(endpoint)}",
                remedy=f'Set `{TYPE} = "{right}"`, or remove `{name}`.',
            )

    yield from check_each((*_OF_INTERFACE, *_OF_GATEWAY), check)


def _is_supported(name: str, endpoint: Resource) -> bool:
    return name not in _UNSUPPORTED.get(endpoint[TYPE].string(), _OF_GATEWAY)
