"""VPC endpoints: gateway endpoints for S3 and DynamoDB, interface endpoints for other services, and their policies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.vpc_endpoints.arguments import argument_problems, network_problems, requested
from plainwork.vpc_endpoints.catalog import Bundle
from plainwork.vpc_endpoints.interface import InterfaceEndpoint, interface_problems
from plainwork.vpc_endpoints.network import Network
from plainwork.vpc_endpoints.policies import EndpointPolicy, Policies, ServiceStatements
from plainwork.vpc_endpoints.service_owned import ServiceOwnedBuckets

if TYPE_CHECKING:
    from plainwork.clients import Clients
    from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
    from plainwork_core.waivers import Waiver

_NO_STATEMENTS: Mapping[str, Any] = MappingProxyType({})


class VpcEndpoints(UniqueConstruct):
    """Gateway and interface endpoints of one VPC.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the resources' names: `private` for `aws_vpc_endpoint.private_s3`.
        vpc_id: VPC of the endpoints.
        region: Region of the VPC; by default that of the stack's provider.
        route_table_ids: route tables that get routes to the gateway endpoints.
        perimeter: principals and resources that the endpoint policies allow.
        gateway_endpoints: services with a gateway endpoint, which is free.
        subnets: subnets of the interface endpoints, one for each Availability Zone ID. Every interface endpoint has,
            and AWS bills, one network interface in each.
        clients: names to sources of ingress rules for the interface endpoints.
        bundles: groups of interface endpoints.
        interface_endpoints: additional services with an interface endpoint, by their names in the catalog: `kms`,
            `ecr.api`.
        service_owned_buckets: AWS-owned buckets that the S3 endpoint policies allow.
        additional_statements: service names to statements of `plainwork.iam.allow`, added to the service's policies.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that Terraform or AWS would reject, all in one error.
        DuplicateEndpointError: another endpoint of the app has the same private DNS name or route.

    Attributes:
        gateway_endpoints: the `aws_vpc_endpoint` of each gateway endpoint, by service.
        interface_endpoints: the `aws_vpc_endpoint` of each interface endpoint, by the last part of its address.
        network_interface_count: number of network interfaces of the interface endpoints; the account has a quota.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        region: str | None = None,
        route_table_ids: Sequence[str],
        perimeter: EndpointPerimeter,
        gateway_endpoints: Collection[str] = ("s3", "dynamodb"),
        subnets: Mapping[str, str] | None = None,
        clients: Clients | None = None,
        bundles: Collection[Bundle] = (),
        interface_endpoints: Collection[str] = (),
        service_owned_buckets: Collection[ServiceOwnedBuckets] = (
            ServiceOwnedBuckets.ECR_LAYERS,
            ServiceOwnedBuckets.SYSTEMS_MANAGER,
            ServiceOwnedBuckets.AMAZON_LINUX,
        ),
        additional_statements: Mapping[str, Sequence[dict[str, Any]]] = _NO_STATEMENTS,
        waive: Iterable[Waiver] = (),
    ) -> None:
        region = region_of(scope, region)
        self._vpc_id, self._region, self._gateways = vpc_id, region, gateway_endpoints or ()
        self._subnets, self._clients = subnets or {}, clients or {}
        endpoints = requested(bundles, interface_endpoints)
        problems = [
            *argument_problems(
                vpc_id=vpc_id,
                region=region,
                route_table_ids=route_table_ids,
                perimeter=perimeter,
                gateway_endpoints=gateway_endpoints,
                bundles=bundles,
                interface_endpoints=interface_endpoints,
                service_owned_buckets=service_owned_buckets,
                additional_statements=additional_statements,
            ),
            *region_problems(scope, region),
            *self._interface_problems(scope, endpoints),
        ]
        if problems:
            raise ArgumentsError(f"VpcEndpoints {id_!r}", problems)
        super().__init__(scope, id_, region=region, waive=waive)
        services = ServiceStatements(perimeter, service_owned_buckets, eks_images=Bundle.EKS_PRIVATE in bundles)
        self._network = Network(
            scope=self,
            vpc_id=vpc_id,
            region=region,
            route_table_ids=tuple(route_table_ids or ()),
            subnets=self._subnets,
            clients=self._clients,
            policies=Policies(self, region, perimeter, services, additional_statements),
        )
        self.gateway_endpoints = {service: self._network.make_gateway(service) for service in gateway_endpoints}
        self.interface_endpoints: dict[str, Resource] = {}
        self.network_interface_count = 0
        for endpoint in endpoints:
            self._make(endpoint)

    def add_interface_endpoint(
        self,
        service: str,
        *,
        service_name: str | None = None,
        service_region: str | None = None,
        availability_zone_ids: Collection[str] | None = None,
        private_dns_enabled: bool | None = None,
        private_dns_only_for_inbound_resolver_endpoint: bool | None = None,
        policy: EndpointPolicy | None = None,
    ) -> Resource:
        """Add an interface endpoint that needs more arguments than its name in `interface_endpoints`.

        Args:
            service: name in the catalog, or, with `service_name`, the endpoint's part of its address.
            service_name: full name of a service that is not in the catalog or that belongs to another account.
            service_region: Region of the service if it is not the VPC's.
            availability_zone_ids: keys of `subnets` whose Availability Zones have the service; None is all.
                `aws ec2 describe-vpc-endpoint-services` lists the zones of a service.
            private_dns_enabled: whether the service's public name resolves to the endpoint; None enables private DNS
                if the service supports it.
            private_dns_only_for_inbound_resolver_endpoint: for S3 only. True and None leave the VPC's own traffic at
                the gateway endpoint; False routes all traffic through this endpoint.
            policy: None is `EndpointPolicy.PERIMETER`.

        Raises:
            ArgumentsError: see the class.
            DuplicateEndpointError: see the class.
        """
        endpoint = InterfaceEndpoint(
            service,
            service_name,
            service_region,
            availability_zone_ids,
            private_dns_enabled,
            private_dns_only_for_inbound_resolver_endpoint,
            policy,
        )
        if problems := self._interface_problems(self, [endpoint]):
            raise ArgumentsError(f"VpcEndpoints {self.node.id!r}", problems)
        return self._make(endpoint)

    @property
    def security_groups(self) -> dict[int, Resource]:
        """The `aws_security_group` of the interface endpoints, by TCP port."""
        return self._network.security_groups

    def cost_summary(self) -> str:
        """Return the billed resources in one line: `2 gateway endpoints, free; 3 interface endpoints with ...`."""
        return (
            f"{len(self.gateway_endpoints)} gateway endpoints, free; {len(self.interface_endpoints)} interface "
            f"endpoints with {self.network_interface_count} network interfaces, billed per hour and per GB"
        )

    def _interface_problems(self, scope: Construct, endpoints: Collection[InterfaceEndpoint]) -> list[str]:
        if not endpoints:
            return []
        own_problems = [
            problem
            for endpoint in endpoints
            for problem in interface_problems(
                endpoint, region=self._region, subnets=self._subnets, gateways=self._gateways
            )
        ]
        return [
            *network_problems(
                scope,
                region=self._region,
                subnets=self._subnets,
                clients=self._clients,
                private_dns_vpc_id=self._vpc_id if any(endpoint.has_private_dns for endpoint in endpoints) else None,
            ),
            *own_problems,
        ]

    def _make(self, endpoint: InterfaceEndpoint) -> Resource:
        resource = self._network.make_interface(endpoint, s3_gateway=self.gateway_endpoints.get("s3"))
        self.interface_endpoints[endpoint.id] = resource
        self.network_interface_count += len(endpoint.subnets_of(self._subnets))
        return resource
