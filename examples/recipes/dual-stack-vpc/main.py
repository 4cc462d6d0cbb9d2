"""A dual-stack VPC: public subnets for load balancers, private subnets that open IPv6 connections and accept none."""

from __future__ import annotations

from plainwork import App, Network, Provider, Resource, Stack, VpcEndpoints

ACCOUNT_ID = "123456789012"
ZONES = ["euw1-az1", "euw1-az2", "euw1-az3"]  # ids: names such as eu-west-1a differ between accounts
TIERS = {"public": 0, "private": 16}  # the number of the first subnet: 10.1.0.0/22, 10.1.64.0/22


def build(app: App) -> Stack:
    stack = Stack(app, "dual-stack-vpc")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    name = {"Name": "dual-stack"}
    vpc = Resource(
        stack,
        "aws_vpc",
        "main",
        cidr_block="10.1.0.0/16",
        assign_generated_ipv6_cidr_block=True,
        enable_dns_hostnames=True,
        tags=name,
    )
    Resource(stack, "aws_default_security_group", "main", vpc_id=vpc["id"])
    internet = Resource(stack, "aws_internet_gateway", "main", vpc_id=vpc["id"], tags=name)
    outbound = Resource(stack, "aws_egress_only_internet_gateway", "main", vpc_id=vpc["id"], tags=name)
    tables = {
        tier: Resource(stack, "aws_route_table", tier, vpc_id=vpc["id"], tags={"Name": f"dual-stack-{tier}"})
        for tier in TIERS
    }
    public, private = tables["public"]["id"], tables["private"]["id"]
    to_internet = {"route_table_id": public, "gateway_id": internet["id"]}
    Resource(stack, "aws_route", "public_ipv4", destination_cidr_block="0.0.0.0/0", **to_internet)
    Resource(stack, "aws_route", "public_ipv6", destination_ipv6_cidr_block="::/0", **to_internet)
    Resource(
        stack,
        "aws_route",
        "private_ipv6",
        route_table_id=private,
        destination_ipv6_cidr_block="::/0",
        egress_only_gateway_id=outbound["id"],
    )
    subnets = {tier: tier_subnets(stack, tier, vpc, tables[tier]) for tier in TIERS}
    VpcEndpoints(
        stack,
        "private",
        network=Network(vpc, subnets["private"], route_table_ids=tables["private"]),
        perimeter=[ACCOUNT_ID],
    )
    security_groups(stack, vpc)
    return stack


def tier_subnets(stack: Stack, tier: str, vpc: Resource, table: Resource) -> dict[str, Resource]:
    """One subnet for each Availability Zone ID, with the route table of its tier."""
    subnets = {}
    for number, zone in enumerate(ZONES, TIERS[tier]):
        name = f"{tier}_{zone[-3:]}"
        subnets[zone] = Resource(
            stack,
            "aws_subnet",
            name,
            vpc_id=vpc["id"],
            availability_zone_id=zone,
            cidr_block=f"10.1.{4 * number}.0/22",
            ipv6_cidr_block=f"${{cidrsubnet({vpc.address}.ipv6_cidr_block, 8, {number})}}",
            assign_ipv6_address_on_creation=True,
            tags={"Name": f"dual-stack-{tier}-{zone}"},
        )
        table_of = {"subnet_id": subnets[zone]["id"], "route_table_id": table["id"]}
        Resource(stack, "aws_route_table_association", name, **table_of)
    return subnets


def security_groups(stack: Stack, vpc: Resource) -> None:
    """HTTPS in to the load balancer by both versions, and out from the service by IPv6."""
    group, https = "aws_security_group", {"ip_protocol": "tcp", "from_port": 443, "to_port": 443}
    public = Resource(stack, group, "public", name="public", description="Load balancer", vpc_id=vpc["id"])
    private = Resource(stack, group, "private", name="private", description="Service", vpc_id=vpc["id"])
    for name, source in (("ipv4", {"cidr_ipv4": "0.0.0.0/0"}), ("ipv6", {"cidr_ipv6": "::/0"})):
        rule = {**https, **source, "security_group_id": public["id"], "description": f"HTTPS by {name}"}
        Resource(stack, "aws_vpc_security_group_ingress_rule", name, **rule)
    rule = {**https, "cidr_ipv6": "::/0", "security_group_id": private["id"], "description": "HTTPS by ipv6"}
    Resource(stack, "aws_vpc_security_group_egress_rule", "ipv6", **rule)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
