"""A security group for a service: TCP ports open to named clients, and no egress rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.clients import SECURITY_GROUP, client_problems, client_sources, name_of
from plainwork.errors import ArgumentsError
from plainwork.terraform import Resource

if TYPE_CHECKING:
    from plainwork.clients import Client, Clients
    from plainwork.terraform import Construct


def make_security_group(
    scope: Construct,
    *,
    vpc_id: str,
    name: str,
    description: str,
    port: int,
    to_port: int | None = None,
    clients: Clients,
) -> Resource:
    """Return a security group, and one ingress rule for each client under the client's name.

    Args:
        scope: the construct that contains both; the address of the group consists of its ids.
        vpc_id: the VPC of the group.
        name: the first part of the group's name. EC2 cannot rename a group, and cannot delete one in use, so a new
            group is created first, under another name.
        description: purpose of the group. EC2 cannot change it.
        port: the TCP port, or the first of a range.
        to_port: the last port of a range; None means `port` alone.
        clients: valid clients, see `plainwork.clients.Clients`.
    """
    group = Resource(
        scope,
        "aws_security_group",
        name_prefix=f"{name}-",
        description=description,
        vpc_id=vpc_id,
        lifecycle={"create_before_destroy": True},
    )
    for client, (argument, value) in client_sources(clients).items():
        source: dict[str, Any] = {argument: value}
        Resource(
            scope,
            "aws_vpc_security_group_ingress_rule",
            client,
            security_group_id=group["id"],
            description=f"{client} to port {port}" if to_port is None else f"{client} to ports {port} to {to_port}",
            ip_protocol="tcp",
            from_port=port,
            to_port=to_port or port,
            **source,
        )
    return group


def client_egress_rule(
    scope: Construct,
    client: Client,
    clients: Clients,
    to: str,
    *,
    port: int,
    to_port: int | None = None,
) -> Resource:
    """Return an egress rule from the security group of a client to the group of the service.

    Security groups that Terraform creates have no egress rule, so the client cannot connect without it.

    Args:
        scope: the construct of the service; the address of the rule ends in the client's name.
        client: one of `clients` that is a security group, or its name.
        clients: see `make_security_group`.
        to: the ID of the security group of the service.
        port: the TCP port, or the first of a range.
        to_port: the last port of a range; None means `port` alone.

    Raises:
        ArgumentsError: there is no such client, or it is not a security group.
    """
    only = one_client(scope, client, clients)
    return egress_rule(scope, only, {SECURITY_GROUP: to}, port=port, to_port=to_port)


def egress_rule_to_existing(
    scope: Construct, client: Client, to: str | None, *, missing: str, port: int, to_port: int | None = None
) -> Resource:
    """Return an egress rule to the group of a service that exists, of which it is not known what it admits.

    Args:
        scope: the construct of the service.
        client: a security group, or a construct that has one.
        to: the ID of the security group of the service; None if it is not known.
        missing: the problem of an unknown group.
        port: the TCP port, or the first of a range.
        to_port: the last port of a range; None means `port` alone.

    Raises:
        ArgumentsError: the client is not a security group, or that of the service is not known.
    """
    problems = [*client_problems("client", [client]), *([missing] if to is None else [])]
    if to is None or problems:
        raise ArgumentsError(f"egress rule to {type(scope).__name__} {scope.node.id!r}", problems)
    return client_egress_rule(scope, client, [client], to, port=port, to_port=to_port)


def one_client(scope: Construct, client: Client, clients: Clients) -> Clients:
    """Return one of the clients by its name.

    Args:
        scope: the construct of the service.
        client: one of `clients` that is a security group, or its name.
        clients: valid clients.

    Raises:
        ArgumentsError: there is no such client, or it is not a security group.
    """
    sources = client_sources(clients)
    name = client if isinstance(client, str) and client in sources else name_of(client)
    groups = [other for other, (argument, _) in sources.items() if argument == SECURITY_GROUP]
    if name not in groups:
        rule = f"client must be one of the clients that are security groups, {groups}"
        problem = f"{rule}: got {client!r}; add it to `clients`"
        raise ArgumentsError(f"egress rule to {type(scope).__name__} {scope.node.id!r}", [problem])
    return {name: dict([sources[name]])}


def egress_rule(
    scope: Construct,
    clients: Clients,
    to: dict[str, str],
    *,
    port: int,
    to_port: int | None = None,
    suffix: str | None = None,
) -> Resource:
    """Return an egress rule from the security group of a client.

    Args:
        scope: the construct of the service.
        clients: one client, see `one_client`.
        to: the destination, an argument of `aws_vpc_security_group_egress_rule`.
        port: the TCP port, or the first of a range.
        to_port: the last port of a range; None means `port` alone.
        suffix: the last part of the address, after the client's name; None if there is one rule for the client.
    """
    arguments: dict[str, Any] = dict(to)
    ((name, (_, group)),) = client_sources(clients).items()
    return Resource(
        scope,
        "aws_vpc_security_group_egress_rule",
        "_".join(filter(None, (name, suffix))),
        security_group_id=group,
        description=" ".join(filter(None, (name, "to", scope.node.id, suffix))),
        ip_protocol="tcp",
        from_port=port,
        to_port=to_port or port,
        **arguments,
    )
