"""Endpoints that another stack or a person created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.attributes import attribute_of
from plainwork.checks import identifiers
from plainwork.errors import ArgumentsError
from plainwork.roles import to_identifier
from plainwork.terraform import Construct, DataSource, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.vpc_endpoints.catalog import service_problems
from plainwork.vpc_endpoints.egress import egress_rules
from plainwork_core.aws.vpc_endpoints import HTTPS, services

if TYPE_CHECKING:
    from collections.abc import Collection

    from plainwork.clients import Client


class ExistingVpcEndpoints(UniqueConstruct):
    """Existing endpoints: the egress rules of clients to them.

    It is not known which services have an endpoint, what their policies allow, whether they have private DNS, which
    clients their security group admits, and which route tables have routes to the gateway endpoints.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the resources' names: `private` for `aws_vpc_security_group_egress_rule.private_tasks`.
        security_group_id: the security group of the interface endpoints: ID, resource or data source; None if clients
            need gateway endpoints only.
        gateway_endpoints: the services with a gateway endpoint.
        region: Region of the VPC; by default that of the stack's provider.

    Raises:
        ArgumentsError: arguments that Terraform or AWS would reject, all in one error.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        security_group_id: str | Resource | DataSource | None = None,
        gateway_endpoints: Collection[str] = ("s3", "dynamodb"),
        region: str | None = None,
    ) -> None:
        region = region_of(scope, region)
        group = attribute_of(security_group_id, "id", "aws_security_group")
        gateways = [gateway_endpoints] if isinstance(gateway_endpoints, str) else gateway_endpoints or ()
        problems = [
            *region_problems(scope, region),
            *(identifiers.resource_id_problems("security_group_id", group, "sg") if group is not None else ()),
            *(problem for name in gateways for problem in service_problems("gateway_endpoints", name, "Gateway")),
        ]
        if problems:
            raise ArgumentsError(f"ExistingVpcEndpoints {id_!r}", problems)
        super().__init__(scope, id_, region=region)
        self._security_groups: dict[int, str] = {} if group is None else {HTTPS: group}
        self._prefix_lists = {service: self._prefix_list(service, region) for service in gateways}

    def client_egress_rules(self, client: Client) -> list[Resource]:
        """Create the egress rules of a client to the endpoints; whether these admit it is not known.

        Args:
            client: a security group, or a construct that has one.

        Raises:
            ArgumentsError: the client is not a security group.
        """
        return egress_rules(self, client, [client], self._security_groups, self._prefix_lists)

    def _prefix_list(self, service: str, region: str) -> str:
        name = services()[service].name_in(region, "Gateway")
        return DataSource(self, "aws_prefix_list", to_identifier(service), name=name)["id"]
