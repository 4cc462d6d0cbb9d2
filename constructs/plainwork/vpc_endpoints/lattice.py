"""Endpoints of VPC Lattice: for one resource configuration, or for all services and resources of a service network.

They have no endpoint policy: the auth policy of the service network, and the share of the resource, decide.

https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-resources.html and
`privatelink-access-service-networks.html` there
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork_core.aws.vpc_endpoints import HTTPS
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

LATTICE_TYPES = ("aws_vpclattice_resource_configuration", "aws_vpclattice_service_network")
_KINDS = {
    "resourceconfiguration": ("Resource", "resource_configuration_arn"),
    "servicenetwork": ("ServiceNetwork", "service_network_arn"),
}
"""`vpc_endpoint_type` and argument of a target, by a part of its ARN, and of its type without underscores."""

_PREFERENCES = {
    "ALL_DOMAINS": False,
    "VERIFIED_DOMAINS_ONLY": False,
    "VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS": True,
    "SPECIFIED_DOMAINS_ONLY": True,
}
"""Whether a preference needs specified domains:
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DnsOptionsSpecification.html
"""


@frozen()
class LatticeEndpoint:
    """A resource endpoint or a service network endpoint.

    Attributes:
        id: the endpoint's part of its address.
            arn: of the resource configuration or the service network.
        port: TCP port that the clients use.
        private_dns_enabled: whether custom domain names resolve to the endpoint.
        private_dns_preference: which of the domains do.
        private_dns_specified_domains: the domains, with the two preferences that need them.
    """

    id: str
    arn: str
    port: int = HTTPS
    private_dns_enabled: bool = True
    private_dns_preference: str | None = None
    private_dns_specified_domains: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_vpc_endpoint` that depend on the type."""
        type_, argument = _KINDS[self._kind]
        options = {
            "private_dns_preference": self.private_dns_preference,
            "private_dns_specified_domains": list(self.private_dns_specified_domains) or None,
        }
        return {
            "vpc_endpoint_type": type_,
            argument: self.arn,
            "private_dns_enabled": self.private_dns_enabled,
            "dns_options": options if self.private_dns_preference else None,
        }

    @property
    def _kind(self) -> str:
        return next((kind for kind in _KINDS if kind in str(self.arn).replace("_", "")), "")

    def problems(self) -> Iterator[str]:
        """Yield one sentence for each value that EC2 rejects."""
        if not self._kind:
            yield (f"target must be one of {', '.join(LATTICE_TYPES)}, or the ARN of one: got {self.arn!r}")
        else:
            yield from identifiers.arn_problems("target", self.arn, "vpc-lattice")
        yield from scalars.port_problems("port", self.port)
        yield from scalars.boolean_problems("private_dns_enabled", self.private_dns_enabled)
        yield from self._preference_problems()

    def _preference_problems(self) -> Iterator[str]:
        preference, domains = self.private_dns_preference, self.private_dns_specified_domains
        if preference is None:
            if domains:
                yield f"private_dns_specified_domains needs private_dns_preference: got {domains!r}"
            return
        yield from scalars.choice_problems("private_dns_preference", preference, _PREFERENCES)
        if not self.private_dns_enabled:
            yield f"private_dns_preference needs private_dns_enabled=True: got {preference!r}"
        if preference in _PREFERENCES and _PREFERENCES[preference] != bool(domains):
            needs = "needs" if _PREFERENCES[preference] else "must not have"
            yield f"private_dns_preference {preference!r} {needs} private_dns_specified_domains: got {domains!r}"
