"""Where and for whom the stacks are deployed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plainwork import Provider, Stack

if TYPE_CHECKING:
    from stacks.vpc import Vpc


@dataclass(frozen=True)
class Deployment:
    environment: str
    region: str
    account_id: str
    owner: str
    vpc: Vpc

    def provider(self, stack: Stack) -> Provider:
        return Provider(
            stack,
            "aws",
            version=">= 5.100",
            region=self.region,
            default_tags={"tags": {"Environment": self.environment, "Owner": self.owner}},
        )

    def key(self, component: str) -> str:
        return f"{self.environment}/{component}.tfstate"

    def name(self, component: str) -> str:
        return f"plainwork-{self.environment}-{component}"
