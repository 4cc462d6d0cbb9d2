"""Canaries for tests, with defaults for the arguments that a test does not set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import AlarmActions
from plainwork.canary import AliasTarget, DnsCanary, RecordTarget, TargetGroup, TargetGroupCanary, TargetGroupMetrics

if TYPE_CHECKING:
    from plainwork import Stack

ELB = "arn:aws:elasticloadbalancing:eu-west-1:123456789012"
BALANCER = f"{ELB}:loadbalancer/app/web/50dc6c495c0c9188"
LISTENER = f"{ELB}:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"
OTHER_LISTENER = LISTENER.replace("/web/50dc6c495c0c9188/", "/api/60dc6c495c0c9188/")
BLUE = f"{ELB}:targetgroup/blue/6d0ecf831eec9f09"
GREEN = f"{ELB}:targetgroup/green/73e2d6bc24d8a067"
ZONE = "Z0123456789ABCDEFGHIJ"
ELB_ZONE = "Z32O12XQLNTSW2"
PAGER = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
LIMITS: dict[str, Any] = {"error_percent": 1, "p95_seconds": 0.5, "alarm_actions": PAGER}
METRICS = {"stable": TargetGroupMetrics(BALANCER, BLUE), "canary": TargetGroupMetrics(BALANCER, GREEN)}
BLUE_ALIAS = AliasTarget("blue-1.eu-west-1.elb.amazonaws.com", ELB_ZONE, evaluate_target_health=True)
GREEN_ALIAS = AliasTarget("green-1.eu-west-1.elb.amazonaws.com", ELB_ZONE, evaluate_target_health=True)
OLD, NEW = RecordTarget({"A": "192.0.2.1"}), RecordTarget({"A": "192.0.2.2"})


def dns_canary(stack: Stack, id_: str = "api", **arguments: Any) -> DnsCanary:
    defaults: dict[str, Any] = {
        "zone_id": ZONE,
        "name": "api.example.com",
        "types": ("A",),
        "stable": OLD,
        "canary": NEW,
        "percent": 5,
    }
    return DnsCanary(stack, id_, **(defaults | arguments))


def rule_canary(stack: Stack, id_: str = "checkout", **arguments: Any) -> TargetGroupCanary:
    defaults: dict[str, Any] = {
        "listener_arn": LISTENER,
        "priority": 10,
        "condition": [{"path_pattern": {"values": ["/checkout/*"]}}],
        "stable": TargetGroup(BLUE, stickiness_enabled=False),
        "canary": TargetGroup(GREEN, stickiness_enabled=False),
        "percent": 5,
    }
    return TargetGroupCanary(stack, id_, **(defaults | arguments))
