"""An Auto Scaling group behind a load balancer, and the input of an instance refresh that can be rolled back."""

from __future__ import annotations

from plainwork import App, DataSource, Output, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow

NAME = "licensing"
IMAGE = "ami-0123456789abcdef0"  # an id, not a parameter of Systems Manager: only then can a refresh be rolled back
INSTANCE_TYPE = "m7i.large"
VPC = "vpc-0123456789abcdef0"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
SECURITY_GROUP = "sg-0123456789abcdef0"
ALARMS = ["licensing-5xx", "licensing-latency"]  # each of them stops a refresh, and rolls it back
WARMUP = 180  # seconds until a new instance serves
TAGS = {"Environment": "prod", "Owner": "platform"}


def build(app: App) -> Stack:
    stack = Stack(app, "auto-scaling-group")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": TAGS},
    )
    profile = add_instance_profile(stack)
    template = Resource(
        stack,
        "aws_launch_template",
        "server",
        name=NAME,
        image_id=IMAGE,
        instance_type=INSTANCE_TYPE,
        vpc_security_group_ids=[SECURITY_GROUP],
        iam_instance_profile={"arn": profile["arn"]},
        metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1},
        block_device_mappings={"device_name": "/dev/xvda", "ebs": {"volume_size": 20, "encrypted": True}},
        tag_specifications=[{"resource_type": kind, "tags": TAGS} for kind in ("instance", "volume")],
    )
    targets = Resource(
        stack,
        "aws_lb_target_group",
        "server",
        name=NAME,
        vpc_id=VPC,
        port=8443,
        protocol="HTTPS",
        health_check={"protocol": "HTTPS", "path": "/health", "interval": 15},
        deregistration_delay=60,
    )
    group = Resource(
        stack,
        "aws_autoscaling_group",
        "server",
        name=NAME,
        min_size=2,
        max_size=6,
        vpc_zone_identifier=SUBNETS,
        launch_template={"id": template["id"], "version": template["latest_version"]},
        target_group_arns=[targets["arn"]],
        health_check_type="ELB",
        health_check_grace_period=WARMUP,
        default_instance_warmup=WARMUP,
        instance_maintenance_policy={"min_healthy_percentage": 100, "max_healthy_percentage": 150},
        enabled_metrics=["GroupDesiredCapacity", "GroupInServiceInstances"],
        tag=[{"key": key, "value": value, "propagate_at_launch": True} for key, value in TAGS.items()],
        lifecycle={"ignore_changes": ["desired_capacity", "launch_template[0].version"]},
    )
    Resource(
        stack,
        "aws_autoscaling_policy",
        "cpu",
        name="cpu",
        autoscaling_group_name=group["name"],
        policy_type="TargetTrackingScaling",
        target_tracking_configuration={
            "predefined_metric_specification": {"predefined_metric_type": "ASGAverageCPUUtilization"},
            "target_value": 50,
        },
    )
    newest = {"LaunchTemplateId": template["id"], "Version": "${tostring(aws_launch_template.server.latest_version)}"}
    refresh = {
        "AutoScalingGroupName": group["name"],
        "DesiredConfiguration": {"LaunchTemplate": newest},
        "Preferences": {"AutoRollback": True, "AlarmSpecification": {"Alarms": ALARMS}, "SkipMatching": True},
    }
    Output(stack, "refresh", value=jsonencode(refresh), description="Input of aws autoscaling start-instance-refresh")
    return stack


def add_instance_profile(stack: Stack) -> Resource:
    statement = allow(
        "Trust", ["sts:AssumeRole"], [], principals={"type": "Service", "identifiers": ["ec2.amazonaws.com"]}
    )
    trust = DataSource(stack, "aws_iam_policy_document", "trust", statement=[statement])
    role = Resource(stack, "aws_iam_role", "server", name=NAME, assume_role_policy=trust["json"])
    sessions = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
    Resource(stack, "aws_iam_role_policy_attachment", "server", role=role["name"], policy_arn=sessions)
    return Resource(stack, "aws_iam_instance_profile", "server", name=NAME, role=role["name"])


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
