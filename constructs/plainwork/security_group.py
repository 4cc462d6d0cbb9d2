"""A security group for what is connected to and never connects itself: one port, named sources, no egress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct


@dataclass(frozen=True)
class IngressSource:
    """Source of a security group ingress rule; set exactly one argument of `aws_vpc_security_group_ingress_rule`.

    Attributes:
        referenced_security_group_id: a security group (`sg-...`), the narrowest source.
        cidr_ipv4: a CIDR range such as `10.0.0.0/16`; not `0.0.0.0/0`.
        cidr_ipv6: a CIDR range such as `fd00::/8`; not `::/0`.
        prefix_list_id: the addresses of a prefix list (`pl-...`).
    """

    referenced_security_group_id: str | None = None
    cidr_ipv4: str | None = None
    cidr_ipv6: str | None = None
    prefix_list_id: str | None = None

    def arguments(self) -> dict[str, str]:
        """The arguments that are set."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def problems(self, name: str) -> Iterator[str]:
        """One sentence for each thing that EC2 would reject, and one for the whole internet."""
        if len(given := self.arguments()) != 1:
            yield f"{name} must have exactly one of {', '.join(asdict(self))}: got {given!r}"
        yield from _id_problems(name, given)
        yield from _network_problems(f"{name} cidr_ipv4", self.cidr_ipv4, IPv4Network)
        yield from _network_problems(f"{name} cidr_ipv6", self.cidr_ipv6, IPv6Network)


def source_problems(name: str, sources: Any) -> Iterator[str]:
    """One sentence for each thing that is wrong with named sources."""
    if not isinstance(sources, Mapping) or not sources:
        example = "{'web': IngressSource(referenced_security_group_id=...)}"
        yield f"{name} must name who may connect, as {example}: got {sources!r}"
        return
    for each, source in sources.items():
        if isinstance(source, IngressSource):
            yield from source.problems(f"{name}[{each!r}]")
        else:
            yield f"{name}[{each!r}] must be a IngressSource, as IngressSource(cidr_ipv4='10.0.0.0/16'): got {source!r}"


def make_security_group(
    scope: Construct,
    *,
    vpc_id: str,
    name: str,
    description: str,
    port: int,
    to_port: int | None = None,
    sources: Mapping[str, IngressSource],
) -> Resource:
    """Create a security group with one ingress rule for each source.

    Args:
        scope: the construct that contains both; the group gets its name.
        vpc_id: the VPC of the group.
        name: prefix of the group's name. EC2 cannot rename a group and cannot delete one in use, so Terraform creates
            the replacement first, under another name.
        description: purpose of the group.
        port: TCP port of the ingress rules.
        to_port: last port of a range; None for `port` alone.
        sources: source by name. The names are part of the addresses of the rules.
    """
    group = Resource(
        scope,
        "aws_security_group",
        name_prefix=f"{name}-",
        description=description,
        vpc_id=vpc_id,
        lifecycle={"create_before_destroy": True},
    )
    for each, source in sources.items():
        Resource(
            scope,
            "aws_vpc_security_group_ingress_rule",
            each,
            security_group_id=group["id"],
            description=f"{each} to port {port}" if to_port is None else f"{each} to ports {port} to {to_port}",
            ip_protocol="tcp",
            from_port=port,
            to_port=to_port or port,
            **source.arguments(),
        )
    return group


def client_egress_rule(
    scope: Construct,
    source: str,
    sources: Mapping[str, IngressSource],
    to: Resource,
    *,
    port: int,
    to_port: int | None = None,
) -> Resource:
    """Create the egress rule of a source: its security group may connect to another one.

    Security groups that Terraform creates have no egress rule.

    Args:
        scope: the construct that owns the security group; the name of the rule contains the name of the source.
        source: a name in `sources` whose source is a security group.
        sources: as for `make_security_group`.
        to: the `aws_security_group` to connect to.
        port: TCP port of the egress rule.
        to_port: last port of a range; None for `port` alone.

    Raises:
        ArgumentsError: `sources` has no such name, or its source is not a security group.
    """
    client = next((given.referenced_security_group_id for each, given in sources.items() if each == source), None)
    if client is None:
        known = [each for each, given in sources.items() if given.referenced_security_group_id]
        problem = f"source must name a security group of clients, which has {known}: got {source!r}"
        raise ArgumentsError(f"an egress rule to {type(scope).__name__} {scope.node.id!r}", [problem])
    return Resource(
        scope,
        "aws_vpc_security_group_egress_rule",
        source,
        security_group_id=client,
        description=f"{source} to {scope.node.id}",
        ip_protocol="tcp",
        from_port=port,
        to_port=to_port or port,
        referenced_security_group_id=to["id"],
    )


def _id_problems(name: str, given: Mapping[str, str]) -> Iterator[str]:
    for field, prefix in (("referenced_security_group_id", "sg"), ("prefix_list_id", "pl")):
        if field in given:
            yield from identifiers.resource_id_problems(f"{name} {field}", given[field], prefix)


def _network_problems(name: str, value: str | None, kind: type[IPv4Network | IPv6Network]) -> Iterator[str]:
    if value is None or scalars.is_reference(value):
        return
    try:
        network = kind(value)
    except ValueError as error:
        yield f"{name} must be a network whose address has no bits set after its prefix: {error}"
        return
    if network.prefixlen == 0:
        yield f"{name} must not be the whole internet: got {value!r}"
