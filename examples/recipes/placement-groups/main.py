"""A cluster, a spread and a partition placement group, each with a launch template and an Auto Scaling group."""

from __future__ import annotations

from typing import Any

from plainwork import App, Provider, Resource, Stack

IMAGE = "ami-0123456789abcdef0"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
SECURITY_GROUP = "sg-0123456789abcdef0"
TAGS = {"Environment": "prod", "Owner": "platform"}

GROUPS: dict[str, dict[str, Any]] = {
    "solver": {
        "placement": {"strategy": "cluster"},
        "instance_type": "c6in.8xlarge",
        "subnets": SUBNETS[:1],  # a cluster is in one Availability Zone
        "size": 4,
    },
    "quorum": {
        "placement": {"strategy": "spread", "spread_level": "rack"},
        "instance_type": "m7i.large",
        "subnets": SUBNETS,
        "size": 5,  # of at most 7 in each Availability Zone
    },
    "brokers": {
        "placement": {"strategy": "partition", "partition_count": 3},
        "instance_type": "i4i.large",
        "subnets": SUBNETS[:1],
        "size": 9,
    },
}


def build(app: App) -> Stack:
    stack = Stack(app, "placement-groups")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": TAGS},
    )
    for name, values in GROUPS.items():
        placement = Resource(stack, "aws_placement_group", name, name=name, **values["placement"])
        template = Resource(
            stack,
            "aws_launch_template",
            name,
            name=name,
            image_id=IMAGE,
            instance_type=values["instance_type"],
            placement={"group_name": placement["name"]},
            vpc_security_group_ids=[SECURITY_GROUP],
            metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1},
            block_device_mappings={"device_name": "/dev/xvda", "ebs": {"volume_size": 20, "encrypted": True}},
            tag_specifications=[{"resource_type": kind, "tags": TAGS} for kind in ("instance", "volume")],
        )
        Resource(
            stack,
            "aws_autoscaling_group",
            name,
            name=name,
            min_size=values["size"],
            max_size=values["size"],
            vpc_zone_identifier=values["subnets"],
            launch_template={"id": template["id"], "version": template["latest_version"]},
            health_check_type="EC2",
            tag=[{"key": key, "value": value, "propagate_at_launch": True} for key, value in TAGS.items()],
        )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
