"""One interface endpoint: its arguments, their defaults, and their validation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.iam import partition
from plainwork.roles import to_identifier
from plainwork.vpc_endpoints.addressing import Addressing
from plainwork.vpc_endpoints.catalog import service_problems
from plainwork.vpc_endpoints.policies import EndpointPolicy
from plainwork_core.aws.vpc_endpoints import CONTROL_PLANE_REGIONS, HTTPS, Service, services
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONLY_INBOUND = "private_dns_only_for_inbound_resolver_endpoint"
_SERVICE_NAME = re.compile(r"[a-z0-9-]+(\.[\w-]+){2,}")


@frozen()
class InterfaceEndpoint:
    """An interface endpoint; the fields are the arguments of `VpcEndpoints.add_interface_endpoint`."""

    service: str
    service_name: str | None = None
    service_region: str | None = None
    availability_zone_ids: Collection[str] | None = None
    private_dns_enabled: bool | None = None
    private_dns_only_for_inbound_resolver_endpoint: bool | None = None
    policy: EndpointPolicy | None = None
    addressing: Addressing = Addressing()

    @property
    def known(self) -> Service | None:
        """The service in the catalog; None if `service_name` is set."""
        return None if self.service_name else services().get(str(self.service))

    @property
    def id(self) -> str:
        """The endpoint's part of its address: `ecr_dkr`."""
        return to_identifier(self.name)

    @property
    def name(self) -> str:
        """The endpoint's part of its name tag: `ecr.dkr`, or `s3-interface` for a service that has gateways too."""
        has_gateway = self.known is not None and "Gateway" in self.known.endpoint_types
        return "-".join(filter(None, (self.service, "interface" if has_gateway else None, self.service_region)))

    @property
    def port(self) -> int:
        """TCP port of the endpoint."""
        return self.known.port if self.known else HTTPS

    @property
    def has_private_dns(self) -> bool:
        """Whether the service's public name resolves to the endpoint."""
        if self.private_dns_enabled is not None:
            return self.private_dns_enabled
        return self.known is not None and self.known.private_dns is not False

    @property
    def needs_s3_gateway(self) -> bool:
        """Whether private DNS is for Resolver endpoints only, which requires the S3 gateway endpoint in the VPC.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns-s3
        """
        return self.has_s3_options and self.private_dns_only_for_inbound_resolver_endpoint is not False

    @property
    def dns_options(self) -> dict[str, Any] | None:
        """Always set for S3, because the defaults of AWS and of the provider's versions differ."""
        record_type = self.addressing.dns_record_ip_type
        options = {"dns_record_ip_type": record_type} if record_type else {}
        return {**options, **({_ONLY_INBOUND: self.needs_s3_gateway} if self.has_s3_options else {})} or None

    @property
    def has_s3_options(self) -> bool:
        """Whether the endpoint supports the private DNS option of S3."""
        return self.known is not None and self.service == "s3" and self.has_private_dns and not self.service_region

    def name_in(self, region: str) -> str:
        """Return the `service_name` for a VPC in a Region."""
        if self.service_name:
            return self.service_name
        return services()[self.service].name_in(self.service_region or region)

    def subnets_of(self, subnets: Mapping[str, str]) -> dict[str, str]:
        """Return the endpoint's subnets, of the subnets of the construct."""
        zones = self.availability_zone_ids
        return {zone: subnet for zone, subnet in subnets.items() if zones is None or zone in zones}

    def subnet_arguments(self, subnets: Mapping[str, str]) -> dict[str, Any]:
        """Return the arguments with the subnets, of the subnets of the construct."""
        own = self.subnets_of(subnets)
        return {"subnet_ids": list(own.values()), "subnet_configuration": self.addressing.subnet_configuration(own)}

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_vpc_endpoint` besides names and ids."""
        return {
            "ip_address_type": self.addressing.ip_address_type,
            "service_region": self.service_region,
            "private_dns_enabled": self.has_private_dns,
            "dns_options": self.dns_options,
        }


def interface_problems(
    endpoint: InterfaceEndpoint, *, region: str, subnets: Mapping[str, str], gateways: Collection[str]
) -> Iterator[str]:
    """Yield the problems of one interface endpoint, each with the name of its service."""
    return (f"{endpoint.service}: {problem}" for problem in _problems(endpoint, region, subnets, gateways))


def _problems(
    endpoint: InterfaceEndpoint, region: str, subnets: Mapping[str, str], gateways: Collection[str]
) -> Iterator[str]:
    if not isinstance(endpoint.service, str) or endpoint.service_name is None:
        problems = list(service_problems("service", endpoint.service, "Interface"))
        yield from problems
        if problems:
            return
    else:
        yield from _service_name_problems(endpoint)
    if endpoint.policy is not None:
        yield from scalars.enum_problems("policy", endpoint.policy, EndpointPolicy)
    if endpoint.known:
        yield from _support_problems(endpoint, endpoint.known)
    zone_problems = list(_zone_problems(endpoint, subnets))
    yield from zone_problems
    if not zone_problems:
        yield from endpoint.addressing.problems(endpoint.subnets_of(subnets))
    yield from _region_problems(endpoint, region)
    yield from _s3_problems(endpoint, gateways)


def _service_name_problems(endpoint: InterfaceEndpoint) -> Iterator[str]:
    if not scalars.is_reference(endpoint.service_name) and not _SERVICE_NAME.fullmatch(str(endpoint.service_name)):
        example = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
        yield f"service_name must be a full service name, as {example!r}: got {endpoint.service_name!r}"
    for argument in ("private_dns_enabled", "policy"):
        if getattr(endpoint, argument) is None:
            yield f"{argument} must be set with service_name, because the catalog does not contain the service"


def _support_problems(endpoint: InterfaceEndpoint, service: Service) -> Iterator[str]:
    if endpoint.private_dns_enabled and service.private_dns is False:
        yield f"private_dns_enabled must not be True: {endpoint.service} does not support private DNS"
    if service.endpoint_policy is False and endpoint.policy is None:
        yield (
            f"policy must be set: {endpoint.service} does not support endpoint policies, so the endpoint allows "
            f"everything; use add_interface_endpoint({endpoint.service!r}, policy='full-access'), or "
            "policy='perimeter' if AWS supports it by now"
        )


def _zone_problems(endpoint: InterfaceEndpoint, subnets: Mapping[str, str]) -> Iterator[str]:
    zones = endpoint.availability_zone_ids
    if zones is None:
        return
    is_list = isinstance(zones, Collection) and not isinstance(zones, str)
    if not is_list or not zones or not all(zone in list(subnets) for zone in zones):
        yield f"availability_zone_ids must be a list of keys of subnets, {', '.join(subnets)}: got {zones!r}"


def _region_problems(endpoint: InterfaceEndpoint, region: str) -> Iterator[str]:
    if endpoint.service_region is None:
        yield from _control_plane_problems(endpoint, region)
        return
    if scalars.is_reference(endpoint.service_region):
        yield f"service_region must be a literal, because names depend on it: got {endpoint.service_region!r}"
        return
    if problems := list(identifiers.region_problems("service_region", endpoint.service_region)):
        yield from problems
        return
    if endpoint.known and not endpoint.known.cross_region:
        supported = ", ".join(sorted(name for name, service in services().items() if service.cross_region))
        yield f"service_region: {endpoint.service} has no cross-Region endpoints; these services have: {supported}"
    if endpoint.service_region == region:
        yield f"service_region must not be {region!r}, the VPC's own Region: omit it"
    elif partition(endpoint.service_region) != partition(region):
        yield f"service_region must be in the VPC's partition {partition(region)!r}: got {endpoint.service_region!r}"


def _control_plane_problems(endpoint: InterfaceEndpoint, region: str) -> Iterator[str]:
    """Yield the problems of a global service, whose endpoints are in the Region of its control plane only."""
    regions = CONTROL_PLANE_REGIONS.get(endpoint.service, {}) if endpoint.known else {}
    home = regions.get(partition(str(region)))
    if home not in {None, region}:
        yield (
            f"service_region must be {home!r}, the only Region with endpoints of {endpoint.service} in this partition: "
            f"add_interface_endpoint({endpoint.service!r}, service_region={home!r})"
        )


def _s3_problems(endpoint: InterfaceEndpoint, gateways: Collection[str]) -> Iterator[str]:
    only_inbound = endpoint.private_dns_only_for_inbound_resolver_endpoint
    if not isinstance(only_inbound, bool | None):
        yield f"{_ONLY_INBOUND} must be True or False, because other arguments depend on it: got {only_inbound!r}"
    if only_inbound is not None and not endpoint.has_s3_options:
        yield f"{_ONLY_INBOUND} is supported only for s3 with private DNS in the VPC's own Region: omit it"
    if endpoint.needs_s3_gateway and "s3" not in gateways:
        yield (
            f"{_ONLY_INBOUND} needs the s3 gateway endpoint in the VPC: add 's3' to gateway_endpoints, or set False, "
            "so that all S3 traffic uses the interface endpoint, which AWS bills"
        )
