"""Container Insights with enhanced observability for ECS and EKS, with retention of the logs and an alarm for each."""

from __future__ import annotations

from typing import Any

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, condition

ACCOUNT_ID = "123456789012"
ECS_CLUSTER = "shop-prod"
ECS_SERVICE = "web"
EKS_CLUSTER = "shop-prod"
TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT_ID}:on-duty"
DAYS = {"performance": 7, "application": 30, "dataplane": 7, "host": 7}
NAMESPACE, SERVICE_ACCOUNT = "amazon-cloudwatch", "cloudwatch-agent"  # of the add-on


def build(app: App) -> Stack:
    stack = Stack(app, "container-insights")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    for_ecs(stack)
    for_eks(stack)
    return stack


def for_ecs(stack: Stack) -> None:
    logs = add_logs(stack, "ecs", f"/aws/ecs/containerinsights/{ECS_CLUSTER}", "performance")
    cluster = Resource(
        stack,
        "aws_ecs_cluster",
        "shop",
        name=ECS_CLUSTER,
        setting={"name": "containerInsights", "value": "enhanced"},
        depends_on=[logs],
    )
    tasks = {
        name: {
            "namespace": "ECS/ContainerInsights",
            "metric_name": metric,
            "dimensions": {"ClusterName": cluster["name"], "ServiceName": ECS_SERVICE},
            "period": 60,
            "stat": "Average",
        }
        for name, metric in {"desired": "DesiredTaskCount", "running": "RunningTaskCount"}.items()
    }
    missing = {"id": "missing", "expression": "desired - running", "label": "Missing tasks", "return_data": True}
    queries = [missing, *({"id": name, "metric": metric} for name, metric in tasks.items())]
    add_alarm(stack, "ecs_missing_tasks", metric_query=queries)


def for_eks(stack: Stack) -> None:
    groups = [add_logs(stack, "eks", f"/aws/containerinsights/{EKS_CLUSTER}", kind) for kind in DAYS]
    service = {"type": "Service", "identifiers": ["pods.eks.amazonaws.com"]}
    tags = {"kubernetes-namespace": NAMESPACE, "kubernetes-service-account": SERVICE_ACCOUNT}
    conditions = [condition("StringEquals", f"aws:RequestTag/{tag}", value) for tag, value in tags.items()]
    statement = allow("Trust", ["sts:AssumeRole", "sts:TagSession"], [], *conditions, principals=service)
    trust = DataSource(stack, "aws_iam_policy_document", "agent", statement=[statement])
    role = Resource(stack, "aws_iam_role", "agent", name="cloudwatch-agent", assume_role_policy=trust["json"])
    managed = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
    Resource(stack, "aws_iam_role_policy_attachment", "agent", role=role["name"], policy_arn=managed)
    association = Resource(
        stack,
        "aws_eks_pod_identity_association",
        "agent",
        cluster_name=EKS_CLUSTER,
        namespace=NAMESPACE,
        service_account=SERVICE_ACCOUNT,
        role_arn=role["arn"],
    )
    metrics = {"logs": {"metrics_collected": {"kubernetes": {"enhanced_container_insights": True}}}}
    Resource(
        stack,
        "aws_eks_addon",
        "cloudwatch",
        cluster_name=EKS_CLUSTER,
        addon_name="amazon-cloudwatch-observability",
        configuration_values=jsonencode({"agent": {"config": metrics}}),
        depends_on=[association, *groups],
    )
    dimensions = {"ClusterName": EKS_CLUSTER}
    failed = {"namespace": "ContainerInsights", "metric_name": "cluster_failed_node_count", "dimensions": dimensions}
    add_alarm(stack, "eks_failed_nodes", **failed, statistic="Maximum", period=60)


def add_logs(stack: Stack, name: str, prefix: str, kind: str) -> Resource:
    address = f"{name}_{kind}"
    return Resource(stack, "aws_cloudwatch_log_group", address, name=f"{prefix}/{kind}", retention_in_days=DAYS[kind])


def add_alarm(stack: Stack, name: str, **metric: Any) -> None:
    compared = {"comparison_operator": "GreaterThanThreshold", "threshold": 0, "evaluation_periods": 5}
    Resource(stack, "aws_cloudwatch_metric_alarm", name, alarm_name=name, alarm_actions=[TOPIC], **compared, **metric)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
