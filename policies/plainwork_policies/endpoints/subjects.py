"""What the policies on VPC endpoints look at.

https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from plainwork_core.iam import Statement, statements
from plainwork_core.model.identity import ReferenceTarget
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_policies.api import Argument, NotEvaluated, Resource, is_same_id, target_of

TYPE = "vpc_endpoint_type"
GATEWAY, INTERFACE = "Gateway", "Interface"
PRIVATE_DNS = "private_dns_enabled"


def is_gateway(endpoint: Resource) -> bool:
    """Return whether *endpoint* is a gateway endpoint, as it is without `vpc_endpoint_type`."""
    return endpoint[TYPE].string() == GATEWAY


def is_interface(endpoint: Resource) -> bool:
    """Return whether *endpoint* is an interface endpoint."""
    return endpoint[TYPE].string() == INTERFACE


def type_text(endpoint: Resource) -> str:
    """Return the endpoint type as a message quotes it."""
    if endpoint[TYPE].is_configured:
        return f"`{endpoint[TYPE].string()}`"
    return f"not set, which means `{endpoint[TYPE].string()}`"


def has_private_dns(endpoint: Resource) -> bool:
    """Return whether the service's own name resolves to *endpoint* in its VPC."""
    return endpoint[PRIVATE_DNS].bool(default=False)


def has_value(argument: Argument) -> bool:
    """Return whether *argument* has a value that is not `""`, `false` or an empty list."""
    if isinstance(argument.raw, list):
        return any(not is_computed_by_provider(member) for member in argument.raw)
    return argument.is_set and argument.raw not in ("", False, "false")


def is_same_vpc(one: Resource, other: Resource) -> bool:
    """Return whether two endpoints are in one VPC."""
    return is_same_id(one["vpc_id"], other["vpc_id"])


def endpoints_in_vpc(endpoint: Resource) -> Iterator[Resource]:
    """Yield the endpoints that may be in the VPC of *endpoint*, itself among them; `is_same_vpc` decides."""
    own = _vpc(endpoint)
    for kind, table in _by_vpc(endpoint.stack).items():
        if own is not None and kind == own.kind:
            yield from table.get(own, ())
        else:
            yield from chain.from_iterable(table.values())


@cached_per_stack
def _by_vpc(stack: Stack) -> dict[str, dict[ReferenceTarget | None, list[Resource]]]:
    """Return the endpoints by kind of `vpc_id` and by VPC; two VPCs of one kind are two."""
    found: dict[str, dict[ReferenceTarget | None, list[Resource]]] = {}
    for endpoint in (Resource(endpoint, stack) for endpoint in stack.managed("aws_vpc_endpoint")):
        vpc = _vpc(endpoint)
        found.setdefault(vpc.kind if vpc else "", {}).setdefault(vpc, []).append(endpoint)
    return found


def _vpc(endpoint: Resource) -> ReferenceTarget | None:
    """Return the target of `vpc_id`; `None` if it is unknown."""
    try:
        return target_of(endpoint["vpc_id"])
    except NotEvaluated:
        return None


@cached_per_stack
def policy_statements(stack: Stack) -> dict[str, list[Statement]]:
    """Return the statements of endpoint policies by the address of the resource that has the policy."""
    found: dict[str, list[Statement]] = {}
    for statement in statements(stack):
        if statement.kind == "endpoint":
            found.setdefault(statement.address, []).append(statement)
    return found
