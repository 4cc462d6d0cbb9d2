"""Resources of the endpoints in one VPC, and the rule that an app defines each private DNS name and route once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from plainwork.checks import scalars
from plainwork.errors import PlainworkError
from plainwork.roles import to_identifier
from plainwork.security_group import make_security_group
from plainwork.terraform import Construct, Resource, Stack
from plainwork.vpc_endpoints.policies import EndpointPolicy, Policies
from plainwork_core.aws.vpc_endpoints import HTTPS, services

if TYPE_CHECKING:
    from constructs import IConstruct

    from plainwork.clients import Clients
    from plainwork.network import Network
    from plainwork.vpc_endpoints.interface import InterfaceEndpoint
    from plainwork.vpc_endpoints.lattice import LatticeEndpoint

_OWNERS: WeakKeyDictionary[IConstruct, dict[tuple[str, ...], str]] = WeakKeyDictionary()
"""For each app: path of the construct that has a service's private DNS in a VPC, or its route in a route table."""


class DuplicateEndpointError(PlainworkError):
    """A second endpoint of an app with the same private DNS name in a VPC, or the same route in a route table."""


@dataclass
class EndpointResources:
    """The resources of the endpoints of one construct; the fields are arguments of `VpcEndpoints`."""

    scope: Construct
    network: Network
    region: str
    clients: Clients
    policies: Policies
    security_groups: dict[int, Resource] = field(default_factory=dict)

    def make_gateway(self, service: str) -> Resource:
        """Return a gateway endpoint and its routes.

        Raises:
            DuplicateEndpointError: a route table has a route to the service.
        """
        name = services()[service].name_in(self.region, "Gateway")
        for route_table_id in self.network.route_table_ids:
            _claim_route(self.scope, route_table_id, name)
        return Resource(
            self.scope,
            "aws_vpc_endpoint",
            to_identifier(service),
            vpc_id=self.network.vpc_id,
            service_name=name,
            vpc_endpoint_type="Gateway",
            route_table_ids=list(self.network.route_table_ids),
            policy=self.policies.document(service, self.region)["json"],
            tags={"Name": f"{self.scope.node.id}-{service}"},
        )

    def make_interface(self, endpoint: InterfaceEndpoint, *, s3_gateway: Resource | None) -> Resource:
        """Return an interface endpoint; the private DNS of S3 may need the gateway endpoint of S3 first.

        Raises:
            DuplicateEndpointError: the VPC has private DNS of the service.
        """
        name = endpoint.name_in(self.region)
        if endpoint.has_private_dns:
            _claim_private_dns(self.scope, self.network.vpc_id, name)
        return Resource(
            self.scope,
            "aws_vpc_endpoint",
            endpoint.id,
            vpc_id=self.network.vpc_id,
            service_name=name,
            vpc_endpoint_type="Interface",
            **endpoint.subnet_arguments(self.network.subnets),
            security_group_ids=[self.security_group(endpoint.port)["id"]],
            policy=self._policy(endpoint),
            tags={"Name": f"{self.scope.node.id}-{endpoint.name}"},
            depends_on=[s3_gateway] if endpoint.needs_s3_gateway else None,
            **endpoint.arguments(),
        )

    def make_lattice(self, endpoint: LatticeEndpoint) -> Resource:
        """Return a resource endpoint or a service network endpoint."""
        return Resource(
            self.scope,
            "aws_vpc_endpoint",
            endpoint.id,
            vpc_id=self.network.vpc_id,
            subnet_ids=list(self.network.subnets.values()),
            security_group_ids=[self.security_group(endpoint.port)["id"]],
            tags={"Name": f"{self.scope.node.id}-{endpoint.id}"},
            **endpoint.arguments(),
        )

    def _policy(self, endpoint: InterfaceEndpoint) -> str | None:
        if endpoint.policy is not EndpointPolicy.FULL_ACCESS:
            return self.policies.document(endpoint.service, endpoint.service_region or self.region)["json"]
        takes_one = endpoint.known is not None and endpoint.known.endpoint_policy is not False
        return self.policies.full_access()["json"] if takes_one else None

    def security_group(self, port: int) -> Resource:
        """Return the security group of the endpoints with this port."""
        if port not in self.security_groups:
            scope = self.scope if port == HTTPS else Construct(self.scope, f"port_{port}")
            self.security_groups[port] = make_security_group(
                scope,
                vpc_id=self.network.vpc_id,
                name=f"{self.scope.node.id}-vpc-endpoints",
                description="Interface VPC endpoints",
                port=port,
                clients=self.clients,
            )
        return self.security_groups[port]


def _claim_private_dns(scope: Construct, vpc_id: str, service_name: str) -> None:
    """Reserve the private DNS name of a service in a VPC, which is unique."""
    _claim(
        scope,
        vpc_id,
        service_name,
        f"private DNS of {service_name} in {vpc_id}",
        "use that endpoint, or set private_dns_enabled=False on one of the two",
    )


def _claim_route(scope: Construct, route_table_id: str, service_name: str) -> None:
    """Reserve the route of a route table to a service, which is unique."""
    what = f"the route to {service_name} in {route_table_id}"
    _claim(scope, route_table_id, service_name, what, "pass each route table to one of them")


def _claim(scope: Construct, place: str, service_name: str, what: str, remedy: str) -> None:
    owners = _OWNERS.setdefault(scope.node.root, {})
    stack = Stack.of(scope).node.path if scalars.is_reference(place) else ""
    key = (stack, place, service_name)
    if owner := owners.get(key):
        raise DuplicateEndpointError(f"{what} is defined by {owner!r} and by {scope.node.path!r}: {remedy}")
    owners[key] = scope.node.path
