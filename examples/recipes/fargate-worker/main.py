"""Workers on Fargate that read a queue: scaled on the backlog of each task, on Spot above one task."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, grant

NAME, IMAGE = "invoices", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/invoices:1.4.2"
BACKLOG = 60  # messages that may wait for each task: 120 seconds of delay, 2 seconds for a message
BASELINE, MAXIMUM = 1, 50  # tasks
PRIVATE_SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]  # with a route to ECR, SQS, CloudWatch Logs
TASKS_GROUP = "sg-0123456789abcdef0"  # security group
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"


def build(app: App) -> Stack:
    stack = Stack(app, "fargate-worker")
    account = {"region": "eu-west-1", "allowed_account_ids": ["123456789012"]}
    tags = {"tags": {"Environment": "prod", "Owner": "platform"}}
    Provider(stack, "aws", version="~> 5.100", default_tags=tags, **account)

    failed = Resource(stack, "aws_sqs_queue", "failed", name=f"{NAME}-failed", message_retention_seconds=14 * 86400)
    redrive = jsonencode({"deadLetterTargetArn": failed["arn"], "maxReceiveCount": 5})
    limits = {"visibility_timeout_seconds": 300, "message_retention_seconds": 4 * 86400}
    queue = Resource(stack, "aws_sqs_queue", NAME, name=NAME, redrive_policy=redrive, **limits)

    tasks = {"type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"]}
    assume = allow("TrustTasks", ["sts:AssumeRole"], [], principals=tasks)
    trust = DataSource(stack, "aws_iam_policy_document", "trust", statement=assume)
    execution, worker = (
        Resource(stack, "aws_iam_role", name, name=f"{NAME}-{name}", assume_role_policy=trust["json"])
        for name in ("execution", "worker")
    )
    start = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    started = Resource(stack, "aws_iam_role_policy_attachment", "start", role=execution["name"], policy_arn=start)
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
    work = grant(stack, worker, name="work", statements=[allow("ReadQueue", actions, [queue["arn"]])])

    logs = Resource(stack, "aws_cloudwatch_log_group", NAME, name=f"/ecs/{NAME}", retention_in_days=365)
    options = {"awslogs-group": logs["name"], "awslogs-region": "eu-west-1", "awslogs-stream-prefix": NAME}
    container = {
        "name": NAME,
        "image": IMAGE,
        "readonlyRootFilesystem": True,
        "stopTimeout": 110,
        "environment": [{"name": "QUEUE_URL", "value": queue["url"]}],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    fargate = {"requires_compatibilities": ["FARGATE"], "network_mode": "awsvpc", "cpu": "256", "memory": "512"}
    roles = {"execution_role_arn": execution["arn"], "task_role_arn": worker["arn"]}
    program = {"family": NAME, "container_definitions": jsonencode([container])}
    version = Resource(stack, "aws_ecs_task_definition", NAME, **program, **roles, **fargate)

    insights = {"name": "containerInsights", "value": "enabled"}
    cluster = Resource(stack, "aws_ecs_cluster", NAME, name=NAME, setting=insights)
    capacity = {"cluster_name": cluster["name"], "capacity_providers": ["FARGATE", "FARGATE_SPOT"]}
    providers = Resource(stack, "aws_ecs_cluster_capacity_providers", NAME, **capacity)
    condition = f"${{self.task_definition == aws_ecs_task_definition.{NAME}.arn}}"
    runs_version = {"condition": condition, "error_message": "ECS rolled back; read the events of the service."}
    service = Resource(
        stack,
        "aws_ecs_service",
        NAME,
        name=NAME,
        cluster=cluster["arn"],
        task_definition=version["arn"],
        desired_count=BASELINE,
        capacity_provider_strategy=[
            {"capacity_provider": "FARGATE", "base": BASELINE, "weight": 1},
            {"capacity_provider": "FARGATE_SPOT", "weight": 9},
        ],
        network_configuration={"subnets": PRIVATE_SUBNETS, "security_groups": [TASKS_GROUP]},
        availability_zone_rebalancing="ENABLED",
        deployment_circuit_breaker={"enable": True, "rollback": True},
        propagate_tags="SERVICE",
        wait_for_steady_state=True,
        lifecycle={"ignore_changes": ["desired_count"], "postcondition": runs_version},
        depends_on=[started, work, providers],
    )
    scaled = {"service_namespace": "ecs", "scalable_dimension": "ecs:service:DesiredCount"}
    scaled["resource_id"] = f"service/{cluster['name']}/{service['name']}"
    target = Resource(stack, "aws_appautoscaling_target", NAME, min_capacity=BASELINE, max_capacity=MAXIMUM, **scaled)
    messages = metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Sum", QueueName=queue["name"])
    of_service = {"ClusterName": cluster["name"], "ServiceName": service["name"]}
    running = metric("ECS/ContainerInsights", "RunningTaskCount", "Average", **of_service)
    backlog = [
        {"id": "messages", "metric_stat": messages, "return_data": False},
        {"id": "tasks", "metric_stat": running, "return_data": False},
        {"id": "backlog", "expression": "messages / tasks", "label": "Messages for each task"},
    ]
    tracking = {"target_value": BACKLOG, "customized_metric_specification": {"metrics": backlog}}
    Resource(
        stack,
        "aws_appautoscaling_policy",
        "backlog",
        name="backlog",
        policy_type="TargetTrackingScaling",
        target_tracking_scaling_policy_configuration=tracking,
        **{argument: target[argument] for argument in scaled},
    )
    for name, source, measured, threshold in (
        ("late", queue, "ApproximateAgeOfOldestMessage", 900),
        ("failed", failed, "ApproximateNumberOfMessagesVisible", 0),
    ):
        value = {"namespace": "AWS/SQS", "metric_name": measured, "dimensions": {"QueueName": source["name"]}}
        above = {"statistic": "Maximum", "comparison_operator": "GreaterThanThreshold", "threshold": threshold}
        often = {"alarm_name": f"{NAME}-{name}", "period": 60, "evaluation_periods": 1, "alarm_actions": [PAGER]}
        Resource(stack, "aws_cloudwatch_metric_alarm", name, **often, **value, **above)
    return stack


def metric(namespace: str, name: str, statistic: str, **dimensions: str) -> dict[str, object]:
    pairs = [{"name": dimension, "value": value} for dimension, value in dimensions.items()]
    return {"metric": {"namespace": namespace, "metric_name": name, "dimensions": pairs}, "stat": statistic}


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
