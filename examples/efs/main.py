"""An EFS file system with an access point, and a Fargate service whose tasks mount it.

`main.tf` in this directory is the result of:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import AlarmActions, App, DataSource, Network, Provider, Resource, Stack
from plainwork.efs import EcsVolume, FileSystem
from plainwork.functions import jsonencode
from plainwork.iam import allow, condition
from plainwork.roles import grant

REGION = "eu-west-1"
ACCOUNT_ID = "123456789012"
NETWORK = Network(
    "vpc-0123456789abcdef0",
    {
        "euw1-az1": "subnet-0a1b2c3d4e5f60001",
        "euw1-az2": "subnet-0a1b2c3d4e5f60002",
        "euw1-az3": "subnet-0a1b2c3d4e5f60003",
    },
)


def build(app: App) -> Stack:
    stack = Stack(app, "reports")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    stack.alarm_actions = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
    tasks = task_security_group(stack)
    files = FileSystem(
        stack,
        "files",
        name="example-prod-files",
        network=NETWORK,
        clients=[tasks],
        throughput_mode="elastic",
    )
    egress_rule = files.client_egress_rule(tasks)
    files.add_alarms(storage_bytes_threshold=500 * 2**30)
    data = files.access_point("data", path="/reports", uid=1000, gid=1000)
    logs = Resource(stack, "aws_cloudwatch_log_group", "reports", name="/example/prod/reports", retention_in_days=365)
    task_role = ecs_role(stack, "task")
    execution_role = ecs_role(stack, "execution")
    dependencies = [
        *files.mount_targets,
        egress_rule,
        data.grant_read_write(task_role),
        grant_start(stack, execution_role["name"], logs),
    ]
    definition = task_definition(stack, data.ecs_volume("data"), logs, task_role, execution_role)
    service(stack, definition, tasks, dependencies)
    return stack


def task_security_group(stack: Stack) -> Resource:
    """The security group of the tasks: no ingress, and egress to AWS services. `build` adds the rule for EFS."""
    group = Resource(
        stack,
        "aws_security_group",
        "reports",
        name_prefix="example-prod-reports-",
        description="Tasks of the reports service",
        vpc_id=NETWORK.vpc_id,
        lifecycle={"create_before_destroy": True},
    )
    Resource(
        stack,
        "aws_vpc_security_group_egress_rule",
        "reports_https",
        security_group_id=group["id"],
        description="HTTPS to ECR and CloudWatch Logs",
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        cidr_ipv4="0.0.0.0/0",
    )
    return group


def ecs_role(stack: Stack, kind: str) -> Resource:
    """A role that only ECS tasks of this account can assume; `kind` is `task` or `execution`."""
    trust = DataSource(
        stack,
        "aws_iam_policy_document",
        f"reports_{kind}_trust",
        statement=[
            allow(
                "TrustTasksOfThisAccount",
                ["sts:AssumeRole"],
                [],
                condition("StringEquals", "aws:SourceAccount", ACCOUNT_ID),
                condition("ArnLike", "aws:SourceArn", f"arn:aws:ecs:{REGION}:{ACCOUNT_ID}:*"),
                principals={"type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"]},
            )
        ],
    )
    return Resource(
        stack,
        "aws_iam_role",
        f"reports_{kind}",
        name=f"example-prod-reports-{kind}",
        assume_role_policy=trust["json"],
    )


def grant_start(stack: Stack, role: str, logs: Resource) -> Resource:
    """Allow ECS to start a task: to pull the image and to write to the log group."""
    repository = f"arn:aws:ecr:{REGION}:{ACCOUNT_ID}:repository/reports"
    return grant(
        stack,
        role,
        name="start-reports",
        statements=[
            allow("LogInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
            allow("PullImage", ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], [repository]),
            allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{logs['arn']}:*"]),
        ],
    )


def task_definition(
    stack: Stack, volume: EcsVolume, logs: Resource, task_role: Resource, execution_role: Resource
) -> Resource:
    container = {
        "name": "reports",
        "image": f"{ACCOUNT_ID}.dkr.ecr.{REGION}.amazonaws.com/reports:1.4.2",
        "essential": True,
        "user": "1000:1000",
        "readonlyRootFilesystem": True,
        "mountPoints": [volume.mount_point("/data", read_only=False)],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": logs["name"],
                "awslogs-region": REGION,
                "awslogs-stream-prefix": "reports",
            },
        },
    }
    return Resource(
        stack,
        "aws_ecs_task_definition",
        "reports",
        family="example-prod-reports",
        requires_compatibilities=["FARGATE"],
        network_mode="awsvpc",
        cpu="256",
        memory="512",
        task_role_arn=task_role["arn"],
        execution_role_arn=execution_role["arn"],
        container_definitions=jsonencode([container]),
        volume=volume,
    )


def service(stack: Stack, definition: Resource, tasks: Resource, dependencies: list[Resource]) -> Resource:
    """A service with two tasks that start after the mount targets and grants exist.

    It waits for a steady state, so that Terraform deletes an old access point after the last task that mounts it.
    """
    cluster = Resource(
        stack,
        "aws_ecs_cluster",
        "reports",
        name="example-prod-reports",
        setting={"name": "containerInsights", "value": "enabled"},
    )
    return Resource(
        stack,
        "aws_ecs_service",
        "reports",
        name="reports",
        cluster=cluster["arn"],
        task_definition=definition["arn"],
        desired_count=2,
        launch_type="FARGATE",
        availability_zone_rebalancing="ENABLED",
        network_configuration={"subnets": list(NETWORK.subnets.values()), "security_groups": [tasks["id"]]},
        deployment_circuit_breaker={"enable": True, "rollback": True},
        propagate_tags="SERVICE",
        wait_for_steady_state=True,
        depends_on=dependencies,
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
