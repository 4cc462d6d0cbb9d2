"""VPC endpoints of AWS services for tasks in private subnets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import Stack
from plainwork.vpc_endpoints import VpcEndpoints

if TYPE_CHECKING:
    from plainwork import App
    from stacks.deployment import Deployment

_ECS = ("ecs", "ecs-agent", "ecs-telemetry")
_REGIONS_NOT_REQUIRING_ECS_ENDPOINTS = (
    "af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 "
    "ap-southeast-2 ap-southeast-3 ap-southeast-4 ca-central-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 "
    "eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 sa-east-1 us-east-1 us-east-2 "
    "us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1 "
    "us-isob-east-1"
)
"""Regions in which Fargate tasks need no ECS endpoints; every Region since ca-west-1 requires them:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
"""


class NetworkStack(Stack):
    def __init__(self, app: App, deployment: Deployment) -> None:
        super().__init__(app, f"{deployment.stack_prefix}network")
        deployment.provider(self)
        network = deployment.network
        endpoints = VpcEndpoints(
            self,
            "private",
            network=network,
            perimeter=[deployment.account_id],
            clients={"vpc": network.cidr_ipv4},
            bundles=["ecs-fargate"],
            interface_endpoints=[] if deployment.region in _REGIONS_NOT_REQUIRING_ECS_ENDPOINTS.split() else _ECS,
        )
        self.export("endpoints_security_group_id", endpoints.security_groups[443]["id"])
        self.export("s3_prefix_list_id", endpoints.gateway_endpoints["s3"]["prefix_list_id"])
