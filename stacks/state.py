"""The state bucket of all stacks of a deployment, and the roles that run Terraform in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import DataSource, Resource, S3StateBackend, Stack, StateAccess
from plainwork.iam import account_root, allow, condition

if TYPE_CHECKING:
    from plainwork import App
    from stacks.deployment import Deployment


class StateStack(Stack):
    def __init__(self, app: App, deployment: Deployment, *, bootstrap: bool = False) -> None:
        super().__init__(app, f"{deployment.stack_prefix}state")
        deployment.provider(self)
        self.deployment = deployment
        self.backend = S3StateBackend(
            self,
            "state",
            bucket=f"{deployment.name('state')}-{deployment.account_id}-{deployment.region}",
            account_id=deployment.account_id,
            environments=[deployment.environment],
        )
        self.backend.store(self, deployment.key("state"), bootstrap=bootstrap)

    def add_component(self, component: Stack, name: str) -> None:
        """Store the state of a component, and create the roles that plan and apply it."""
        key = self.deployment.key(name)
        self.backend.store(component, key)
        for access in (StateAccess.PLAN, StateAccess.APPLY):
            self.backend.grant(self._role(f"{name}-{access}")["name"], key, access)

    def _role(self, name: str) -> Resource:
        """Create a role that the role `ci` of the account can assume; `ci` does not have to exist yet."""
        account_id, region = self.deployment.account_id, self.deployment.region
        ci = f"arn:{self.partition}:iam::{account_id}:role/ci"
        id_ = name.replace("-", "_")
        trust = DataSource(
            self,
            "aws_iam_policy_document",
            id_,
            statement=allow(
                "LetCiAssume",
                ["sts:AssumeRole"],
                [],
                condition("ArnEquals", "aws:PrincipalArn", ci),
                principals=account_root(region, account_id),
            ),
        )
        role_name = self.deployment.account_wide_name(name)
        return Resource(self, "aws_iam_role", id_, name=role_name, assume_role_policy=trust["json"])
