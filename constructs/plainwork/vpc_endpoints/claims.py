"""What can be in a VPC once: a private DNS name, and a service's route in a route table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from plainwork.checks import scalars
from plainwork.errors import PlainworkError
from plainwork.terraform import Resource, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs import IConstruct

    from plainwork.terraform import Construct

_CLAIMED: WeakKeyDictionary[IConstruct, dict[tuple[str, ...], str]] = WeakKeyDictionary()
_VPC = re.compile(r"\$\{(aws_vpc\.[\w-]+)\.id\}")


class EndpointTakenError(PlainworkError):
    """A second endpoint of an app for what a VPC, or a route table, can have one endpoint for."""


def claim_private_dns(scope: Construct, vpc_id: str, service_name: str) -> None:
    """Take the private DNS name of a service in a VPC.

    Raises:
        EndpointTakenError: another endpoint of the app has it, and EC2 would answer that there is a conflicting domain.
    """
    _claim(
        scope,
        vpc_id,
        service_name,
        f"private DNS of {service_name} in {vpc_id}",
        "use that endpoint, or give one of the two private_dns_enabled=False",
    )


def claim_route(scope: Construct, route_table_id: str, service_name: str) -> None:
    """Take the route to a service in a route table.

    Raises:
        EndpointTakenError: another gateway endpoint of the app has it.
    """
    what = f"the route to {service_name} in {route_table_id}"
    _claim(scope, route_table_id, service_name, what, "give each route table to one of them")


def _claim(scope: Construct, where: str, service_name: str, what: str, remedy: str) -> None:
    claimed = _CLAIMED.setdefault(scope.node.root, {})
    stack = Stack.of(scope).node.path if scalars.is_reference(where) else ""
    key = (stack, where, service_name)
    if owner := claimed.get(key):
        raise EndpointTakenError(f"{what} belongs to {owner!r}, and {scope.node.path!r} wants it too: {remedy}")
    claimed[key] = scope.node.path


def dns_flag_problems(scope: Construct, vpc_id: str) -> Iterator[str]:
    """One sentence for each flag that private DNS needs and a VPC of the same stack does not have.

    https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#enable-private-dns-names
    """
    found = _VPC.fullmatch(vpc_id)
    vpc = next((each for each in _resources(scope) if found and each.address == found[1]), None)
    if vpc is None:
        return
    arguments = vpc.to_terraform()["resource"]["aws_vpc"][vpc.friendly_unique_id]
    for flag, default in (("enable_dns_support", True), ("enable_dns_hostnames", False)):
        value = arguments.get(flag, default)
        if value is False:
            yield f"vpc_id: private DNS needs {flag} = true on {vpc.address}: got {value!r}"


def _resources(scope: Construct) -> Iterator[Resource]:
    return (each for each in Stack.of(scope).node.find_all() if isinstance(each, Resource))
