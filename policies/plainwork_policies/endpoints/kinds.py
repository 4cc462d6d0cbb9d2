"""Of which kind a VPC endpoint is, and what somebody has written in it.

https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint
"""

from __future__ import annotations

from plainwork_core.model.references import is_computed_by_provider, names_attribute, only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import Unknown, Value

DEFAULT = "Gateway"


def endpoints(stack: Stack) -> list[Resource]:
    """Return the VPC endpoints of *stack*."""
    return stack.managed("aws_vpc_endpoint")


def kind_of(endpoint: Resource) -> str | Unknown:
    """Return the `vpc_endpoint_type` of *endpoint*, or the provider's default."""
    kind = endpoint.get("vpc_endpoint_type")
    return kind if isinstance(kind, Unknown) else str(kind or DEFAULT)


def has_private_dns(endpoint: Resource) -> Ternary:
    """Tell whether *endpoint* answers to the service's own name; without `private_dns_enabled` it does not."""
    value = endpoint.get("private_dns_enabled")
    if is_computed_by_provider(value):
        return False
    return value if isinstance(value, Unknown) else value in (True, "true")


def is_given(value: Value) -> Ternary:
    """Tell whether *value* says anything: an empty list, `false` and what a plan leaves to AWS do not."""
    if isinstance(value, list):
        return any(not is_computed_by_provider(member) for member in value)
    if isinstance(value, Unknown):
        return False if is_computed_by_provider(value) else True if names_attribute(value) else value
    return value not in (None, "", False, "false")


def vpc_of(endpoint: Resource, stack: Stack) -> Resource | None:
    """Return the VPC that *endpoint* is in where the stack makes it."""
    vpc_id = endpoint.get("vpc_id")
    if isinstance(vpc_id, Unknown):
        found = only_referent(stack, endpoint, vpc_id)
        return found if found and found.mode == "managed" and found.type == "aws_vpc" else None
    return next((each for each in stack.managed("aws_vpc") if vpc_id and each.get("id") == vpc_id), None)
