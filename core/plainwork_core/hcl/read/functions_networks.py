"""Terraform's functions on CIDR prefixes.

See https://developer.hashicorp.com/terraform/language/functions/cidrsubnet and its neighbors, and of OpenTofu
https://opentofu.org/docs/language/functions/cidrcontains/. An IPv4 address that is
written as an IPv6 address is not evaluated: Go and Python write it in different ways.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from plainwork_core.hcl.read.conversions import to_integer, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.signature import Function

Network = IPv4Network | IPv6Network

_PREFIX = re.compile(r"[0-9a-fA-F.:]+/(0|[1-9][0-9]{0,2})")
_LEADING_ZERO = re.compile(r"(^|[./])0[0-9]")
_LARGEST_EXTENSION = 32
_LENGTHS = (32, 128)


def _network(prefix: str) -> Network:
    if ":" not in prefix and _LEADING_ZERO.search(prefix):
        raise Unsupported("on numbers with leading zeros")
    try:
        found = ip_network(prefix if _PREFIX.fullmatch(prefix) else "", strict=False)
    except ValueError:
        raise Rejected(f"`{prefix}` is not a CIDR prefix, such as `10.0.0.0/16`") from None
    _text(found.network_address)
    return found


def _text(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        raise Unsupported("on IPv4 addresses in IPv6")
    return str(address)


def _subnet(network: Network, first: int, length: int) -> str:
    """Return the subnet of *length* bits whose first address is *first* as a number."""
    return f"{_text(type(network.network_address)(first))}/{length}"


def _cidrhost(prefix: str, number: int) -> str:
    network = _network(prefix)
    if not -network.num_addresses <= number < network.num_addresses:
        raise Rejected(f"`{prefix}` has no host {number}")
    return _text(network[number])


def _cidrnetmask(prefix: str) -> str:
    network = _network(prefix)
    if isinstance(network, IPv6Network):
        raise Rejected("an IPv6 prefix has no netmask")
    return str(network.netmask)


def _cidrsubnet(prefix: str, new_bits: int, number: int) -> str:
    network = _network(prefix)
    if new_bits < 0 or number < 0:
        raise Unsupported("on negative numbers")
    length = network.prefixlen + new_bits
    if length > network.max_prefixlen or number >> new_bits:
        raise Rejected(f"`{prefix}` has no subnet {number} with {new_bits} more bits")
    first = int(network.network_address) + (number << (network.max_prefixlen - length))
    return _subnet(network, first, length)


def _cidrsubnets(prefix: str, *new_bits: int) -> list[str]:
    network = _network(prefix)
    free = int(network.network_address)
    if new_bits and not free:
        raise Rejected(f"Terraform cannot divide `{prefix}`, which begins at address zero")
    found: list[str] = []
    for bits in new_bits:
        length = network.prefixlen + bits
        if not 1 <= bits <= _LARGEST_EXTENSION or length > network.max_prefixlen:
            raise Rejected(f"`{prefix}` cannot have {bits} more bits")
        size = 1 << (network.max_prefixlen - length)
        first = -(-free // size) * size  # the next multiple of the size
        free = first + size
        if free > int(network.broadcast_address) + 1:
            raise Rejected(f"`{prefix}` has no space for the subnet with {bits} more bits")
        found.append(_subnet(network, first, length))
    return found


def _cidrcontains(prefix: str, contained: str) -> bool:
    length = "" if "/" in contained else f"/{_LENGTHS[':' in contained]}"
    outer, inner = _network(prefix), _network(contained + length)
    if outer.version != inner.version:
        raise Rejected(f"`{prefix}` and `{contained}` are of different versions of IP")
    return outer.prefixlen <= inner.prefixlen and inner.network_address in outer


FUNCTIONS = {
    "cidrcontains": Function(_cidrcontains, (to_text, to_text)),
    "cidrhost": Function(_cidrhost, (to_text, to_integer)),
    "cidrnetmask": Function(_cidrnetmask, (to_text,)),
    "cidrsubnet": Function(_cidrsubnet, (to_text, to_integer, to_integer)),
    "cidrsubnets": Function(_cidrsubnets, (to_text,), rest=to_integer),
}
