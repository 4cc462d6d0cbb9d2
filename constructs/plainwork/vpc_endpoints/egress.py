"""Egress rules of clients: a security group that Terraform creates has none, so its members cannot connect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.roles import to_identifier
from plainwork.security_group import egress_rule, one_client
from plainwork_core.aws.vpc_endpoints import HTTPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.clients import Client, Clients
    from plainwork.terraform import Construct, Resource


def egress_rules(
    scope: Construct,
    client: Client,
    clients: Clients,
    security_groups: Mapping[int, str],
    prefix_lists: Mapping[str, str],
) -> list[Resource]:
    """Return the egress rules of one client.

    Args:
        scope: the construct of the endpoints; the address of a rule ends in the client's name and the destination.
        client: one of the clients that is a security group, or its name.
        clients: see `plainwork.clients.Clients`.
        security_groups: the security group of the interface endpoints, by port.
        prefix_lists: the prefix list of each gateway endpoint, by service.
    """
    only = one_client(scope, client, clients)
    to_interfaces = [
        egress_rule(
            scope,
            only,
            {"referenced_security_group_id": group},
            suffix=None if port == HTTPS else str(port),
            port=port,
        )
        for port, group in security_groups.items()
    ]
    to_gateways = [
        egress_rule(scope, only, {"prefix_list_id": prefix_list}, suffix=to_identifier(service), port=HTTPS)
        for service, prefix_list in prefix_lists.items()
    ]
    return [*to_interfaces, *to_gateways]
