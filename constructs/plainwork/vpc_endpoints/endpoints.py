"""VPC endpoints: S3 and DynamoDB by gateway, other services by interface, with a perimeter around all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork.vpc_endpoints.arguments import argument_problems, network_problems, requested
from plainwork.vpc_endpoints.aws_owned import AwsOwnedBuckets
from plainwork.vpc_endpoints.bundles import Bundle
from plainwork.vpc_endpoints.interface import InterfaceEndpoint
from plainwork.vpc_endpoints.interface_problems import interface_problems
from plainwork.vpc_endpoints.network import Network
from plainwork.vpc_endpoints.policies import EndpointPolicy, Policies
from plainwork.vpc_endpoints.service_needs import ServiceNeeds

if TYPE_CHECKING:
    from plainwork.security_group import IngressSource
    from plainwork.vpc_endpoints.perimeter import EndpointPerimeter

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class VpcEndpoints(Construct):
    """The endpoints of one VPC.

    Args:
        scope: the stack that they are made in.
        id_: the first part of the resources' names: `private` makes `aws_vpc_endpoint.private_s3`.
        vpc_id: the VPC.
        region: the region of the VPC.
        route_table_ids: the route tables that get routes to the gateway endpoints.
        perimeter: whose principals may use the endpoints, for whose resources.
        gateway_endpoints: services with a gateway endpoint, which costs nothing.
        subnets: one subnet for each zone that interface endpoints are in, by Availability Zone id. Every interface
            endpoint takes, and costs, one network interface in each.
        clients: names to who may connect to interface endpoints.
        bundles: interface endpoints that belong together.
        interface_endpoints: other services with an interface endpoint, by the catalog's names: `kms`, `ecr.api`.
        aws_owned_buckets: buckets of AWS itself that can be read through the S3 endpoints.
        also_allow: service names to more statements of `plainwork.iam.allow` for its endpoints' policy.

    Raises:
        ArgumentsError: naming every argument that Terraform or AWS would reject.
        EndpointTakenError: another endpoint of the app has the private DNS name, or the route.

    Attributes:
        gateway_endpoints: the `aws_vpc_endpoint` of each service with a gateway.
        interface_endpoints: the `aws_vpc_endpoint` of each interface endpoint, by the last part of its address.
        network_interfaces: how many the interface endpoints take, which the account has a quota of.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        region: str,
        route_table_ids: Sequence[str],
        perimeter: EndpointPerimeter,
        gateway_endpoints: Collection[str] = ("s3", "dynamodb"),
        subnets: Mapping[str, str] | None = None,
        clients: Mapping[str, IngressSource] | None = None,
        bundles: Collection[Bundle] = (),
        interface_endpoints: Collection[str] = (),
        aws_owned_buckets: Collection[AwsOwnedBuckets] = (
            AwsOwnedBuckets.ECR_LAYERS,
            AwsOwnedBuckets.SYSTEMS_MANAGER,
            AwsOwnedBuckets.AMAZON_LINUX,
        ),
        also_allow: Mapping[str, Sequence[dict[str, Any]]] = _NOTHING,
    ) -> None:
        self._vpc_id, self._region, self._gateways = vpc_id, region, gateway_endpoints or ()
        self._subnets, self._allow_from = subnets or {}, clients or {}
        wanted = requested(bundles, interface_endpoints)
        problems = [
            *argument_problems(
                vpc_id=vpc_id,
                region=region,
                route_table_ids=route_table_ids,
                perimeter=perimeter,
                gateway_endpoints=gateway_endpoints,
                bundles=bundles,
                interface_endpoints=interface_endpoints,
                aws_owned_buckets=aws_owned_buckets,
                also_allow=also_allow,
            ),
            *self._interface_problems(scope, wanted),
        ]
        if problems:
            raise ArgumentsError(f"VpcEndpoints {id_!r}", problems)
        super().__init__(scope, id_)
        needs = ServiceNeeds(perimeter, aws_owned_buckets, eks_images=Bundle.EKS_PRIVATE in bundles)
        self._network = Network(
            scope=self,
            vpc_id=vpc_id,
            region=region,
            route_table_ids=tuple(route_table_ids or ()),
            subnets=self._subnets,
            clients=self._allow_from,
            policies=Policies(self, region, needs, also_allow),
        )
        self.gateway_endpoints = {service: self._network.make_gateway(service) for service in gateway_endpoints}
        self.interface_endpoints: dict[str, Resource] = {}
        self.network_interfaces = 0
        for endpoint in wanted:
            self._make(endpoint)

    def interface(
        self,
        service: str,
        *,
        service_name: str | None = None,
        service_region: str | None = None,
        zones: Collection[str] | None = None,
        private_dns_enabled: bool | None = None,
        private_dns_only_for_inbound_resolver_endpoint: bool | None = None,
        policy: EndpointPolicy | None = None,
    ) -> Resource:
        """One more interface endpoint, where a name in `interface_endpoints` does not say enough.

        Args:
            service: the catalog's name, or, with `service_name`, the endpoint's part of its address.
            service_name: the whole name of a service that the catalog does not have, or of another account.
            service_region: the region of the service, where it is another one than the VPC's.
            zones: the zone ids, of those in `subnets`, that the service has; None is all. It is in the answer of
                `aws ec2 describe-vpc-endpoint-services`.
            private_dns_enabled: whether it takes over the service's public name; None is yes, if it can.
            private_dns_only_for_inbound_resolver_endpoint: for S3: True, which None is too, leaves the VPC's own
                traffic to the gateway endpoint, False sends everything through this one.
            policy: None is the perimeter.

        Raises:
            ArgumentsError, EndpointTakenError: as when the construct is made.
        """
        endpoint = InterfaceEndpoint(
            service,
            service_name,
            service_region,
            zones,
            private_dns_enabled,
            private_dns_only_for_inbound_resolver_endpoint,
            policy,
        )
        if problems := self._interface_problems(self, [endpoint]):
            raise ArgumentsError(f"VpcEndpoints {self.node.id!r}", problems)
        return self._make(endpoint)

    @property
    def security_groups(self) -> dict[int, Resource]:
        """The `aws_security_group` of the interface endpoints, by the port that they answer on."""
        return self._network.security_groups

    @property
    def cost_line(self) -> str:
        """What AWS bills for, in words and counts: `2 gateway endpoints, free; 3 interface endpoints with ...`."""
        return (
            f"{len(self.gateway_endpoints)} gateway endpoints, free; {len(self.interface_endpoints)} interface "
            f"endpoints with {self.network_interfaces} network interfaces, billed for each hour and each GB"
        )

    def _interface_problems(self, scope: Construct, wanted: Collection[InterfaceEndpoint]) -> list[str]:
        if not wanted:
            return []
        found = [
            problem
            for endpoint in wanted
            for problem in interface_problems(
                endpoint, region=self._region, subnets=self._subnets, gateways=self._gateways
            )
        ]
        return [
            *network_problems(
                scope,
                region=self._region,
                subnets=self._subnets,
                clients=self._allow_from,
                private_dns_in=self._vpc_id if any(each.has_private_dns for each in wanted) else None,
            ),
            *found,
        ]

    def _make(self, endpoint: InterfaceEndpoint) -> Resource:
        made = self._network.make_interface(endpoint, after=self.gateway_endpoints.get("s3"))
        self.interface_endpoints[endpoint.id] = made
        self.network_interfaces += len(endpoint.subnets_of(self._subnets))
        return made
