"""A web service on Fargate: scaled on requests, on Spot above a warm baseline; ECS rolls a bad version back."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow

NAME, IMAGE = "shop", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2"
PORT = 8080  # of the container, which answers GET /healthz
BASELINE, MAXIMUM = 2, 20  # tasks; the baseline always runs, on On-Demand capacity
REQUESTS_PER_TASK = 1000  # a minute
VPC_ID = "vpc-0123456789abcdef0"
PUBLIC_SUBNETS = ["subnet-0a1b2c3d4e5f60011", "subnet-0a1b2c3d4e5f60012"]
PRIVATE_SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]  # with a route to ECR and CloudWatch Logs
TASKS_GROUP, FRONT_GROUP = "sg-0123456789abcdef0", "sg-0123456789abcdef1"  # security groups
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"


def build(app: App) -> Stack:
    stack = Stack(app, "fargate-service")
    account = {"region": "eu-west-1", "allowed_account_ids": ["123456789012"]}
    tags = {"tags": {"Environment": "prod", "Owner": "platform"}}
    Provider(stack, "aws", version="~> 5.100", default_tags=tags, **account)

    network = {"subnets": PUBLIC_SUBNETS, "security_groups": [FRONT_GROUP], "drop_invalid_header_fields": True}
    front = Resource(stack, "aws_lb", NAME, name=NAME, enable_deletion_protection=True, **network)
    target = {"vpc_id": VPC_ID, "target_type": "ip", "port": PORT, "protocol": "HTTP", "deregistration_delay": "60"}
    health = {"path": "/healthz", "interval": 10, "timeout": 5, "healthy_threshold": 2}
    targets = Resource(stack, "aws_lb_target_group", NAME, name=NAME, health_check=health, **target)
    tls = {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "certificate_arn": CERTIFICATE}
    https = {"load_balancer_arn": front["arn"], "port": 443, "protocol": "HTTPS", **tls}
    forward = {"type": "forward", "target_group_arn": targets["arn"]}
    listener = Resource(stack, "aws_lb_listener", "https", default_action=forward, **https)

    tasks = {"type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"]}
    assume = allow("TrustTasks", ["sts:AssumeRole"], [], principals=tasks)
    trust = DataSource(stack, "aws_iam_policy_document", "trust", statement=assume)
    role = Resource(stack, "aws_iam_role", "execution", name=f"{NAME}-execution", assume_role_policy=trust["json"])
    start = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    started = Resource(stack, "aws_iam_role_policy_attachment", "start", role=role["name"], policy_arn=start)
    logs = Resource(stack, "aws_cloudwatch_log_group", NAME, name=f"/ecs/{NAME}", retention_in_days=365)
    options = {"awslogs-group": logs["name"], "awslogs-region": "eu-west-1", "awslogs-stream-prefix": NAME}
    container = {
        "name": NAME,
        "image": IMAGE,
        "readonlyRootFilesystem": True,
        "stopTimeout": 90,
        "portMappings": [{"containerPort": PORT}],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    fargate = {"requires_compatibilities": ["FARGATE"], "network_mode": "awsvpc", "cpu": "256", "memory": "512"}
    program = {"execution_role_arn": role["arn"], "container_definitions": jsonencode([container])}
    version = Resource(stack, "aws_ecs_task_definition", NAME, family=NAME, **program, **fargate)
    metric = {"namespace": "AWS/ApplicationELB", "metric_name": "HTTPCode_Target_5XX_Count", "statistic": "Sum"}
    above = {"threshold": 10, "comparison_operator": "GreaterThanThreshold", "treat_missing_data": "notBreaching"}
    errors = Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        "errors",
        alarm_name=f"{NAME}-errors",
        dimensions={"LoadBalancer": front["arn_suffix"], "TargetGroup": targets["arn_suffix"]},
        period=60,
        evaluation_periods=2,
        alarm_actions=[PAGER],
        **metric,
        **above,
    )

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
            {"capacity_provider": "FARGATE_SPOT", "weight": 3},
        ],
        network_configuration={"subnets": PRIVATE_SUBNETS, "security_groups": [TASKS_GROUP]},
        load_balancer={"target_group_arn": targets["arn"], "container_name": NAME, "container_port": PORT},
        health_check_grace_period_seconds=60,
        availability_zone_rebalancing="ENABLED",
        deployment_circuit_breaker={"enable": True, "rollback": True},
        alarms={"alarm_names": [errors["alarm_name"]], "enable": True, "rollback": True},
        propagate_tags="SERVICE",
        wait_for_steady_state=True,
        lifecycle={"ignore_changes": ["desired_count"], "postcondition": runs_version},
        depends_on=[listener, started, providers],
    )
    scaled = {"service_namespace": "ecs", "scalable_dimension": "ecs:service:DesiredCount"}
    scaled["resource_id"] = f"service/{cluster['name']}/{service['name']}"
    limits = Resource(stack, "aws_appautoscaling_target", NAME, min_capacity=BASELINE, max_capacity=MAXIMUM, **scaled)
    label = f"{front['arn_suffix']}/{targets['arn_suffix']}"
    requests = {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": label}
    tracking = {"target_value": REQUESTS_PER_TASK, "predefined_metric_specification": requests}
    Resource(
        stack,
        "aws_appautoscaling_policy",
        "requests",
        name="requests",
        policy_type="TargetTrackingScaling",
        target_tracking_scaling_policy_configuration=tracking,
        **{argument: limits[argument] for argument in scaled},
    )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
