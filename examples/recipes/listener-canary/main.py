"""A canary by listener weights: a share of the requests, a way for tests to reach it first, alarms that gate a step."""

from __future__ import annotations

from plainwork import AlarmActions, App, Output, Provider, Resource, Stack, TargetGroupCanary

NAME, HOST, PORT = "checkout", "checkout.example.com", 8080
PERCENT = 5  # the only value that a step changes: 0, 5, 25, 50, 100; 0 is the rollback
CHECK_HEADER = "x-canary-check"  # requests with it reach the canary at each percentage
VPC_ID = "vpc-0123456789abcdef0"
PUBLIC_SUBNETS = ["subnet-0a1b2c3d4e5f60011", "subnet-0a1b2c3d4e5f60012"]
FRONT_GROUP = "sg-0123456789abcdef1"  # security group
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"


def build(app: App) -> Stack:
    stack = Stack(app, "listener-canary")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    stack.alarm_actions = AlarmActions(PAGER)
    front = Resource(
        stack,
        "aws_lb",
        NAME,
        name=NAME,
        subnets=PUBLIC_SUBNETS,
        security_groups=[FRONT_GROUP],
        drop_invalid_header_fields=True,
        enable_deletion_protection=True,
    )
    not_found = {"content_type": "text/plain", "message_body": "Not found", "status_code": "404"}
    listener = Resource(
        stack,
        "aws_lb_listener",
        "https",
        load_balancer_arn=front["arn"],
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        certificate_arn=CERTIFICATE,
        default_action={"type": "fixed-response", "fixed_response": not_found},
    )
    stable, canary = (
        Resource(
            stack,
            "aws_lb_target_group",
            variant,
            name=f"{NAME}-{variant}",
            vpc_id=VPC_ID,
            target_type="ip",
            port=PORT,
            protocol="HTTP",
            deregistration_delay="60",
            health_check={"path": "/healthz", "interval": 10, "timeout": 5, "healthy_threshold": 2},
        )
        for variant in ("stable", "canary")
    )
    Resource(
        stack,
        "aws_lb_listener_rule",
        "check",
        listener_arn=listener["arn"],
        priority=1,
        condition=[
            {"host_header": {"values": [HOST]}},
            {"http_header": {"http_header_name": CHECK_HEADER, "values": ["always"]}},
        ],
        action={"type": "forward", "target_group_arn": canary["arn"]},
    )
    rollout = TargetGroupCanary(
        stack,
        "rollout",
        listener=listener,
        priority=10,
        hosts=[HOST],
        stable=stable,
        canary=canary,
        percent=PERCENT,
    )
    unavailable = Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        "unavailable",
        alarm_name=f"{NAME}-unavailable",
        namespace="AWS/ApplicationELB",
        metric_name="HTTPCode_ELB_503_Count",
        dimensions={"LoadBalancer": front["arn_suffix"]},
        statistic="Sum",
        period=60,
        evaluation_periods=1,
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        treat_missing_data="notBreaching",
    )
    gate = rollout.gate(name=NAME, error_percent=1, p95_seconds=0.5, alarms=[unavailable])
    Output(stack, "gate_alarm", value=gate["alarm_name"])
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
