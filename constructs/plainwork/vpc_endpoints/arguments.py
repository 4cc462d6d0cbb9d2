"""Validation of the arguments of `VpcEndpoints`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.clients import client_problems
from plainwork.network import Network, network_problems
from plainwork.terraform import Resource, Stack
from plainwork.vpc_endpoints.catalog import Bundle, known_problems, service_problems
from plainwork.vpc_endpoints.interface import InterfaceEndpoint, interface_problems
from plainwork.vpc_endpoints.perimeter import perimeter_problems
from plainwork.vpc_endpoints.service_owned import ServiceOwnedBuckets
from plainwork_core.errors import did_you_mean

if TYPE_CHECKING:
    from plainwork.terraform import Construct

_VPC = re.compile(r"\$\{(aws_vpc\.[\w-]+)\.id\}")


def requested(bundles: Any, interface_endpoints: Any) -> list[InterfaceEndpoint]:
    """Return the interface endpoints of bundles and names without duplicates; none if the arguments are invalid."""
    if list(_name_problems(bundles, interface_endpoints)):
        return []
    bundled = [name for bundle in bundles for name in bundle.endpoints.interface]
    return [InterfaceEndpoint(name) for name in dict.fromkeys([*bundled, *interface_endpoints])]


def argument_problems(
    *,
    network: Any,
    region: Any,
    perimeter: Any,
    trusted_resource_account_ids: Any,
    gateway_endpoints: Any,
    bundles: Any,
    interface_endpoints: Any,
    service_owned_buckets: Any,
    additional_statements: Any,
) -> Iterator[str]:
    """Yield the problems of the arguments that do not depend on interface endpoints."""
    yield from network_problems(network, region=region)
    yield from _region_problems(region)
    yield from perimeter_problems(perimeter, trusted_resource_account_ids)
    yield from _name_problems(bundles, interface_endpoints)
    yield from _gateway_problems(gateway_endpoints, network, bundles)
    yield from _member_problems("service_owned_buckets", service_owned_buckets, ServiceOwnedBuckets)
    yield from _statement_problems(additional_statements)


def endpoint_problems(
    scope: Construct,
    endpoints: Collection[InterfaceEndpoint],
    network: Any,
    *,
    region: str,
    gateways: Collection[str],
    clients: Any,
) -> list[str]:
    """Return the problems of interface endpoints, and of the arguments that all of them need.

    Args:
        scope: a construct in the stack of the endpoints.
        endpoints: none has no problems.
        network: see `VpcEndpoints`; one that is not valid is a problem of its own.
        region: Region of the VPC.
        gateways: services with a gateway endpoint.
        clients: see `VpcEndpoints`.
    """
    if not endpoints or not isinstance(network, Network):
        return []
    own = (
        problem
        for endpoint in endpoints
        for problem in interface_problems(endpoint, region=region, subnets=network.subnets, gateways=gateways)
    )
    has_private_dns = any(endpoint.has_private_dns for endpoint in endpoints)
    flags = _dns_flag_problems(scope, network.vpc_id) if has_private_dns else ()
    return [*client_problems("clients", clients), *flags, *own]


def _dns_flag_problems(scope: Construct, vpc_id: str) -> Iterator[str]:
    """Yield the problems of a VPC in the same stack without the flags that private DNS needs.

    https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#enable-private-dns-names
    """
    found = _VPC.fullmatch(vpc_id)
    resources = (node for node in Stack.of(scope).node.find_all() if isinstance(node, Resource))
    vpc = next((resource for resource in resources if found and resource.address == found[1]), None)
    if vpc is None:
        return
    arguments = vpc.to_terraform()["resource"]["aws_vpc"][vpc.friendly_unique_id]
    for flag, default in (("enable_dns_support", True), ("enable_dns_hostnames", False)):
        value = arguments.get(flag, default)
        if value is False:
            yield f"network: private DNS needs {flag} = true on {vpc.address}: got {value!r}"


def _region_problems(region: Any) -> Iterator[str]:
    if scalars.is_reference(region):
        yield f"region must be a literal, because service names and Availability Zones depend on it: got {region!r}"


def _name_problems(bundles: Any, interface_endpoints: Any) -> Iterator[str]:
    yield from _member_problems("bundles", bundles, Bundle)
    if not _is_list(interface_endpoints):
        yield f"interface_endpoints must be a list of services, as ['kms']: got {interface_endpoints!r}"
    elif not all(isinstance(name, str) for name in interface_endpoints):
        yield f"interface_endpoints must be names of services, as ['kms']: got {list(interface_endpoints)!r}"


def _member_problems(argument: str, values: Any, kind: type[Enum]) -> Iterator[str]:
    if not _is_list(values):
        yield f"{argument} must be a list, as {[*map(str, kind)][:1]}: got {values!r}"
        return
    for value in values:
        if not isinstance(value, kind):
            names = list(map(str, kind))
            yield f"{argument} must be of {', '.join(map(repr, names))}: got {value!r}{did_you_mean(str(value), names)}"


def _is_list(values: Any) -> bool:
    return isinstance(values, Collection) and not isinstance(values, str)


def _statement_problems(by_service: Any) -> Iterator[str]:
    argument = "additional_statements"
    if not isinstance(by_service, Mapping):
        yield (
            f"{argument} must be a mapping of service names to lists of plainwork.iam.allow(...): got {by_service!r}"
        )
        return
    for name, statements in by_service.items():
        yield from known_problems(argument, name)
        if not isinstance(statements, (list, tuple)) or not all(
            isinstance(statement, Mapping) for statement in statements
        ):
            yield f"{argument}[{name!r}] must be a list of plainwork.iam.allow(...): got {statements!r}"


def _gateway_problems(gateways: Any, network: Any, bundles: Any) -> Iterator[str]:
    if not _is_list(gateways):
        yield f"gateway_endpoints must be a list of services, as ['s3', 'dynamodb']: got {gateways!r}"
        return
    for name in gateways:
        yield from service_problems("gateway_endpoints", name, "Gateway")
    if gateways and isinstance(network, Network) and not network.route_table_ids:
        needed = f"for the gateway endpoints, which are routes: {[*gateways]!r}"
        yield f"network must have route_table_ids=['rtb-...'] {needed}"
    for bundle in (bundle for bundle in (bundles if _is_list(bundles) else ()) if isinstance(bundle, Bundle)):
        for name in (name for name in bundle.endpoints.gateway if name not in gateways):
            yield f"gateway_endpoints must contain {name!r} for the bundle {str(bundle)!r}: got {list(gateways)!r}"
