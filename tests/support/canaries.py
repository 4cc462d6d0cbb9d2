"""Canaries for tests, with defaults for the arguments that a test does not set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Resource
from plainwork.alarms import AlarmActions
from plainwork.canary import AliasTarget, DnsCanary, ListenerCanary, TargetGroupCanary

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
NETWORK = BALANCER.replace("/app/", "/net/")
ROLE = "arn:aws:iam::123456789012:role/ecs-load-balancers"
PAGER = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
LIMITS: dict[str, Any] = {"error_percent": 1, "p95_seconds": 0.5, "alarm_actions": PAGER}
GROUPS = {"stable": BLUE, "canary": GREEN}
METRICS: dict[str, Any] = {"target_groups": GROUPS, "load_balancers": {"stable": BALANCER, "canary": BALANCER}}
BLUE_ALIAS = AliasTarget("blue-1.eu-west-1.elb.amazonaws.com", ELB_ZONE)
GREEN_ALIAS = AliasTarget("green-1.eu-west-1.elb.amazonaws.com", ELB_ZONE)
OLD, NEW = "192.0.2.1", "192.0.2.2"


def dns_canary(stack: Stack, id_: str = "api", **arguments: Any) -> DnsCanary:
    defaults: dict[str, Any] = {
        "zone": ZONE,
        "name": "api.example.com",
        "stable": OLD,
        "canary": NEW,
        "percent": 5,
    }
    return DnsCanary(stack, id_, **(defaults | arguments))


def rule_canary(stack: Stack, id_: str = "checkout", **arguments: Any) -> TargetGroupCanary:
    defaults: dict[str, Any] = {
        "listener": LISTENER,
        "priority": 10,
        "paths": ["/checkout/*"],
        "stable": BLUE,
        "canary": GREEN,
        "percent": 5,
    }
    return TargetGroupCanary(stack, id_, **(defaults | arguments))


def listener_canary(stack: Stack, id_: str = "front", **arguments: Any) -> ListenerCanary:
    defaults: dict[str, Any] = {
        "load_balancer": NETWORK,
        "port": 443,
        "protocol": "TCP",
        "stable": BLUE,
        "canary": GREEN,
        "percent": 5,
    }
    return ListenerCanary(stack, id_, **(defaults | arguments))


def target_group(stack: Stack, id_: str, **arguments: Any) -> Resource:
    defaults: dict[str, Any] = {"port": 80, "protocol": "HTTP", "vpc_id": "vpc-0123456789abcdef0"}
    return Resource(stack, "aws_lb_target_group", id_, **(defaults | arguments))
