"""The network that the examples name, made on a server, so that they can be applied there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.aws_server import AwsServer

VPC, OTHER_VPC = "vpc-0123456789abcdef0", "vpc-0123456789abcdef1"
SECURITY_GROUP = "sg-0123456789abcdef0"
ROUTE_TABLE = "rtb-0a1b2c3d4e5f60001"
LOAD_BALANCER_SECURITY_GROUP = "sg-0123456789abcdef1"
CLUSTER = "shop-prod"
HOSTED_ZONE = "Z0123456789ABCDEFGHIJ"
SUBNETS = {f"euw1-az{number}": f"subnet-0a1b2c3d4e5f6000{number}" for number in (1, 2, 3)}
PUBLIC_SUBNETS = {f"euw1-az{number}": f"subnet-0a1b2c3d4e5f6001{number}" for number in (1, 2, 3)}


def make_network(server: AwsServer) -> dict[str, str]:
    """A VPC with two subnets in each zone, a route table and the security groups of clients and a load balancer.

    Another VPC is empty. The hosted zone is `shop.example.com`.

    Returns:
        the ids that the examples name, to those that the server gave.
    """
    ec2 = server.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
        ec2.modify_vpc_attribute(VpcId=vpc, **{attribute: {"Value": True}})
    made = {VPC: vpc, OTHER_VPC: ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]}
    for name, named in (("clients", SECURITY_GROUP), ("load-balancer", LOAD_BALANCER_SECURITY_GROUP)):
        made[named] = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    made[ROUTE_TABLE] = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    for number, (zone, named) in enumerate([*SUBNETS.items(), *PUBLIC_SUBNETS.items()]):
        cidr = f"10.0.{number}.0/24"
        made[named] = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZoneId=zone)["Subnet"]["SubnetId"]
    subnets = {"subnetIds": [made[named] for named in SUBNETS.values()]}
    role = "arn:aws:iam::123456789012:role/cluster"
    server.client("eks").create_cluster(name=CLUSTER, roleArn=role, resourcesVpcConfig=subnets)
    hosted = server.client("route53").create_hosted_zone(Name="shop.example.com", CallerReference="shop")
    made[HOSTED_ZONE] = hosted["HostedZone"]["Id"].removeprefix("/hostedzone/")
    return made


def on_the_server(text: str, made: dict[str, str]) -> str:
    """Text with the server's ids in place of those that the examples name; see `make_network`."""
    for named, id_ in made.items():
        text = text.replace(named, id_)
    return text
