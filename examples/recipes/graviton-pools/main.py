"""Two pools of instances, x86 and Graviton, behind one listener by weight; alarms gate each step."""

from __future__ import annotations

from plainwork import AlarmActions, App, ListenerCanary, Provider, Resource, Stack

NAME, PORT = "catalog", 8080  # the program answers GET /healthz on the port
GRAVITON_PERCENT = 5  # the only value that a step changes: 5, 25, 50, 100; 0 is the rollback
POOLS = {  # instance type, and the image with the program built for its architecture
    "x86": ("m7i.large", "ami-0123456789abcdef0"),
    "graviton": ("m7g.large", "ami-0123456789abcdef1"),
}
MINIMUM, MAXIMUM = 2, 12  # instances of each pool
REQUESTS_PER_INSTANCE = 3000  # a minute
VPC_ID = "vpc-0123456789abcdef0"
PUBLIC_SUBNETS = ["subnet-0a1b2c3d4e5f60011", "subnet-0a1b2c3d4e5f60012"]
PRIVATE_SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
INSTANCES_GROUP, FRONT_GROUP = "sg-0123456789abcdef0", "sg-0123456789abcdef1"  # security groups
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"
TAGS = {"Environment": "prod", "Owner": "platform"}


def build(app: App) -> Stack:
    stack = Stack(app, "graviton-pools")
    account = {"region": "eu-west-1", "allowed_account_ids": ["123456789012"]}
    Provider(stack, "aws", version="~> 5.100", default_tags={"tags": TAGS}, **account)
    stack.alarm_actions = AlarmActions(PAGER)

    network = {"subnets": PUBLIC_SUBNETS, "security_groups": [FRONT_GROUP], "drop_invalid_header_fields": True}
    front = Resource(stack, "aws_lb", NAME, name=NAME, enable_deletion_protection=True, **network)
    targets = {pool: target_group(stack, pool) for pool in POOLS}
    https = ListenerCanary(
        stack,
        "https",
        load_balancer=front,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        certificate_arn=CERTIFICATE,
        stable=targets["x86"],
        canary=targets["graviton"],
        percent=GRAVITON_PERCENT,
    )
    https.gate(error_percent=1, p95_seconds=0.5)
    for pool, group in targets.items():
        label = f"{front['arn_suffix']}/{group['arn_suffix']}"
        requests = {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": label}
        tracking = {"target_value": REQUESTS_PER_INSTANCE, "predefined_metric_specification": requests}
        Resource(
            stack,
            "aws_autoscaling_policy",
            pool,
            name=f"{NAME}-{pool}",
            policy_type="TargetTrackingScaling",
            autoscaling_group_name=instances(stack, pool, group)["name"],
            target_tracking_configuration=tracking,
            depends_on=[https.listener],
        )
    return stack


def target_group(stack: Stack, pool: str) -> Resource:
    health_check = {"path": "/healthz", "interval": 10, "timeout": 5, "healthy_threshold": 2}
    port = {"port": PORT, "protocol": "HTTP", "deregistration_delay": "60", "slow_start": 60}
    name = f"{NAME}-{pool}"
    return Resource(stack, "aws_lb_target_group", pool, name=name, vpc_id=VPC_ID, health_check=health_check, **port)


def instances(stack: Stack, pool: str, targets: Resource) -> Resource:
    instance_type, image_id = POOLS[pool]
    template = Resource(
        stack,
        "aws_launch_template",
        pool,
        name=f"{NAME}-{pool}",
        image_id=image_id,
        instance_type=instance_type,
        vpc_security_group_ids=[INSTANCES_GROUP],
        metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1},
        tag_specifications=[{"resource_type": kind, "tags": TAGS} for kind in ("instance", "volume")],
    )
    return Resource(
        stack,
        "aws_autoscaling_group",
        pool,
        name=f"{NAME}-{pool}",
        min_size=MINIMUM,
        max_size=MAXIMUM,
        vpc_zone_identifier=PRIVATE_SUBNETS,
        launch_template={"id": template["id"], "version": template["latest_version"]},
        target_group_arns=[targets["arn"]],
        health_check_type="ELB",
        health_check_grace_period=120,
        instance_refresh={"strategy": "Rolling", "preferences": {"auto_rollback": True}},
        tag=[{"key": key, "value": value, "propagate_at_launch": True} for key, value in TAGS.items()],
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
