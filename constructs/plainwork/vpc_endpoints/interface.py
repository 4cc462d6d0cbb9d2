"""One interface endpoint as it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.roles import to_identifier
from plainwork_core.aws.vpc_endpoints import HTTPS, Service, services

if TYPE_CHECKING:
    from plainwork.vpc_endpoints.policies import EndpointPolicy

ONLY_INBOUND = "private_dns_only_for_inbound_resolver_endpoint"


@dataclass(frozen=True)
class InterfaceEndpoint:
    """What was asked for; the fields are the arguments of `VpcEndpoints.interface`."""

    service: str
    service_name: str | None = None
    service_region: str | None = None
    zones: Collection[str] | None = None
    private_dns_enabled: bool | None = None
    private_dns_only_for_inbound_resolver_endpoint: bool | None = None
    policy: EndpointPolicy | None = None

    @property
    def known(self) -> Service | None:
        """The catalog's row; None where the whole name is given."""
        return None if self.service_name else services().get(str(self.service))

    @property
    def id(self) -> str:
        """The endpoint's part of its address: `ecr_dkr`."""
        return to_identifier(self.words)

    @property
    def words(self) -> str:
        """The endpoint as part of a name: `ecr.dkr`; beside a gateway endpoint `s3-interface`."""
        has_gateway = self.known is not None and "Gateway" in self.known.kinds
        return "-".join(filter(None, (self.service, "interface" if has_gateway else None, self.service_region)))

    @property
    def port(self) -> int:
        """That it answers on."""
        return self.known.port if self.known else HTTPS

    @property
    def has_private_dns(self) -> bool:
        """Whether it takes over the service's public name."""
        if self.private_dns_enabled is not None:
            return self.private_dns_enabled
        return self.known is not None and self.known.private_dns is not False

    @property
    def is_behind_gateway(self) -> bool:
        """Whether its private DNS is for Resolver endpoints only, which needs S3's gateway endpoint in the VPC.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns-s3
        """
        return self.has_s3_options and self.private_dns_only_for_inbound_resolver_endpoint is not False

    @property
    def dns_options(self) -> dict[str, bool] | None:
        """Always said for S3, because what AWS and the provider do without is not the same in every version."""
        return {ONLY_INBOUND: self.is_behind_gateway} if self.has_s3_options else None

    @property
    def has_s3_options(self) -> bool:
        """Whether its private DNS has the option that only S3's has."""
        return self.known is not None and self.service == "s3" and self.has_private_dns and not self.service_region

    def name_in(self, region: str) -> str:
        """The `service_name`, from a VPC of a region."""
        if self.service_name:
            return self.service_name
        return services()[self.service].name_in(self.service_region or region)

    def subnets_of(self, subnets: Mapping[str, str]) -> dict[str, str]:
        """The subnets that it is in, of those of the construct."""
        return {zone: id_ for zone, id_ in subnets.items() if self.zones is None or zone in self.zones}

    def arguments(self) -> dict[str, Any]:
        """What goes into the resource besides names and ids."""
        return {
            "service_region": self.service_region,
            "private_dns_enabled": self.has_private_dns,
            "dns_options": self.dns_options,
        }
