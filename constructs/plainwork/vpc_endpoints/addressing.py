"""Addresses of the network interfaces of an endpoint, and the DNS records that it has for them.

https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

IP_ADDRESS_TYPES = {
    "ipv4": ("ipv4",),
    "ipv6": ("ipv6",),
    "dualstack": ("ipv4", "ipv6", "dualstack", "service-defined"),
}
"""The `dns_record_ip_type` that EC2 accepts with each `ip_address_type`:
https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.VpcEndpointDnsRecordIpType.html
"""


@frozen()
class Addressing:
    """Types of addresses and records, and fixed addresses; the fields are arguments of `add_interface_endpoint`."""

    ip_address_type: str | None = None
    dns_record_ip_type: str | None = None
    ipv4: Mapping[str, str] | None = None
    ipv6: Mapping[str, str] | None = None

    def subnet_configuration(self, subnets: Mapping[str, str]) -> list[dict[str, str]] | None:
        """Return the blocks with the fixed addresses of each subnet, by zone ID; None if no address is fixed."""
        by_name = {"ipv4": self.ipv4 or {}, "ipv6": self.ipv6 or {}}
        if not any(by_name.values()):
            return None
        return [
            {"subnet_id": subnet, **{name: addresses[zone] for name, addresses in by_name.items() if zone in addresses}}
            for zone, subnet in subnets.items()
        ]

    def problems(self, subnets: Mapping[str, str]) -> Iterator[str]:
        """Yield one sentence for each value that EC2 rejects; *subnets* are those of the endpoint, by zone ID."""
        if self.ip_address_type is not None:
            yield from scalars.choice_problems("ip_address_type", self.ip_address_type, IP_ADDRESS_TYPES)
        if self.dns_record_ip_type is not None:
            yield from scalars.choice_problems(
                "dns_record_ip_type",
                self.dns_record_ip_type,
                IP_ADDRESS_TYPES.get(str(self.ip_address_type), ("ipv4",)),
            )
        for version, name, addresses in ((4, "ipv4", self.ipv4), (6, "ipv6", self.ipv6)):
            if addresses is not None:
                yield from self._fixed_problems(version, f"{name}_addresses", addresses, subnets)

    def _fixed_problems(self, version: int, name: str, addresses: Any, subnets: Mapping[str, str]) -> Iterator[str]:
        if not isinstance(addresses, Mapping) or set(addresses) != set(subnets):
            yield f"{name} must have one address for each zone of the endpoint, {', '.join(subnets)}: got {addresses!r}"
            return
        if (self.ip_address_type or "ipv4") not in {f"ipv{version}", "dualstack"}:
            yield f"{name} needs ip_address_type 'ipv{version}' or 'dualstack': got {self.ip_address_type!r}"
        for zone, address in addresses.items():
            if not scalars.is_reference(address) and not _is_address(address, version):
                yield f"{name}[{zone!r}] must be an IPv{version} address: got {address!r}"


def _is_address(value: Any, version: int) -> bool:
    try:
        return isinstance(value, str) and ip_address(value).version == version
    except ValueError:
        return False
