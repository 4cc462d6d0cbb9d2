"""A load balancer inside the VPC, and the target groups behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import Construct, Resource, make_security_group
from stacks.certificate import validated_certificate
from stacks.fargate import PORT

if TYPE_CHECKING:
    from plainwork import Network
    from stacks.deployment import Deployment, Domain

TLS_1_2_AND_1_3 = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
"""The policy that AWS recommends:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
"""
_NOT_FOUND = {
    "type": "fixed-response",
    "fixed_response": {"content_type": "text/plain", "message_body": "Not found", "status_code": "404"},
}
_REDIRECT = {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "status_code": "HTTP_301"}}


class LoadBalancer(Construct):
    """An internal load balancer for the whole VPC: HTTPS if the deployment has a domain, otherwise HTTP.

    With a domain, the HTTP listener redirects. Its address and that of the security group's rule do not depend on it.

    Attributes:
        listener: the one that serves the requests.
    """

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
            default_action=_REDIRECT if deployment.domain else _NOT_FOUND,
        )
        if deployment.domain:
            self.listener = self._https_listener(deployment.domain, deployment.network)

    def _https_listener(self, domain: Domain, network: Network) -> Resource:
        Resource(
            self,
            "aws_vpc_security_group_ingress_rule",
            "https",
            security_group_id=self.security_group["id"],
            description="vpc to port 443",
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4=network.cidr_ipv4,
        )
        alias = {
            "name": self.balancer["dns_name"],
            "zone_id": self.balancer["zone_id"],
            "evaluate_target_health": False,
        }
        Resource(self, "aws_route53_record", zone_id=domain.zone_id, name=domain.name, type="A", alias=alias)
        return Resource(
            self,
            "aws_lb_listener",
            "https",
            load_balancer_arn=self.balancer["arn"],
            port=443,
            protocol="HTTPS",
            certificate_arn=validated_certificate(self, domain)["certificate_arn"],
            ssl_policy=TLS_1_2_AND_1_3,
            default_action=_NOT_FOUND,
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
