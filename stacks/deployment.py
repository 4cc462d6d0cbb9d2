"""What differs between deployments: environment, account, Region, network, domain and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plainwork import Provider, Stack

if TYPE_CHECKING:
    from plainwork import Network


@dataclass(frozen=True)
class Domain:
    """The name of the service, such as `checkout.example.com`, and its public hosted zone in Route 53."""

    name: str
    zone_id: str


@dataclass(frozen=True)
class Deployment:
    environment: str
    region: str
    account_id: str
    owner: str
    network: Network
    stack_prefix: str = ""
    """The first part of each stack id, such as `dev-`, where one app has several environments."""
    domain: Domain | None = None
    """None: the load balancer has no certificate and uses HTTP."""
    cache_node_type: str = "cache.t4g.small"
    maximum_tasks: int = 10
    """Of each version of the service."""

    def provider(self, stack: Stack) -> Provider:
        return Provider(
            stack,
            "aws",
            version=">= 5.100, < 7.0",
            region=self.region,
            allowed_account_ids=[self.account_id],
            default_tags={"tags": {"Environment": self.environment, "Owner": self.owner}},
        )

    def key(self, component: str) -> str:
        return f"{self.environment}/{component}.tfstate"

    def name(self, component: str) -> str:
        """A name that is unique in the Region; load balancers and target groups allow at most 32 characters."""
        return f"plainwork-{self.environment}-{component}"

    def account_wide_name(self, component: str) -> str:
        """A name that is unique in the account, for resources without a Region, such as roles."""
        return f"{self.name(component)}-{self.region}"
