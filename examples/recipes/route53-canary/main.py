"""A canary by Route 53 weights: a Lambda function behind API Gateway is stable, a container service is the canary."""

from __future__ import annotations

from plainwork import App, DnsCanary, Output, Provider, Resource, Stack
from plainwork.canary import AliasTarget

NAME = "api.shop.example.com"
ZONE_ID = "Z0123456789ABCDEFGHIJ"
PERCENT = 5  # the only value that a step changes: 0, 5, 25, 50, 100; 0 is the rollback
API = AliasTarget("d-0a1b2c3d4e.execute-api.eu-west-1.amazonaws.com", "ZLY8HYME6SFDD")  # custom domain NAME
SERVICE = AliasTarget("shop-123456789.eu-west-1.elb.amazonaws.com", "Z32O12XQLNTSW2")  # load balancer, certificate NAME
API_ID = "a1b2c3d4e5"  # of the HTTP API
SERVICE_METRICS = {"LoadBalancer": "app/shop/0123456789abcdef", "TargetGroup": "targetgroup/shop/0123456789abcdef"}
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"


def build(app: App) -> Stack:
    stack = Stack(app, "route53-canary")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    health_checks = {
        variant: Resource(
            stack,
            "aws_route53_health_check",
            variant,
            type="HTTPS",
            fqdn=fqdn,
            port=443,
            resource_path="/healthz",
            request_interval=30,
            failure_threshold=3,
            tags={"Name": f"{NAME} {variant}"},
        )
        for variant, fqdn in (("stable", f"{API_ID}.execute-api.eu-west-1.amazonaws.com"), ("canary", SERVICE.name))
    }
    DnsCanary(
        stack,
        "api",
        zone=ZONE_ID,
        name=NAME,
        stable=API,
        canary=SERVICE,
        percent=PERCENT,
        health_checks=health_checks,
    )
    errors = {"metric_name": "HTTPCode_Target_5XX_Count", "statistic": "Sum", "threshold": 5}
    slow = {"metric_name": "TargetResponseTime", "extended_statistic": "p95", "threshold": 0.5}
    unhealthy = {"metric_name": "UnHealthyHostCount", "statistic": "Maximum", "threshold": 0}
    alarms = [
        Resource(
            stack,
            "aws_cloudwatch_metric_alarm",
            name,
            alarm_name=f"{NAME}-canary-{name}",
            namespace="AWS/ApplicationELB",
            dimensions=SERVICE_METRICS,
            period=60,
            evaluation_periods=5,
            datapoints_to_alarm=3,
            comparison_operator="GreaterThanThreshold",
            treat_missing_data="notBreaching",
            **measured,
        )
        for name, measured in (("errors", errors), ("slow", slow), ("unhealthy", unhealthy))
    ]
    gate = Resource(
        stack,
        "aws_cloudwatch_composite_alarm",
        "api",
        alarm_name=f"{NAME}-canary",
        alarm_description="Take the next step only while it is OK; otherwise set the percentage to 0.",
        alarm_rule=" OR ".join(f'ALARM("{alarm["alarm_name"]}")' for alarm in alarms),
        alarm_actions=[PAGER],
    )
    Output(stack, "gate_alarm", value=gate["alarm_name"])
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
