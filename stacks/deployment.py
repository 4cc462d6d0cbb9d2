"""Where and for whom the stacks are deployed."""

from __future__ import annotations

from dataclasses import dataclass

from plainwork import Provider, Stack


@dataclass(frozen=True)
class Deployment:
    environment: str
    region: str
    account_id: str
    owner: str

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
