"""Validation of the arguments of `VpcEndpoints`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.terraform import Resource, Stack
from plainwork.vpc_endpoints.catalog import Bundle, known_problems, service_problems
from plainwork.vpc_endpoints.interface import InterfaceEndpoint
from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
from plainwork.vpc_endpoints.service_owned import ServiceOwnedBuckets

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
    vpc_id: Any,
    region: Any,
    route_table_ids: Any,
    perimeter: Any,
    gateway_endpoints: Any,
    bundles: Any,
    interface_endpoints: Any,
    service_owned_buckets: Any,
    additional_statements: Any,
) -> Iterator[str]:
    """Yield the problems of the arguments that do not depend on interface endpoints."""
    yield from identifiers.resource_id_problems("vpc_id", vpc_id, "vpc")
    yield from _region_problems(region)
    yield from _perimeter_problems(perimeter)
    yield from _name_problems(bundles, interface_endpoints)
    yield from _gateway_problems(gateway_endpoints, route_table_ids, bundles)
    yield from _member_problems("service_owned_buckets", service_owned_buckets, ServiceOwnedBuckets)
    yield from _statement_problems(additional_statements)


def network_problems(
    scope: Construct, *, region: Any, subnets: Any, clients: Any, private_dns_vpc_id: str | None
) -> Iterator[str]:
    """Yield the problems of the arguments that all interface endpoints need.

    Args:
        scope: a construct in the stack of the endpoints.
        region: Region of the VPC.
        subnets: see `VpcEndpoints`.
        clients: see `VpcEndpoints`.
        private_dns_vpc_id: the VPC, if an endpoint in it has private DNS.
    """
    yield from subnet_problems("subnets", subnets, region=region)
    yield from client_problems("clients", clients)
    yield from _dns_flag_problems(scope, str(private_dns_vpc_id))


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
            yield f"vpc_id: private DNS needs {flag} = true on {vpc.address}: got {value!r}"


def _region_problems(region: Any) -> Iterator[str]:
    if scalars.is_reference(region):
        yield f"region must be a literal, because service names and Availability Zones depend on it: got {region!r}"


def _perimeter_problems(perimeter: Any) -> Iterator[str]:
    if isinstance(perimeter, EndpointPerimeter):
        yield from perimeter.problems()
    else:
        yield f"perimeter must be EndpointPerimeter(organization_id='o-...') or of account_ids: got {perimeter!r}"


def _name_problems(bundles: Any, interface_endpoints: Any) -> Iterator[str]:
    yield from _member_problems("bundles", bundles, Bundle)
    if not _is_list(interface_endpoints):
        yield f"interface_endpoints must be a list of services, as ['kms']: got {interface_endpoints!r}"
    elif not all(isinstance(name, str) for name in interface_endpoints):
        yield f"interface_endpoints must be names of services, as ['kms']: got {list(interface_endpoints)!r}"


def _member_problems(argument: str, values: Any, kind: type[Enum]) -> Iterator[str]:
    if not _is_list(values):
        yield f"{argument} must be a list of {kind.__name__}: got {values!r}"
        return
    for value in values:
        yield from scalars.enum_problems(argument, value, kind)


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


def _gateway_problems(gateways: Any, route_table_ids: Any, bundles: Any) -> Iterator[str]:
    if not _is_list(gateways):
        yield f"gateway_endpoints must be a list of services, as ['s3', 'dynamodb']: got {gateways!r}"
        return
    for name in gateways:
        yield from service_problems("gateway_endpoints", name, "Gateway")
    is_list = route_table_ids is None or _is_list(route_table_ids)
    if not is_list or (gateways and not route_table_ids):
        yield f"route_table_ids must be a list of at least one id, as ['rtb-...']: got {route_table_ids!r}"
    else:
        for route_table_id in route_table_ids or ():
            yield from identifiers.resource_id_problems("route_table_ids", route_table_id, "rtb")
    for bundle in (bundle for bundle in (bundles if _is_list(bundles) else ()) if isinstance(bundle, Bundle)):
        for name in (name for name in bundle.endpoints.gateway if name not in gateways):
            yield f"gateway_endpoints must contain {name!r} for Bundle.{bundle.name}: got {list(gateways)!r}"
