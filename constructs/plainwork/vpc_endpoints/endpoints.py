"""VPC endpoints: gateway endpoints for S3 and DynamoDB, interface endpoints for other services, and their policies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.checks.scalars import member_of, members_of
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError
from plainwork.network import Network
from plainwork.terraform import Construct, DataSource, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.vpc_endpoints.addressing import Addressing
from plainwork.vpc_endpoints.arguments import argument_problems, endpoint_problems, requested
from plainwork.vpc_endpoints.catalog import Bundle, BundleName
from plainwork.vpc_endpoints.egress import egress_rules
from plainwork.vpc_endpoints.existing import ExistingVpcEndpoints
from plainwork.vpc_endpoints.interface import InterfaceEndpoint
from plainwork.vpc_endpoints.lattice import LATTICE_TYPES, LatticeEndpoint
from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
from plainwork.vpc_endpoints.policies import EndpointPolicy, Policies, PolicyName, ServiceStatements
from plainwork.vpc_endpoints.resources import EndpointResources
from plainwork.vpc_endpoints.service_owned import BucketsName, ServiceOwnedBuckets
from plainwork_core.aws.vpc_endpoints import HTTPS

if TYPE_CHECKING:
    from plainwork.clients import Client, Clients
    from plainwork_core.waivers import Waiver

_NO_STATEMENTS: Mapping[str, Any] = MappingProxyType({})


class VpcEndpoints(UniqueConstruct):
    """Gateway and interface endpoints of one VPC.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the resources' names: `private` for `aws_vpc_endpoint.private_s3`.
        network: VPC of the endpoints, the route tables that get routes to the gateway endpoints, and the subnets of the
            interface endpoints, one for each Availability Zone. Every interface endpoint has, and AWS bills, one
            network interface in each.
        perimeter: principals and resources that the endpoint policies allow: those of an organization (`o-...`), or of
            a list of accounts. No default, because AWS's own policy allows everything.
        trusted_resource_account_ids: accounts of additional resources, for example of partners, or of AWS registries
            such as that of the GuardDuty agent, whose account depends on the Region.
        gateway_endpoints: services with a gateway endpoint, which is free.
        clients: the security groups, networks and prefix lists that can connect to the interface endpoints.
        bundles: groups of interface endpoints, see `bundles()`: `ecr-pull`, `ecs-fargate`, `ssm-session`, `secrets`,
            `eks-private`.
        interface_endpoints: additional services with an interface endpoint, by their names in the catalog, see
            `services()`: `kms`, `ecr.api`.
        service_owned_buckets: AWS-owned buckets that the S3 endpoint policies allow: layers of ECR images, packages and
            baselines of Systems Manager, of Amazon Linux, of the CloudWatch and the CodeDeploy agent, of Image Builder.
        additional_statements: service names to statements of `plainwork.iam.allow`, added to the service's policies.
        region: Region of the VPC; by default that of the stack's provider.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that Terraform or AWS would reject, all in one error.
        DuplicateEndpointError: another endpoint of the app has the same private DNS name or route.

    Attributes:
        gateway_endpoints: the `aws_vpc_endpoint` of each gateway endpoint, by service.
        interface_endpoints: the `aws_vpc_endpoint` of each interface endpoint, by the last part of its address.
        network_interface_count: number of network interfaces of the interface endpoints; the account has a quota.
    """

    existing = ExistingVpcEndpoints

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: Network,
        perimeter: str | Sequence[str],
        trusted_resource_account_ids: Sequence[str] = (),
        gateway_endpoints: Collection[str] = ("s3", "dynamodb"),
        clients: Clients = (),
        bundles: Collection[BundleName] = (),
        interface_endpoints: Collection[str] = (),
        service_owned_buckets: Collection[BucketsName] = ("ecr-layers", "systems-manager", "amazon-linux"),
        additional_statements: Mapping[str, Sequence[dict[str, Any]]] = _NO_STATEMENTS,
        region: str | None = None,
        waive: Iterable[Waiver] = (),
    ) -> None:
        region = region_of(scope, region)
        own_bundles, buckets = members_of(bundles, Bundle), members_of(service_owned_buckets, ServiceOwnedBuckets)
        self._network, self._region, self._gateways, self._clients = network, region, gateway_endpoints or (), clients
        endpoints = requested(own_bundles, interface_endpoints)
        problems = [
            *argument_problems(
                network=network,
                region=region,
                perimeter=perimeter,
                trusted_resource_account_ids=trusted_resource_account_ids,
                gateway_endpoints=gateway_endpoints,
                bundles=own_bundles,
                interface_endpoints=interface_endpoints,
                service_owned_buckets=buckets,
                additional_statements=additional_statements,
            ),
            *region_problems(scope, region),
            *self._interface_problems(scope, endpoints),
        ]
        if problems:
            raise ArgumentsError(f"VpcEndpoints {id_!r}", problems)
        super().__init__(scope, id_, region=region, waive=waive)
        inside = EndpointPerimeter.of(perimeter, trusted_resource_account_ids)
        statements = ServiceStatements(inside, buckets, eks_images=Bundle.EKS_PRIVATE in own_bundles)
        policies = Policies(self, region, inside, statements, additional_statements)
        self._resources = EndpointResources(self, network, region, clients, policies)
        self.gateway_endpoints = {service: self._resources.make_gateway(service) for service in gateway_endpoints}
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
        policy: PolicyName | None = None,
        ip_address_type: str | None = None,
        dns_record_ip_type: str | None = None,
        ipv4_addresses: Mapping[str, str] | None = None,
        ipv6_addresses: Mapping[str, str] | None = None,
    ) -> Resource:
        """Add an interface endpoint that needs more arguments than its name in `interface_endpoints`.

        Args:
            service: name in the catalog, or, with `service_name`, the endpoint's part of its address.
            service_name: full name of a service that is not in the catalog or that belongs to another account.
            service_region: Region of the service if it is not the VPC's.
            availability_zone_ids: zones of the network that have the service; None is all.
                `aws ec2 describe-vpc-endpoint-services` lists the zones of a service.
            private_dns_enabled: whether the service's public name resolves to the endpoint; None enables private DNS
                if the service supports it.
            private_dns_only_for_inbound_resolver_endpoint: for S3 only. True and None leave the VPC's own traffic at
                the gateway endpoint; False routes all traffic through this endpoint.
            policy: `perimeter`, the default, or `full-access`, which allows everything, like AWS's own policy; the only
                one of services without endpoint policies.
            ip_address_type: `ipv4`, AWS's default, `ipv6` or `dualstack`; the subnets and the service must have both.
            dns_record_ip_type: the DNS records: that of `ip_address_type`, with `dualstack` also `service-defined`.
            ipv4_addresses: a fixed address in each zone: `{"euw1-az1": "10.0.1.10"}`. By default AWS selects them.
            ipv6_addresses: the same for IPv6.

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
            member_of(policy, EndpointPolicy),
            Addressing(ip_address_type, dns_record_ip_type, ipv4_addresses, ipv6_addresses),
        )
        if problems := self._interface_problems(self, [endpoint]):
            raise ArgumentsError(f"VpcEndpoints {self.node.id!r}", problems)
        return self._make(endpoint)

    def add_lattice_endpoint(
        self,
        id_: str,
        target: str | Resource | DataSource,
        *,
        port: int = HTTPS,
        private_dns_enabled: bool = True,
        private_dns_preference: str | None = None,
        private_dns_specified_domains: Sequence[str] = (),
    ) -> Resource:
        """Add an endpoint of VPC Lattice: for one resource, or for all services and resources of a service network.

        It has no endpoint policy: the share of the resource, or the auth policies of service network and services,
        decide who can connect.

        Args:
            id_: the endpoint's part of its address: `orders` for `aws_vpc_endpoint.private_orders`.
            target: an `aws_vpclattice_resource_configuration` or `aws_vpclattice_service_network`, or the ARN of one.
            port: the TCP port of the resource or the services.
            private_dns_enabled: whether custom domain names resolve to the endpoint.
            private_dns_preference: for which domains, with provider 6: `VERIFIED_DOMAINS_ONLY`, AWS's default,
                `ALL_DOMAINS`, `VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS` or `SPECIFIED_DOMAINS_ONLY`.
            private_dns_specified_domains: the domains of the last two.

        Raises:
            ArgumentsError: see the class.
        """
        arn, domains = attribute_of(target, "arn", *LATTICE_TYPES), tuple(private_dns_specified_domains)
        endpoint = LatticeEndpoint(id_, arn, port, private_dns_enabled, private_dns_preference, domains)
        if problems := [*client_problems("clients", self._clients), *endpoint.problems()]:
            raise ArgumentsError(f"VpcEndpoints {self.node.id!r}", problems)
        return self._add(endpoint.id, self._resources.make_lattice(endpoint), self._network.subnets)

    def client_egress_rules(self, client: Client) -> list[Resource]:
        """Create the egress rules of a client: to the interface endpoints that exist by now, and to the gateways.

        Args:
            client: one of `clients` that is a security group, or its name. Without interface endpoints any security
                group, or a construct that has one.

        Returns:
            The `aws_vpc_security_group_egress_rule` resources.

        Raises:
            ArgumentsError: the client is not a security group, or not one of `clients`.
        """
        groups = {port: group["id"] for port, group in self.security_groups.items()}
        prefix_lists = {service: gateway["prefix_list_id"] for service, gateway in self.gateway_endpoints.items()}
        clients = self._clients if groups else [client]
        return egress_rules(self, client, clients, groups, prefix_lists)

    @property
    def security_groups(self) -> dict[int, Resource]:
        """The `aws_security_group` of the interface endpoints, by TCP port."""
        return self._resources.security_groups

    def cost_summary(self) -> str:
        """Return the billed resources in one line: `2 gateway endpoints, free; 3 interface endpoints with ...`."""
        return (
            f"{len(self.gateway_endpoints)} gateway endpoints, free; {len(self.interface_endpoints)} interface "
            f"endpoints with {self.network_interface_count} network interfaces, billed per hour and per GB"
        )

    def _interface_problems(self, scope: Construct, endpoints: Collection[InterfaceEndpoint]) -> list[str]:
        return endpoint_problems(
            scope, endpoints, self._network, region=self._region, gateways=self._gateways, clients=self._clients
        )

    def _make(self, endpoint: InterfaceEndpoint) -> Resource:
        resource = self._resources.make_interface(endpoint, s3_gateway=self.gateway_endpoints.get("s3"))
        return self._add(endpoint.id, resource, endpoint.subnets_of(self._network.subnets))

    def _add(self, id_: str, resource: Resource, subnets: Mapping[str, str]) -> Resource:
        self.interface_endpoints[id_] = resource
        self.network_interface_count += len(subnets)
        return resource
