"""The security group of the tasks, and its egress rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Construct, Resource, make_security_group
from stacks.fargate import PORT

if TYPE_CHECKING:
    from plainwork import RemoteState
    from stacks.deployment import Deployment
    from stacks.load_balancer import LoadBalancer

HTTPS = 443


class TaskNetwork(Construct):
    """Tasks accept connections from the load balancer, and connect to AWS through the VPC endpoints alone."""

    def __init__(
        self, scope: Construct, id_: str, deployment: Deployment, balancer: LoadBalancer, *, endpoints: RemoteState
    ) -> None:
        super().__init__(scope, id_)
        self.security_group = make_security_group(
            self,
            vpc_id=deployment.network.vpc_id,
            name=deployment.name(id_),
            description="Tasks",
            port=PORT,
            clients={"front": balancer.security_group["id"]},
        )
        tasks = {"referenced_security_group_id": self.security_group["id"]}
        interfaces = {"referenced_security_group_id": endpoints["endpoints_security_group_id"]}
        layers = {"prefix_list_id": endpoints["s3_prefix_list_id"]}
        self.egress_rules = [
            self._egress_rule("from_front", balancer.security_group, PORT, "Load balancer to tasks", tasks),
            self._egress_rule("endpoints", self.security_group, HTTPS, "Tasks to interface endpoints", interfaces),
            self._egress_rule("layers", self.security_group, HTTPS, "Tasks to image layers in S3", layers),
        ]

    def _egress_rule(self, id_: str, group: Resource, port: int, description: str, to: dict[str, Any]) -> Resource:
        return Resource(
            self,
            "aws_vpc_security_group_egress_rule",
            id_,
            security_group_id=group["id"],
            description=description,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            **to,
        )
