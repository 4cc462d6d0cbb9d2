"""A VPC with three tiers in three Availability Zones; the application reaches AWS by endpoints, without NAT."""

from __future__ import annotations

from ipaddress import ip_network

from plainwork import App, Network, Provider, Resource, Stack, VpcEndpoints

ACCOUNT_ID = "123456789012"
ZONES = ["euw1-az1", "euw1-az2", "euw1-az3"]  # ids: names such as eu-west-1a differ between accounts
TIERS = {"public": "10.0.0.0/20", "app": "10.0.16.0/20", "data": "10.0.32.0/20"}  # of 10.0.0.0/16
APP_PORT = 8080
DATABASE_PORT = 5432


def build(app: App) -> Stack:
    stack = Stack(app, "three-tier-vpc")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    vpc = Resource(
        stack,
        "aws_vpc",
        "main",
        cidr_block="10.0.0.0/16",
        enable_dns_hostnames=True,
        tags={"Name": "main"},
    )
    Resource(stack, "aws_default_security_group", "main", vpc_id=vpc["id"])
    internet = Resource(stack, "aws_internet_gateway", "main", vpc_id=vpc["id"], tags={"Name": "main"})
    tables, subnets, groups = {}, {}, {}
    for tier in TIERS:
        tables[tier] = Resource(stack, "aws_route_table", tier, vpc_id=vpc["id"], tags={"Name": f"main-{tier}"})
        subnets[tier] = tier_subnets(stack, tier, vpc, tables[tier])
        groups[tier] = Resource(
            stack, "aws_security_group", tier, name=f"main-{tier}", description=f"The {tier} tier", vpc_id=vpc["id"]
        )
    Resource(
        stack,
        "aws_route",
        "internet",
        route_table_id=tables["public"]["id"],
        destination_cidr_block="0.0.0.0/0",
        gateway_id=internet["id"],
    )
    from_app = {"rule_no": 100, "action": "allow", "protocol": "tcp", "cidr_block": TIERS["app"]}
    Resource(
        stack,
        "aws_network_acl",
        "data",
        vpc_id=vpc["id"],
        subnet_ids=[subnet["id"] for subnet in subnets["data"].values()],
        ingress=[from_app | {"from_port": DATABASE_PORT, "to_port": DATABASE_PORT}],
        egress=[from_app | {"from_port": 1024, "to_port": 65535}],
        tags={"Name": "main-data"},
    )
    Resource(
        stack,
        "aws_vpc_security_group_ingress_rule",
        "internet_to_public",
        security_group_id=groups["public"]["id"],
        cidr_ipv4="0.0.0.0/0",
        description="HTTPS",
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
    )
    connect(stack, groups, "public", "app", APP_PORT)
    connect(stack, groups, "app", "data", DATABASE_PORT)
    endpoints = VpcEndpoints(
        stack,
        "private",
        network=Network(vpc, subnets["app"], route_table_ids=tables["app"]),
        perimeter=[ACCOUNT_ID],
        clients={"app": groups["app"]},
        bundles=["ecs-fargate"],
        interface_endpoints=["secretsmanager"],
    )
    endpoints.client_egress_rules("app")
    return stack


def tier_subnets(stack: Stack, tier: str, vpc: Resource, table: Resource) -> dict[str, Resource]:
    """One subnet for each Availability Zone ID, with the route table of its tier."""
    subnets = {}
    for zone, cidr in zip(ZONES, ip_network(TIERS[tier]).subnets(new_prefix=22), strict=False):  # one /22 is spare
        name, tags = f"{tier}_{zone[-3:]}", {"Name": f"main-{tier}-{zone}"}
        subnets[zone] = Resource(
            stack, "aws_subnet", name, vpc_id=vpc["id"], cidr_block=str(cidr), availability_zone_id=zone, tags=tags
        )
        table_of = {"subnet_id": subnets[zone]["id"], "route_table_id": table["id"]}
        Resource(stack, "aws_route_table_association", name, **table_of)
    return subnets


def connect(stack: Stack, groups: dict[str, Resource], source: str, target: str, port: int) -> None:
    """Allow one port from a tier to the next, as egress of the one and ingress of the other."""
    for direction, group, other in (("egress", source, target), ("ingress", target, source)):
        Resource(
            stack,
            f"aws_vpc_security_group_{direction}_rule",
            f"{source}_to_{target}",
            security_group_id=groups[group]["id"],
            referenced_security_group_id=groups[other]["id"],
            description=f"{source} to {target}",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
        )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
