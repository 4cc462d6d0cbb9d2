"""A service on Fargate: repository, logs, roles, task definition and service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork import Construct, DataSource, Resource
from plainwork.functions import jsonencode
from plainwork.iam import allow, condition, partition
from plainwork.roles import grant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork.efs import EcsVolume
    from stacks.deployment import Deployment

PORT = 8080


class Program(Construct):
    """Image repository, log group and roles, which all versions of a program share.

    `task_role` is the role of the program itself, without permissions until a grant. `execution_role` is the role that
    ECS uses to pull the images and to write the logs.
    """

    def __init__(self, scope: Construct, id_: str, deployment: Deployment) -> None:
        super().__init__(scope, id_)
        self.name = deployment.name(id_)
        self._deployment = deployment
        self.region = deployment.region
        self.repository = Resource(
            self,
            "aws_ecr_repository",
            name=self.name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration={"scan_on_push": True},
            encryption_configuration={"encryption_type": "KMS"},
        )
        self.logs = Resource(self, "aws_cloudwatch_log_group", name=f"/{self.name}", retention_in_days=365)
        trust = _trust(self, deployment)
        self.task_role = self._role("task", trust)
        self.execution_role = self._role("execution", trust)
        pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        write = ["logs:CreateLogStream", "logs:PutLogEvents"]
        self.start_grant = grant(
            self,
            self.execution_role["name"],
            name="start",
            statements=[
                allow("LogInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
                allow("PullImage", pull, [self.repository["arn"]]),
                allow("WriteLogs", write, [f"{self.logs['arn']}:*"]),
            ],
        )

    def _role(self, name: str, trust: DataSource) -> Resource:
        role_name = self._deployment.account_wide_name(f"{self.node.id}-{name}")
        return Resource(self, "aws_iam_role", name, name=role_name, assume_role_policy=trust["json"])


def _trust(scope: Construct, deployment: Deployment) -> DataSource:
    account, region = deployment.account_id, deployment.region
    return DataSource(
        scope,
        "aws_iam_policy_document",
        "trust",
        statement=allow(
            "LetTasksOfThisAccountAssume",
            ["sts:AssumeRole"],
            [],
            condition("StringEquals", "aws:SourceAccount", account),
            condition("ArnLike", "aws:SourceArn", f"arn:{partition(region)}:ecs:{region}:{account}:*"),
            principals={"type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"]},
        ),
    )


@dataclass(frozen=True)
class Version:
    """One version of a program, and the number of its tasks."""

    tag: str
    desired_count: int


class FargateService(Construct):
    """The ECS service of one version of a program, behind a target group."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        program: Program,
        version: Version,
        *,
        cluster: Resource,
        subnets: Sequence[str],
        security_group: Resource,
        target_group: Resource,
        volume: EcsVolume,
        mount_point: dict[str, Any],
        environment: dict[str, str],
        after: Sequence[Resource],
    ) -> None:
        super().__init__(scope, id_)
        container = {
            "name": program.node.id,
            "image": f"{program.repository['repository_url']}:{version.tag}",
            "essential": True,
            "user": "1000:1000",
            "readonlyRootFilesystem": True,
            "portMappings": [{"containerPort": PORT}],
            "environment": [{"name": name, "value": value} for name, value in environment.items()],
            "mountPoints": [mount_point],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": program.logs["name"],
                    "awslogs-region": program.region,
                    "awslogs-stream-prefix": id_,
                },
            },
        }
        task_definition = Resource(
            self,
            "aws_ecs_task_definition",
            family=f"{program.name}-{id_}",
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu="256",
            memory="512",
            task_role_arn=program.task_role["arn"],
            execution_role_arn=program.execution_role["arn"],
            container_definitions=jsonencode([container]),
            volume=volume,
        )
        Resource(
            self,
            "aws_ecs_service",
            name=id_,
            cluster=cluster["arn"],
            task_definition=task_definition["arn"],
            desired_count=version.desired_count,
            launch_type="FARGATE",
            availability_zone_rebalancing="ENABLED",
            network_configuration={"subnets": list(subnets), "security_groups": [security_group["id"]]},
            load_balancer={
                "target_group_arn": target_group["arn"],
                "container_name": program.node.id,
                "container_port": PORT,
            },
            health_check_grace_period_seconds=60,
            propagate_tags="SERVICE",
            wait_for_steady_state=True,
            deployment_circuit_breaker={"enable": True, "rollback": True},
            depends_on=list(after),
        )
