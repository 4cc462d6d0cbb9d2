"""A load balancer inside the VPC, and the target groups behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import Construct, Resource
from plainwork.security_group import make_security_group
from stacks.fargate import PORT

if TYPE_CHECKING:
    from stacks.deployment import Deployment


class LoadBalancer(Construct):
    """An internal HTTP load balancer for the whole VPC; HTTPS needs a domain and a certificate."""

    def __init__(self, scope: Construct, id_: str, deployment: Deployment) -> None:
        super().__init__(scope, id_)
        self.name, self.vpc_id = deployment.name(id_), deployment.network.vpc_id
        self.security_group = make_security_group(
            self,
            vpc_id=self.vpc_id,
            name=self.name,
            description=f"Load balancer {self.name}",
            port=80,
            clients={"vpc": deployment.network.cidr_ipv4},
        )
        self.balancer = Resource(
            self,
            "aws_lb",
            name=self.name,
            internal=True,
            load_balancer_type="application",
            subnets=list(deployment.network.subnets.values()),
            security_groups=[self.security_group["id"]],
            drop_invalid_header_fields=True,
            enable_deletion_protection=True,
        )
        self.listener = Resource(
            self,
            "aws_lb_listener",
            load_balancer_arn=self.balancer["arn"],
            port=80,
            protocol="HTTP",
            default_action={
                "type": "fixed-response",
                "fixed_response": {"content_type": "text/plain", "message_body": "Not found", "status_code": "404"},
            },
        )

    def target_group(self, variant: str) -> Resource:
        return Resource(
            self,
            "aws_lb_target_group",
            variant,
            name=f"{self.name}-{variant}",
            vpc_id=self.vpc_id,
            target_type="ip",
            port=PORT,
            protocol="HTTP",
            deregistration_delay="30",
            health_check={"path": "/checkout/healthz", "interval": 10, "timeout": 5},
        )
