"""One interface endpoint as it is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plainwork.checks import aws
from plainwork.iam import partition
from plainwork.roles import identifier
from plainwork.vpc_endpoints.catalogue import HTTPS, Service, service_problems, services
from plainwork.vpc_endpoints.policies import EndpointPolicy

_SERVICE_NAME = re.compile(r"[a-z0-9-]+(\.[\w-]+){2,}")
_ONLY_INBOUND = "private_dns_only_for_inbound_resolver_endpoint"


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
        """The catalogue's row; None where the whole name is given."""
        return None if self.service_name else services().get(self.service)

    @property
    def id(self) -> str:
        """The endpoint's part of its address: `ecr_dkr`."""
        return identifier(self.words)

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
        return self._has_s3_options and self.private_dns_only_for_inbound_resolver_endpoint is not False

    @property
    def dns_options(self) -> dict[str, bool] | None:
        """Always said for S3, because what AWS and the provider do without is not the same in every version."""
        return {_ONLY_INBOUND: self.is_behind_gateway} if self._has_s3_options else None

    @property
    def _has_s3_options(self) -> bool:
        return self.known is not None and self.service == "s3" and self.has_private_dns and not self.service_region

    def name_in(self, region: str) -> str:
        """The `service_name`, from a VPC of a region."""
        if self.service_name:
            return self.service_name
        return services()[self.service].name_in(self.service_region or region)

    def subnets_of(self, subnets: Mapping[str, str]) -> dict[str, str]:
        """The subnets that it is in, of those of the construct."""
        return {zone: id_ for zone, id_ in subnets.items() if self.zones is None or zone in self.zones}

    def problems(self, region: str, subnets: Mapping[str, str], gateways: Collection[str]) -> Iterator[str]:
        """One sentence for each thing that AWS would reject, or that nobody has said."""
        if self.service_name is None:
            yield from service_problems("service", self.service, "Interface")
        else:
            yield from self._unknown_problems()
        if self.known:
            yield from self._catalogue_problems(self.known)
        yield from self._zone_problems(subnets)
        yield from self._region_problems(region)
        yield from self._s3_problems(gateways)

    def _unknown_problems(self) -> Iterator[str]:
        if not aws.is_reference(self.service_name) and not _SERVICE_NAME.fullmatch(str(self.service_name)):
            example = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
            yield f"service_name must be a whole name, as {example!r}: got {self.service_name!r}"
        for field in ("private_dns_enabled", "policy"):
            if getattr(self, field) is None:
                yield f"{field} must be given with service_name, because the catalogue does not know the service"

    def _catalogue_problems(self, known: Service) -> Iterator[str]:
        if self.private_dns_enabled and known.private_dns is False:
            yield f"private_dns_enabled must be left out: {self.service} has no private DNS"
        if known.endpoint_policy is False and self.policy is not EndpointPolicy.FULL_ACCESS:
            yield (
                f"policy: {self.service} takes no endpoint policy, so AWS lets everything through; if you want that, "
                f"say so: interface({self.service!r}, policy=EndpointPolicy.FULL_ACCESS)"
            )
        if self.policy is not None:
            yield from aws.member("policy", self.policy, EndpointPolicy)

    def _zone_problems(self, subnets: Mapping[str, str]) -> Iterator[str]:
        if self.zones is None:
            return
        if isinstance(self.zones, str) or not self.zones or not set(self.zones) <= set(subnets):
            yield f"zones must be some of the zone ids of subnets, {', '.join(subnets)}: got {self.zones!r}"

    def _region_problems(self, region: str) -> Iterator[str]:
        if self.service_region is None:
            return
        yield from aws.region("service_region", self.service_region)
        if self.known and not self.known.cross_region:
            able = ", ".join(sorted(name for name, each in services().items() if each.cross_region))
            yield f"service_region: {self.service} cannot be reached in another region; these can: {able}"
        if self.service_region == region:
            yield f"service_region must be another region than {region!r}, or be left out"
        elif partition(self.service_region) != partition(region):
            yield f"service_region must be of partition {partition(region)!r}, the VPC's: got {self.service_region!r}"

    def _s3_problems(self, gateways: Collection[str]) -> Iterator[str]:
        if self.private_dns_only_for_inbound_resolver_endpoint is not None and not self._has_s3_options:
            yield f"{_ONLY_INBOUND} is for s3 with private DNS in the VPC's own region: leave it out"
        if self.is_behind_gateway and "s3" not in gateways:
            yield (
                f"{_ONLY_INBOUND} needs the s3 gateway endpoint in the VPC: add 's3' to gateway_endpoints, or give "
                "False, and all of S3 goes through this endpoint, which costs"
            )

    def arguments(self) -> dict[str, Any]:
        """What goes into the resource besides names and ids."""
        return {
            "service_region": self.service_region,
            "private_dns_enabled": self.has_private_dns,
            "dns_options": self.dns_options,
        }
