"""A security group for a service: TCP ports open to named clients, and no egress rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Resource
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct


@frozen()
class IngressSource:
    """Source of a security group ingress rule; set exactly one argument.

    The names are those of `aws_vpc_security_group_ingress_rule`.

    Attributes:
        referenced_security_group_id: the members of a security group (`sg-...`), the narrowest source.
        cidr_ipv4: an IPv4 network, such as `10.0.0.0/16`; not `0.0.0.0/0`.
        cidr_ipv6: an IPv6 network, such as `fd00::/8`; not `::/0`.
        prefix_list_id: the networks of a prefix list (`pl-...`).
    """

    referenced_security_group_id: str | None = None
    cidr_ipv4: str | None = None
    cidr_ipv6: str | None = None
    prefix_list_id: str | None = None

    def arguments(self) -> dict[str, Any]:
        """Return the argument that is set, by Terraform's name."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def problems(self, name: str) -> Iterator[str]:
        """Yield one sentence for each value that EC2 would reject, and for a source that is the whole internet.

        Args:
            name: of the source, for the message.
        """
        if len(given := self.arguments()) != 1:
            yield f"{name} must have exactly one of {', '.join(asdict(self))}: got {given!r}"
        yield from _id_problems(name, given)
        yield from _network_problems(f"{name}.cidr_ipv4", self.cidr_ipv4, IPv4Network)
        yield from _network_problems(f"{name}.cidr_ipv6", self.cidr_ipv6, IPv6Network)


def client_problems(name: str, clients: Any) -> Iterator[str]:
    """Yield one sentence for each reason why clients are not valid.

    Args:
        name: of the argument, for the message.
        clients: sources by client name.
    """
    if not isinstance(clients, Mapping) or not clients:
        example = "{'web': IngressSource(referenced_security_group_id='sg-...')}"
        yield f"{name} must have at least one source by client name, such as {example}: got {clients!r}"
        return
    for client, source in clients.items():
        if isinstance(source, IngressSource):
            yield from source.problems(f"{name}[{client!r}]")
        else:
            example = "IngressSource(cidr_ipv4='10.0.0.0/16')"
            yield f"{name}[{client!r}] must be an IngressSource, such as {example}: got {source!r}"


def make_security_group(
    scope: Construct,
    *,
    vpc_id: str,
    name: str,
    description: str,
    port: int,
    to_port: int | None = None,
    clients: Mapping[str, IngressSource],
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
        clients: sources by client name. The names are part of the rules' addresses.
    """
    group = Resource(
        scope,
        "aws_security_group",
        name_prefix=f"{name}-",
        description=description,
        vpc_id=vpc_id,
        lifecycle={"create_before_destroy": True},
    )
    for client, source in clients.items():
        Resource(
            scope,
            "aws_vpc_security_group_ingress_rule",
            client,
            security_group_id=group["id"],
            description=f"{client} to port {port}" if to_port is None else f"{client} to ports {port} to {to_port}",
            ip_protocol="tcp",
            from_port=port,
            to_port=to_port or port,
            **source.arguments(),
        )
    return group


def client_egress_rule(
    scope: Construct,
    client: str,
    clients: Mapping[str, IngressSource],
    to: Resource,
    *,
    port: int,
    to_port: int | None = None,
) -> Resource:
    """Return an egress rule from the security group of a client to the group of the service.

    Security groups that Terraform creates have no egress rule, so the client cannot connect without it.

    Args:
        scope: the construct of the service; the address of the rule ends in the client's name.
        client: a name in `clients` whose source is a security group.
        clients: see `make_security_group`.
        to: the `aws_security_group` of the service.
        port: the TCP port, or the first of a range.
        to_port: the last port of a range; None means `port` alone.

    Raises:
        ArgumentsError: there is no such client, or its source is not a security group.
    """
    groups = {name: source.referenced_security_group_id for name, source in clients.items()}
    group = groups.get(client)
    if group is None:
        known = [name for name, id_ in groups.items() if id_]
        problem = f"client must have a security group as source, as {known} have: got {client!r}"
        raise ArgumentsError(f"egress rule to {type(scope).__name__} {scope.node.id!r}", [problem])
    return Resource(
        scope,
        "aws_vpc_security_group_egress_rule",
        client,
        security_group_id=group,
        description=f"{client} to {scope.node.id}",
        ip_protocol="tcp",
        from_port=port,
        to_port=to_port or port,
        referenced_security_group_id=to["id"],
    )


def _id_problems(name: str, given: Mapping[str, str]) -> Iterator[str]:
    for argument, prefix in (("referenced_security_group_id", "sg"), ("prefix_list_id", "pl")):
        if argument in given:
            yield from identifiers.resource_id_problems(f"{name}.{argument}", given[argument], prefix)


def _network_problems(name: str, value: str | None, kind: type[IPv4Network | IPv6Network]) -> Iterator[str]:
    if value is None or scalars.is_reference(value):
        return
    try:
        network = kind(value)
    except ValueError as error:
        yield f"{name} must be a network without host bits: {error}"
        return
    if network.prefixlen == 0:
        yield f"{name} must not be the whole internet: got {value!r}"
