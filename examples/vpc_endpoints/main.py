"""The endpoints of a private VPC: images, sessions and secrets without internet access.

`main.tf` is the generated HCL:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import App, Network, Provider, Stack
from plainwork.vpc_endpoints import VpcEndpoints


def build(app: App) -> Stack:
    stack = Stack(app, "endpoints")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    network = Network(
        "vpc-0123456789abcdef0",
        {
            "euw1-az1": "subnet-0a1b2c3d4e5f60001",
            "euw1-az2": "subnet-0a1b2c3d4e5f60002",
            "euw1-az3": "subnet-0a1b2c3d4e5f60003",
        },
        route_table_ids=["rtb-0a1b2c3d4e5f60001"],
    )
    endpoints = VpcEndpoints(
        stack,
        "private",
        network=network,
        perimeter="o-a1b2c3d4e5",
        clients={"clients": "sg-0123456789abcdef0"},
        bundles=["ecr-pull", "ssm-session"],
        interface_endpoints=["secretsmanager"],
    )

    # For networks that use an inbound Resolver endpoint; the VPC itself uses the gateway endpoint, which is free.
    endpoints.add_interface_endpoint("s3", availability_zone_ids=["euw1-az1", "euw1-az2"])
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
