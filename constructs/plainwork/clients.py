"""Clients of a service: security groups, networks and prefix lists that its security group admits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.roles import to_identifier
from plainwork.terraform import Construct, DataSource, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

Client = str | Resource | DataSource | Construct | Mapping[str, str]
"""A source of connections.

- a security group: `aws_security_group` as resource, data source or ID, or a construct with the attribute
  `security_group`;
- a network, such as `10.0.0.0/16` or `fd00::/8`, but not the whole internet;
- a prefix list: a resource, a data source, or its ID;
- for a reference whose type is not in it, such as that to a variable, one argument of
  `aws_vpc_security_group_ingress_rule`: `{"referenced_security_group_id": "${var.group}"}`.
"""
Clients = Iterable[Client] | Mapping[str, Client]
"""Clients in a list, which are named after their resource, construct, ID or network, or clients by name.

The names are part of the addresses of the rules.
"""

SECURITY_GROUP = "referenced_security_group_id"
_PREFIX_LIST = "prefix_list_id"
_GROUP_TYPES = ("aws_security_group", "aws_default_security_group")
_LIST_TYPES = ("aws_ec2_managed_prefix_list", "aws_prefix_list")
_ARGUMENTS = (SECURITY_GROUP, "cidr_ipv4", "cidr_ipv6", _PREFIX_LIST)
_OTHERS = f"or with {', '.join(map(repr, _ARGUMENTS[1:-1]))} or {_ARGUMENTS[-1]!r}"
_REFERENCE = re.compile(r"\$\{(?:data\.)?(?P<type>\w+)\.(?P<name>[\w-]+)(?:\[[^]]*\])?\.(?P<attribute>\w+)\}")
_REFERENCES = {
    **{(type_, "id"): SECURITY_GROUP for type_ in _GROUP_TYPES},
    **{(type_, "id"): _PREFIX_LIST for type_ in _LIST_TYPES},
    ("aws_vpc", "cidr_block"): "cidr_ipv4",
    ("aws_subnet", "cidr_block"): "cidr_ipv4",
    ("aws_vpc", "ipv6_cidr_block"): "cidr_ipv6",
    ("aws_subnet", "ipv6_cidr_block"): "cidr_ipv6",
}
"""The argument of an ingress rule for a reference, by its type and attribute."""
_FORMS = "a security group, a construct that has one, a network such as '10.0.0.0/16', or a prefix list"


def client_sources(clients: Clients) -> dict[str, tuple[str, str]]:
    """Return argument and value of `aws_vpc_security_group_ingress_rule` for each valid client, by its name."""
    return {name: next(iter(source.items())) for name, client in _named(clients) if (source := _source(client))}


def client_problems(name: str, clients: Any) -> Iterator[str]:
    """Yield one sentence for each reason why clients are not valid.

    Args:
        name: of the argument, for the message.
        clients: see `Clients`.
    """
    if isinstance(clients, str) or not isinstance(clients, Iterable) or not (named := list(_named(clients))):
        yield f"{name} must be a list of clients, or clients by name, each {_FORMS}: got {clients!r}"
        return
    names: dict[str, Any] = {}
    for own, client in named:
        if own in names:
            yield f"{name}: {names[own]!r} and {client!r} both have the name {own!r}: give clients by name"
        names[own] = client
        yield from _problems(f"{name}[{own!r}]", client)


def name_of(client: Client) -> str:
    """Return the name of a client in a list: that of its resource or construct, or its ID or network as identifier."""
    if isinstance(client, Resource | DataSource):
        return client.friendly_unique_id
    if isinstance(client, Construct):
        return client.node.id
    if isinstance(client, str) and (reference := _REFERENCE.fullmatch(client)):
        return reference["name"]
    return to_identifier(str(client))


def _named(clients: Clients) -> Iterable[tuple[str, Client]]:
    return clients.items() if isinstance(clients, Mapping) else [(name_of(client), client) for client in clients]


def _source(client: Any) -> dict[str, str] | None:
    """Return the argument of an ingress rule; None if the value is not a client."""
    if isinstance(client, Mapping):
        return dict(client)
    if isinstance(client, Construct) and not isinstance(client, Resource | DataSource):
        client = getattr(client, "security_group", None)
    client = attribute_of(client, "id", *_GROUP_TYPES, *_LIST_TYPES)
    argument = _argument(client) if isinstance(client, str) else None
    return {argument: client} if argument else None


def _argument(value: str) -> str | None:
    if reference := _REFERENCE.fullmatch(value):
        return _REFERENCES.get((reference["type"], reference["attribute"]))
    if scalars.is_reference(value):
        return None
    for prefix, argument in (("sg-", SECURITY_GROUP), ("pl-", _PREFIX_LIST)):
        if value.startswith(prefix):
            return argument
    return ("cidr_ipv6" if ":" in value else "cidr_ipv4") if "/" in value else None


def _problems(name: str, client: Any) -> Iterator[str]:
    source = _source(client)
    if source is None:
        is_unknown = isinstance(client, str) and scalars.is_reference(client)
        hint = f"; give a reference of another type as {{{SECURITY_GROUP!r}: ...}}, {_OTHERS}" if is_unknown else ""
        yield f"{name} must be {_FORMS}{hint}: got {client!r}"
        return
    if len(source) != 1 or (argument := next(iter(source))) not in _ARGUMENTS:
        yield f"{name} must have exactly one of {', '.join(_ARGUMENTS)}: got {source!r}"
        return
    match argument:
        case "referenced_security_group_id":
            yield from identifiers.resource_id_problems(name, source[argument], "sg")
        case "prefix_list_id":
            yield from identifiers.resource_id_problems(name, source[argument], "pl")
        case _:
            yield from _network_problems(name, source[argument], version=int(argument[-1]))


def _network_problems(name: str, value: Any, *, version: int) -> Iterator[str]:
    if scalars.is_reference(value):
        return
    try:
        network = ip_network(value)
    except ValueError as error:
        yield f"{name} must be a network without host bits: {error}"
        return
    if network.version != version:
        yield f"{name} must be an IPv{version} network: got {value!r}"
    elif network.prefixlen == 0:
        yield f"{name} must not be the whole internet: got {value!r}"
