"""A service. It knows nothing of where its state is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import Resource, Stack

if TYPE_CHECKING:
    from plainwork import App
    from stacks.deployment import Deployment


class WebStack(Stack):
    def __init__(self, app: App, deployment: Deployment) -> None:
        super().__init__(app, "web")
        deployment.provider(self)
        Resource(self, "aws_cloudwatch_log_group", "web", name="/web", retention_in_days=90)
