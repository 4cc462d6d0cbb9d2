"""The endpoints through which tasks in private subnets reach AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import Stack
from plainwork.security_group import Source
from plainwork.vpc_endpoints import Bundle, EndpointPerimeter, VpcEndpoints

if TYPE_CHECKING:
    from plainwork import App
    from stacks.deployment import Deployment


class NetworkStack(Stack):
    def __init__(self, app: App, deployment: Deployment) -> None:
        super().__init__(app, "network")
        deployment.provider(self)
        vpc = deployment.vpc
        VpcEndpoints(
            self,
            "private",
            vpc_id=vpc.vpc_id,
            region=deployment.region,
            route_table_ids=vpc.route_table_ids,
            perimeter=EndpointPerimeter(account_ids=(deployment.account_id,)),
            subnets=vpc.subnets,
            allow_from={"vpc": Source(cidr_ipv4=vpc.cidr_ipv4)},
            bundles=[Bundle.ECS_FARGATE],
        )
