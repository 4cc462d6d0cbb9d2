"""What is wrong with what a `VpcEndpoints` is given."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.security_group import source_problems
from plainwork.vpc_endpoints.aws_owned import AwsOwnedBuckets
from plainwork.vpc_endpoints.bundles import Bundle
from plainwork.vpc_endpoints.claims import dns_flag_problems
from plainwork.vpc_endpoints.interface import InterfaceEndpoint
from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
from plainwork.vpc_endpoints.service_problems import known_problems, service_problems

if TYPE_CHECKING:
    from plainwork.terraform import Construct


def requested(bundles: Any, interface_endpoints: Any) -> list[InterfaceEndpoint]:
    """The interface endpoints of bundles and names, each once; none where these are not what they should be."""
    if list(_name_problems(bundles, interface_endpoints)):
        return []
    of_bundles = [name for bundle in bundles for name in bundle.needs.interface]
    return [InterfaceEndpoint(name) for name in dict.fromkeys([*of_bundles, *interface_endpoints])]


def argument_problems(
    *,
    vpc_id: Any,
    region: Any,
    route_table_ids: Any,
    perimeter: Any,
    gateway_endpoints: Any,
    bundles: Any,
    interface_endpoints: Any,
    aws_owned_buckets: Any,
    also_allow: Any,
) -> Iterator[str]:
    """One sentence for each argument that AWS would reject."""
    yield from identifiers.resource_id_problems("vpc_id", vpc_id, "vpc")
    yield from _region_problems(region)
    yield from _perimeter_problems(perimeter)
    yield from _name_problems(bundles, interface_endpoints)
    yield from _gateway_problems(gateway_endpoints, route_table_ids, bundles)
    yield from _member_problems("aws_owned_buckets", aws_owned_buckets, AwsOwnedBuckets)
    yield from _statement_problems(also_allow)


def network_problems(
    scope: Construct, *, region: Any, subnets: Any, clients: Any, private_dns_in: str | None
) -> Iterator[str]:
    """One sentence for each thing that is wrong with what all interface endpoints are in.

    Args:
        scope: in the stack of the endpoints.
        region: of the VPC.
        subnets: as `VpcEndpoints` takes them.
        clients: as `VpcEndpoints` takes it.
        private_dns_in: the VPC, where an endpoint in it has private DNS.
    """
    yield from subnet_problems("subnets", subnets, region=region)
    yield from source_problems("clients", clients)
    yield from dns_flag_problems(scope, str(private_dns_in))


def _region_problems(region: Any) -> Iterator[str]:
    if scalars.is_reference(region):
        yield f"region must be written out, because the names of services and zones depend on it: got {region!r}"
    else:
        yield from identifiers.region_problems("region", region)


def _perimeter_problems(perimeter: Any) -> Iterator[str]:
    if isinstance(perimeter, EndpointPerimeter):
        yield from perimeter.problems()
    else:
        yield f"perimeter must be EndpointPerimeter(organization_id='o-...') or of account_ids: got {perimeter!r}"


def _name_problems(bundles: Any, interface_endpoints: Any) -> Iterator[str]:
    yield from _member_problems("bundles", bundles, Bundle)
    if not _is_list(interface_endpoints):
        yield f"interface_endpoints must be a list of services, as ['kms']: got {interface_endpoints!r}"
    elif not all(isinstance(each, str) for each in interface_endpoints):
        yield f"interface_endpoints must be names of services, as ['kms']: got {list(interface_endpoints)!r}"


def _member_problems(name: str, values: Any, kind: type[Enum]) -> Iterator[str]:
    if not _is_list(values):
        yield f"{name} must be a list of {kind.__name__}: got {values!r}"
        return
    for value in values:
        yield from scalars.enum_problems(name, value, kind)


def _is_list(values: Any) -> bool:
    return isinstance(values, Collection) and not isinstance(values, str)


def _statement_problems(also_allow: Any) -> Iterator[str]:
    if not isinstance(also_allow, Mapping):
        yield f"also_allow must be service names to lists of plainwork.iam.allow(...): got {also_allow!r}"
        return
    for name, statements in also_allow.items():
        yield from known_problems("also_allow", name)
        if not isinstance(statements, (list, tuple)) or not all(isinstance(each, Mapping) for each in statements):
            yield f"also_allow[{name!r}] must be a list of plainwork.iam.allow(...): got {statements!r}"


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
        for each in route_table_ids or ():
            yield from identifiers.resource_id_problems("route_table_ids", each, "rtb")
    for bundle in (each for each in (bundles if _is_list(bundles) else ()) if isinstance(each, Bundle)):
        for name in (each for each in bundle.needs.gateway if each not in gateways):
            yield f"gateway_endpoints must have {name!r} for Bundle.{bundle.name}: got {list(gateways)!r}"
