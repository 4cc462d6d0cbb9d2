"""Three canaries: by listener rule, by listener of a Network Load Balancer, and by DNS record.

`main.tf` is the generated HCL:

python main.py && plainwork render cdktf.out && plainwork canary cdktf.out
"""

from __future__ import annotations

from typing import Any

from plainwork import AlarmActions, App, DnsCanary, ListenerCanary, Provider, Resource, Stack, TargetGroupCanary

# A step changes only these: 5, 25, 50, 100; 0 is the rollback.
CHECKOUT_PERCENT = 5
BROKER_PERCENT = 5
API_PERCENT = 0

VPC_ID = "vpc-0123456789abcdef0"
SUBNETS = {"euw1-az1": "subnet-0a1b2c3d4e5f60001", "euw1-az2": "subnet-0a1b2c3d4e5f60002"}
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"

HTTPS: dict[str, Any] = {
    "port": 8443,
    "protocol": "HTTPS",
    "health_check": {"path": "/healthz", "protocol": "HTTPS", "interval": 10, "timeout": 5},
}
TCP: dict[str, Any] = {"port": 8883, "protocol": "TCP", "health_check": {"protocol": "TCP", "interval": 10}}


def build(app: App) -> Stack:
    stack = Stack(app, "canary")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    stack.alarm_actions = AlarmActions(PAGER)
    blue, green = load_balancer(stack, "blue"), load_balancer(stack, "green")
    shop_stable, shop_canary = target_group(stack, "shop-stable"), target_group(stack, "shop-canary")

    # One load balancer, two target groups: the weights of one rule divide the requests.
    checkout = TargetGroupCanary(
        stack,
        "checkout",
        listener=listener(stack, "blue", blue, shop_stable),
        priority=10,
        paths=["/checkout/*"],
        stable=shop_stable,
        canary=shop_canary,
        percent=CHECKOUT_PERCENT,
    )
    checkout.gate(error_percent=1, p95_seconds=0.5)

    # A Network Load Balancer has no rules: the weights of its listener divide the connections.
    broker = ListenerCanary(
        stack,
        "broker",
        load_balancer=network_load_balancer(stack, "messages"),
        port=8883,
        protocol="TCP",
        stable=target_group(stack, "broker-stable", **TCP),
        canary=target_group(stack, "broker-canary", **TCP),
        percent=BROKER_PERCENT,
    )
    broker.gate()

    # Two load balancers, one name: the weights of two records divide the answers of Route 53.
    zone = Resource(stack, "aws_route53_zone", "shop", name="shop.example.com", comment="The shop.")
    green_shop = target_group(stack, "green-shop")
    listener(stack, "green", green, green_shop)
    api = DnsCanary(
        stack, "api", zone=zone, name="api.shop.example.com", stable=blue, canary=green, percent=API_PERCENT
    )
    api.gate({"stable": shop_stable, "canary": green_shop}, error_percent=1, p95_seconds=0.5)
    return stack


def load_balancer(stack: Stack, name: str) -> Resource:
    return Resource(
        stack,
        "aws_lb",
        name,
        name=name,
        internal=True,
        load_balancer_type="application",
        subnets=list(SUBNETS.values()),
        security_groups=["sg-0123456789abcdef0"],
        drop_invalid_header_fields=True,
    )


def network_load_balancer(stack: Stack, name: str) -> Resource:
    return Resource(
        stack,
        "aws_lb",
        name,
        name=name,
        internal=True,
        load_balancer_type="network",
        subnets=list(SUBNETS.values()),
        security_groups=["sg-0123456789abcdef0"],
        enable_cross_zone_load_balancing=True,
    )


def target_group(stack: Stack, name: str, **arguments: Any) -> Resource:
    return Resource(
        stack, "aws_lb_target_group", name, name=name, vpc_id=VPC_ID, target_type="ip", **(HTTPS | arguments)
    )


def listener(stack: Stack, name: str, balancer: Resource, group: Resource) -> Resource:
    return Resource(
        stack,
        "aws_lb_listener",
        name,
        load_balancer_arn=balancer["arn"],
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        default_action={"type": "forward", "target_group_arn": group["arn"]},
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
