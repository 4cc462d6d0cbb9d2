"""One page for a failure: a composite alarm over the alarms of a service, silent while its database has one."""

from __future__ import annotations

from typing import Any

from plainwork import App, Provider, Resource, Stack

NAME = "shop-prod"
SERVICE = {"LoadBalancer": "app/shop-prod/50dc6c495c0c9188", "TargetGroup": "targetgroup/shop-prod/73e2d6bc24d8a067"}
DATABASE = {"DBInstanceIdentifier": "shop-prod"}
MIN_REQUESTS = 100  # in a minute; below that, a share of errors says little
PAGE = "arn:aws:sns:eu-west-1:123456789012:on-call"
TICKET = "arn:aws:sns:eu-west-1:123456789012:tickets"


def build(app: App) -> Stack:
    stack = Stack(app, "composite-alarm")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "shop"}},
    )
    share = f"IF(requests > {MIN_REQUESTS}, 100 * FILL(errors, 0) / requests, 0)"
    errors = alarm(
        stack,
        "errors",
        threshold=5,  # percent of the requests
        metric_query=[
            {"id": "share", "expression": share, "label": "Errors in percent of the requests", "return_data": True},
            sum_of("errors", "HTTPCode_Target_5XX_Count"),
            sum_of("requests", "RequestCount"),
        ],
    )
    latency = alarm(
        stack,
        "latency",
        threshold=1.5,  # seconds
        **metric("AWS/ApplicationELB", "TargetResponseTime", SERVICE),
        extended_statistic="p99",
    )
    database = alarm(
        stack,
        "database-connections",
        threshold=450,  # 90 percent of max_connections
        **metric("AWS/RDS", "DatabaseConnections", DATABASE),
        statistic="Maximum",
        alarm_actions=[PAGE],
    )
    alarm(
        stack,
        "unhealthy-hosts",
        threshold=0,
        **metric("AWS/ApplicationELB", "UnHealthyHostCount", SERVICE),
        statistic="Minimum",
        alarm_actions=[TICKET],
    )
    Resource(
        stack,
        "aws_cloudwatch_composite_alarm",
        "service",
        alarm_name=f"{NAME}-service",
        alarm_description="Customers see errors or wait. https://wiki.example.com/runbooks/shop-prod",
        alarm_rule=f'ALARM("{errors["alarm_name"]}") OR ALARM("{latency["alarm_name"]}")',
        actions_suppressor={"alarm": database["alarm_name"], "wait_period": 60, "extension_period": 180},
        alarm_actions=[PAGE],
        ok_actions=[PAGE],
    )
    return stack


def alarm(stack: Stack, name: str, *, threshold: float, **arguments: Any) -> Resource:
    """An alarm after three of five minutes. A renamed one is created before the old one is destroyed."""
    return Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        name.replace("-", "_"),
        alarm_name=f"{NAME}-{name}",
        comparison_operator="GreaterThanThreshold",
        threshold=threshold,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        treat_missing_data="notBreaching",
        lifecycle={"create_before_destroy": True},
        **arguments,
    )


def metric(namespace: str, name: str, dimensions: dict[str, str]) -> dict[str, Any]:
    return {"namespace": namespace, "metric_name": name, "dimensions": dimensions, "period": 60}


def sum_of(id_: str, name: str) -> dict[str, Any]:
    return {"id": id_, "metric": {**metric("AWS/ApplicationELB", name, SERVICE), "stat": "Sum"}}


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
