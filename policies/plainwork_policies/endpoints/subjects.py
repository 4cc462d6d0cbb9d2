"""What the policies on VPC endpoints look at.

https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, statements
from plainwork_core.model.identity import ReferenceTarget, are_named_same, identity
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Resource

TYPE = "vpc_endpoint_type"
GATEWAY, INTERFACE = "Gateway", "Interface"
PRIVATE_DNS = "private_dns_enabled"


def endpoints(stack: Stack) -> Iterator[Resource]:
    """The VPC endpoints of *stack*."""
    return (Resource(endpoint, stack) for endpoint in stack.managed("aws_vpc_endpoint"))


def is_gateway(endpoint: Resource) -> bool:
    """Whether *endpoint* is a gateway endpoint, as it is without `vpc_endpoint_type`."""
    return endpoint[TYPE].string() == GATEWAY


def is_interface(endpoint: Resource) -> bool:
    """Whether *endpoint* is an interface endpoint."""
    return endpoint[TYPE].string() == INTERFACE


def type_text(endpoint: Resource) -> str:
    """The endpoint type as a message quotes it."""
    if endpoint[TYPE].is_configured:
        return f"`{endpoint[TYPE].string()}`"
    return f"not set, which means `{endpoint[TYPE].string()}`"


def has_private_dns(endpoint: Resource) -> bool:
    """Whether the service's own name resolves to *endpoint* in its VPC."""
    return endpoint[PRIVATE_DNS].bool(default=False)


def has_value(argument: Argument) -> bool:
    """Whether *argument* has a value that is not `""`, `false` or an empty list."""
    if isinstance(argument.raw, list):
        return any(not is_computed_by_provider(member) for member in argument.raw)
    return argument.is_set and argument.raw not in ("", False, "false")


def vpc(endpoint: Resource) -> ReferenceTarget | Unknown:
    """What `vpc_id` refers to."""
    return identity(endpoint["vpc_id"].raw, endpoint.owner, endpoint.stack)


def is_same_vpc(one: Resource, other: Resource) -> bool:
    """Whether two endpoints are in one VPC."""
    same = are_named_same(vpc(one), vpc(other))
    if isinstance(same, Unknown):
        raise one["vpc_id"].not_evaluated(same)
    return same


@cached_per_stack
def policy_statements(stack: Stack) -> dict[str, list[Statement]]:
    """The statements of endpoint policies by the address of the resource that has the policy."""
    found: dict[str, list[Statement]] = {}
    for statement in statements(stack):
        if statement.kind == "endpoint":
            found.setdefault(statement.address, []).append(statement)
    return found
