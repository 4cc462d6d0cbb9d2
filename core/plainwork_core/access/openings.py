"""Network openings: ingress rules of security groups, and resources with a public address or endpoint.

https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import ip_network

from plainwork_core.access.names import Names
from plainwork_core.access.public_endpoints import EXPOSED_TYPES, exposures
from plainwork_core.frozen import frozen
from plainwork_core.model.connections import resolve_reference
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown, Value, blocks

INTERNET = ("0.0.0.0/0", "::/0")
_GROUP = "aws_security_group"
_GROUPS = (_GROUP, "aws_default_security_group")
_RULES: Mapping[str, Mapping[str, str]] = {
    "aws_security_group_rule": {
        "cidr_blocks": "cidr",
        "ipv6_cidr_blocks": "cidr",
        "prefix_list_ids": "prefix list",
        "source_security_group_id": "group",
        "self": "self",
    },
    "aws_vpc_security_group_ingress_rule": {
        "cidr_ipv4": "cidr",
        "cidr_ipv6": "cidr",
        "prefix_list_id": "prefix list",
        "referenced_security_group_id": "group",
    },
}
_INLINE: Mapping[str, str] = {
    "cidr_blocks": "cidr",
    "ipv6_cidr_blocks": "cidr",
    "prefix_list_ids": "prefix list",
    "security_groups": "group",
    "self": "self",
}
"""The arguments with sources of connections, by the kind of the source."""
_PROTOCOL = {"aws_vpc_security_group_ingress_rule": "ip_protocol"}
_PROTOCOLS = {"-1": "all", "all": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_WITH_PORTS = ("tcp", "udp")
_LAST_PORT = 65535


@frozen()
class Opening:
    """What may connect to a resource, or what is public of it.

    Args:
        source: a CIDR block, the address or ID of a security group, a prefix list; `0.0.0.0/0` of what is public.
        protocol: `tcp`, `udp`, ..., `all`; `""` of what is public.
        ports: the first and the last port; `None` if the protocol has none, or all are open.
        label: for people: `tcp 443`, `all traffic`, `function URL without authentication`.
        target: the address of the security group or resource.
        address: of the block with the rule.
        location: of the rule.
        unknown: why it is not known whether it exists; `""` otherwise.
    """

    source: str
    protocol: str
    ports: tuple[int, int] | None
    label: str
    target: str
    address: str
    location: Location
    unknown: str = ""

    @property
    def is_public(self) -> bool:
        """Whether the internet is its source."""
        return self.source in INTERNET

    def includes(self, other: Opening) -> bool:
        """Return whether it has the target of *other*, and accepts all that *other* does."""
        if self.target != other.target or bool(self.protocol) is not bool(other.protocol):
            return False
        if not self.protocol or self.unknown or other.unknown:
            same = (self.label, self.unknown) == (other.label, other.unknown)
            return same and _is_within(other.source, self.source)
        if self.protocol not in ("all", other.protocol):
            return False
        has_ports = self.ports is None or (
            other.ports is not None and self.ports[0] <= other.ports[0] and other.ports[1] <= self.ports[1]
        )
        return has_ports and _is_within(other.source, self.source)


def openings_of(stack: Stack, names: Names | None = None) -> tuple[Opening, ...]:
    """Return the openings of *stack*, in the order of the input."""
    reader = _Reader(stack, names or Names(stack))
    read: Mapping[str, Callable[[Resource], Iterator[Opening]]] = {
        **dict.fromkeys(_GROUPS, reader.of_group),
        **dict.fromkeys(_RULES, reader.of_rule),
        **dict.fromkeys(EXPOSED_TYPES, reader.of_exposed),
    }
    found = (opening for one in stack.managed() if one.type in read for opening in read[one.type](one))
    return tuple(dict.fromkeys(found))


class _Reader:
    def __init__(self, stack: Stack, names: Names) -> None:
        self.stack, self.names = stack, names

    def of_group(self, group: Resource) -> Iterator[Opening]:
        """Yield the openings of the `ingress` blocks of *group*."""
        target = self.names.renamed(group.address)
        for index, block in enumerate(blocks(group.values, "ingress")):
            path = f"ingress.{index}"
            if is_computed_by_provider(block):
                continue
            if isinstance(block, Unknown):
                yield Opening("", "all", None, "ingress", target, group.address, group.at(path), block.reason)
            else:
                yield from self._of_values(group, block, target, group.at(path))

    def of_rule(self, rule: Resource) -> Iterator[Opening]:
        """Yield the openings of a rule that is a resource."""
        if rule.type == "aws_security_group_rule" and rule.get("type") == "egress":
            return
        target = self._group(rule, rule.get("security_group_id"))
        yield from self._of_values(rule, rule.values, target, rule.location)

    def of_exposed(self, resource: Resource) -> Iterator[Opening]:
        """Yield what is public of *resource*."""
        target = self.names.renamed(resource.address)
        for exposure in exposures(self.stack, resource):
            location = resource.at(exposure.path)
            for source in exposure.sources:
                yield Opening(source, "", None, exposure.label, target, resource.address, location, exposure.unknown)

    def _of_values(
        self, owner: Resource, values: Mapping[str, Value], target: str, location: Location
    ) -> Iterator[Opening]:
        protocol, ports, label = _traffic(values, _PROTOCOL.get(owner.type, "protocol"))
        for argument, kind in _RULES.get(owner.type, _INLINE).items():
            for source in self._sources(owner, values.get(argument), kind, target):
                yield Opening(source, protocol, ports, label, target, owner.address, location)

    def _sources(self, owner: Resource, value: Value, kind: str, target: str) -> Iterator[str]:
        if kind == "self":
            if value is True:
                yield target
            return
        for member in value if isinstance(value, list) else [] if value is None else [value]:
            if kind == "group":
                yield self._group(owner, member)
            elif isinstance(member, (str, Unknown)):
                yield quote(member)

    def _group(self, owner: Resource, value: Value) -> str:
        if not isinstance(value, (str, Unknown)):
            return owner.address
        for type_ in _GROUPS:
            found = resolve_reference(owner, value, self.stack, type_, "id")
            if not isinstance(found, Unknown):
                return self.names.renamed(found.address)
        return quote(value)


def _traffic(values: Mapping[str, Value], protocol_argument: str) -> tuple[str, tuple[int, int] | None, str]:
    """Return protocol, ports and label of a rule."""
    found = values.get(protocol_argument)
    if isinstance(found, Unknown):
        return quote(found), None, f"protocol {quote(found)}"
    written = str(found).lower()
    protocol = _PROTOCOLS.get(written, written)
    first, last = values.get("from_port"), values.get("to_port")
    if protocol == "all":
        return protocol, None, "all traffic"
    if protocol not in _WITH_PORTS or (first, last) == (0, _LAST_PORT):
        return protocol, None, f"all {protocol}" if protocol in _WITH_PORTS else protocol
    numbers = [int(port) for port in (first, last) if isinstance(port, (int, float))]
    if len(numbers) < 2:  # noqa: PLR2004  a range has two ends
        texts = [quote(port) if isinstance(port, Unknown) else str(port) for port in (first, last)]
        return f"{protocol} {'-'.join(texts)}", None, f"{protocol} {'-'.join(dict.fromkeys(texts))}"
    ports = numbers[0], numbers[1]
    return protocol, ports, f"{protocol} {'-'.join(dict.fromkeys(map(str, ports)))}"


def _is_within(source: str, other: str) -> bool:
    if source == other:
        return True
    try:
        narrow, wide = ip_network(source, strict=False), ip_network(other, strict=False)
    except ValueError:
        return False
    return narrow.version == wide.version and narrow.subnet_of(wide)  # type: ignore[arg-type]  # of one version


def by_target(openings: Iterable[Opening]) -> dict[str, list[Opening]]:
    """Return *openings* by their target."""
    found: dict[str, list[Opening]] = {}
    for opening in openings:
        found.setdefault(opening.target, []).append(opening)
    return found
