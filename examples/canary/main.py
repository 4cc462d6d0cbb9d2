"""Two canaries: the requests of a listener rule by target group, and the answers for a DNS name by record.

`main.tf` is the generated HCL:

python main.py && plainwork render cdktf.out && plainwork canary cdktf.out
"""

from __future__ import annotations

from plainwork import App, Provider, Resource, Stack
from plainwork.alarms import AlarmActions
from plainwork.canary import AliasTarget, DnsCanary, TargetGroup, TargetGroupCanary, TargetGroupMetrics

# A step changes only these: 5, 25, 50, 100; 0 is the rollback.
CHECKOUT_PERCENT = 5
API_PERCENT = 0

VPC_ID = "vpc-0123456789abcdef0"
SUBNETS = {"euw1-az1": "subnet-0a1b2c3d4e5f60001", "euw1-az2": "subnet-0a1b2c3d4e5f60002"}
PAGER = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")


def build(app: App) -> Stack:
    stack = Stack(app, "canary")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    blue, green = load_balancer(stack, "blue"), load_balancer(stack, "green")
    shop_stable, shop_canary = target_group(stack, "shop-stable"), target_group(stack, "shop-canary")

    # One load balancer, two target groups: the weights of one rule divide the requests.
    checkout = TargetGroupCanary(
        stack,
        "checkout",
        listener_arn=listener(stack, "blue", blue, shop_stable)["arn"],
        priority=10,
        condition=[{"path_pattern": {"values": ["/checkout/*"]}}],
        stable=TargetGroup.from_resource(shop_stable),
        canary=TargetGroup.from_resource(shop_canary),
        percent=CHECKOUT_PERCENT,
    )
    checkout.gate(
        name="prod-checkout", load_balancer_arn=blue["arn"], error_percent=1, p95_seconds=0.5, alarm_actions=PAGER
    )

    # Two load balancers, one name: the weights of two records divide the answers of Route 53.
    zone = Resource(stack, "aws_route53_zone", "shop", name="shop.example.com", comment="The shop.")
    green_shop = target_group(stack, "green-shop")
    listener(stack, "green", green, green_shop)
    api = DnsCanary(
        stack,
        "api",
        zone_id=zone["zone_id"],
        name="api.shop.example.com",
        types=("A",),
        stable=alias(blue),
        canary=alias(green),
        percent=API_PERCENT,
    )
    api.gate(
        name="prod-api",
        stable=TargetGroupMetrics(blue["arn"], shop_stable["arn"]),
        canary=TargetGroupMetrics(green["arn"], green_shop["arn"]),
        error_percent=1,
        p95_seconds=0.5,
        alarm_actions=PAGER,
    )
    return stack


def alias(balancer: Resource) -> AliasTarget:
    return AliasTarget(balancer["dns_name"], balancer["zone_id"], evaluate_target_health=True)


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


def target_group(stack: Stack, name: str) -> Resource:
    return Resource(
        stack,
        "aws_lb_target_group",
        name,
        name=name,
        vpc_id=VPC_ID,
        target_type="ip",
        port=8443,
        protocol="HTTPS",
        health_check={"path": "/healthz", "protocol": "HTTPS", "interval": 10, "timeout": 5},
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
