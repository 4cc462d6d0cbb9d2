"""Log groups with the retention of their class, metrics from their events, and an alarm if a log falls silent."""

from __future__ import annotations

from typing import Any

from plainwork import App, Provider, Resource, Stack

PREFIX = "/shop/prod"
CLASSES: dict[str, dict[str, Any]] = {
    "application": {"retention_in_days": 30},
    "access": {"retention_in_days": 14},
    "trace": {"retention_in_days": 7, "log_group_class": "INFREQUENT_ACCESS"},
    "audit": {"retention_in_days": 400, "skip_destroy": True},
}
GROUPS = {"web": "application", "worker": "application", "access": "access", "requests": "trace", "logins": "audit"}
METRICS = {  # log group, pattern of JSON events, threshold in five minutes
    "web_errors": ("web", '{ $.level = "ERROR" }', 10),
    "worker_errors": ("worker", '{ $.level = "ERROR" }', 10),
    "server_errors": ("access", "{ $.status >= 500 }", 50),
    "failed_logins": ("logins", '{ $.event = "login" && $.outcome = "failure" }', 100),
}
ALWAYS_WRITES = ["access", "web"]  # no event for 15 minutes is a failure
ON_CALL = "arn:aws:sns:eu-west-1:123456789012:on-call"


def build(app: App) -> Stack:
    stack = Stack(app, "log-retention")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "shop"}},
    )
    groups = {
        name: Resource(stack, "aws_cloudwatch_log_group", name, name=f"{PREFIX}/{name}", **CLASSES[class_])
        for name, class_ in GROUPS.items()
    }
    for name, (group, pattern, threshold) in METRICS.items():
        transformation = {"namespace": "Shop", "name": name, "value": "1", "default_value": "0", "unit": "Count"}
        Resource(
            stack,
            "aws_cloudwatch_log_metric_filter",
            name,
            name=name,
            log_group_name=groups[group]["name"],
            pattern=pattern,
            metric_transformation=transformation,
        )
        alarm(
            stack,
            name,
            namespace="Shop",
            metric_name=name,
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            evaluation_periods=1,
            treat_missing_data="notBreaching",
        )
    for group in ALWAYS_WRITES:
        alarm(
            stack,
            f"{group}_silent",
            namespace="AWS/Logs",
            metric_name="IncomingLogEvents",
            dimensions={"LogGroupName": groups[group]["name"]},
            comparison_operator="LessThanThreshold",
            threshold=1,
            evaluation_periods=3,
            treat_missing_data="breaching",
        )
    return stack


def alarm(stack: Stack, name: str, **arguments: Any) -> None:
    Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        name,
        alarm_name=f"shop-prod-{name.replace('_', '-')}",
        statistic="Sum",
        period=300,
        alarm_actions=[ON_CALL],
        **arguments,
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
