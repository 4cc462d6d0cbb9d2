"""The resources: endpoints in one VPC, and the security groups in front of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plainwork.roles import to_identifier
from plainwork.security_group import IngressSource, make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.vpc_endpoints.claims import claim_private_dns, claim_route
from plainwork.vpc_endpoints.policies import EndpointPolicy, Policies
from plainwork_core.aws.vpc_endpoints import HTTPS, services

if TYPE_CHECKING:
    from plainwork.vpc_endpoints.interface import InterfaceEndpoint


@dataclass
class Network:
    """Where the endpoints of one construct are; the fields are arguments of `VpcEndpoints`."""

    scope: Construct
    vpc_id: str
    region: str
    route_table_ids: tuple[str, ...]
    subnets: Mapping[str, str]
    clients: Mapping[str, IngressSource]
    policies: Policies
    security_groups: dict[int, Resource] = field(default_factory=dict)

    def make_gateway(self, service: str) -> Resource:
        """A gateway endpoint, and its routes.

        Raises:
            EndpointTakenError: a route table leads to the service already.
        """
        name = services()[service].name_in(self.region, "Gateway")
        for route_table_id in self.route_table_ids:
            claim_route(self.scope, route_table_id, name)
        return Resource(
            self.scope,
            "aws_vpc_endpoint",
            to_identifier(service),
            vpc_id=self.vpc_id,
            service_name=name,
            vpc_endpoint_type="Gateway",
            route_table_ids=list(self.route_table_ids),
            policy=self.policies.document(service, self.region)["json"],
            tags={"Name": f"{self.scope.node.id}-{service}"},
        )

    def make_interface(self, endpoint: InterfaceEndpoint, *, after: Resource | None) -> Resource:
        """An interface endpoint; `after` is S3's gateway endpoint, which its private DNS may need.

        Raises:
            EndpointTakenError: the VPC has private DNS of the service already.
        """
        name = endpoint.name_in(self.region)
        if endpoint.has_private_dns:
            claim_private_dns(self.scope, self.vpc_id, name)
        return Resource(
            self.scope,
            "aws_vpc_endpoint",
            endpoint.id,
            vpc_id=self.vpc_id,
            service_name=name,
            vpc_endpoint_type="Interface",
            subnet_ids=list(endpoint.subnets_of(self.subnets).values()),
            security_group_ids=[self._security_group(endpoint.port)["id"]],
            policy=self._policy(endpoint),
            tags={"Name": f"{self.scope.node.id}-{endpoint.words}"},
            depends_on=[after] if endpoint.is_behind_gateway else None,
            **endpoint.arguments(),
        )

    def _policy(self, endpoint: InterfaceEndpoint) -> str | None:
        if endpoint.policy is not EndpointPolicy.FULL_ACCESS:
            return self.policies.document(endpoint.service, endpoint.service_region or self.region)["json"]
        takes_one = endpoint.known is not None and endpoint.known.endpoint_policy is not False
        return self.policies.full_access()["json"] if takes_one else None

    def _security_group(self, port: int) -> Resource:
        if port not in self.security_groups:
            scope = self.scope if port == HTTPS else Construct(self.scope, f"port_{port}")
            self.security_groups[port] = make_security_group(
                scope,
                vpc_id=self.vpc_id,
                name=f"{self.scope.node.id}-vpc-endpoints",
                description="Interface VPC endpoints",
                port=port,
                sources=self.clients,
            )
        return self.security_groups[port]
