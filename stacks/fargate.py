"""A service on Fargate: repository, logs, roles, task definition, service and scaling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork import Construct, DataSource, Resource, jsonencode
from plainwork.iam import allow, condition, grant, partition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork.efs import EcsVolume
    from stacks.deployment import Deployment

PORT = 8080
CPU_PERCENT = 60
REQUESTS_PER_MINUTE = 1000
"""The targets of the scaling, per task."""


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
    """One version of a program, and the least number of its tasks."""

    tag: str
    minimum_tasks: int


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
        self._cluster, self._target_group, self._minimum_tasks = cluster, target_group, version.minimum_tasks
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
        self._service = Resource(
            self,
            "aws_ecs_service",
            name=id_,
            cluster=cluster["arn"],
            task_definition=task_definition["arn"],
            desired_count=version.minimum_tasks,
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
            lifecycle={"ignore_changes": ["desired_count"]},
            depends_on=list(after),
        )

    def scale(self, balancer: Resource, *, maximum_tasks: int) -> None:
        """Let Application Auto Scaling set the number of tasks by their CPU time and by requests per task and minute.

        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
        """
        target = Resource(
            self,
            "aws_appautoscaling_target",
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=f"service/{self._cluster['name']}/{self._service['name']}",
            min_capacity=self._minimum_tasks,
            max_capacity=maximum_tasks,
        )
        label = f"{balancer['arn_suffix']}/{self._target_group['arn_suffix']}"
        requests = {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": label}
        cpu = {"predefined_metric_type": "ECSServiceAverageCPUUtilization"}
        for name, metric, value in (("cpu", cpu, CPU_PERCENT), ("requests", requests, REQUESTS_PER_MINUTE)):
            Resource(
                self,
                "aws_appautoscaling_policy",
                name,
                name=name,
                policy_type="TargetTrackingScaling",
                service_namespace=target["service_namespace"],
                scalable_dimension=target["scalable_dimension"],
                resource_id=target["resource_id"],
                target_tracking_scaling_policy_configuration={
                    "target_value": value,
                    "predefined_metric_specification": metric,
                },
            )
