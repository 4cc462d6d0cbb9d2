"""A transit gateway in each of two Regions, peered, shared with a workload account, and one attached VPC."""

from __future__ import annotations

from plainwork import App, Provider, Resource, Stack

ACCOUNT_ID = "123456789012"  # the network account
WORKLOAD_ID = "210987654321"
EVERYWHERE = "10.0.0.0/8"
IRELAND, FRANKFURT = "10.16.0.0/12", "10.32.0.0/12"  # all VPCs of a Region take their addresses from its block
VPC_ID, ROUTE_TABLE_ID = "vpc-0123456789abcdef0", "rtb-0a1b2c3d4e5f60001"
SUBNET_IDS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]


def build(app: App) -> Stack:
    stack = Stack(app, "transit-gateway-hub")
    common = {
        "allowed_account_ids": [ACCOUNT_ID],
        "default_tags": {"tags": {"Environment": "prod", "Owner": "platform"}},
    }
    Provider(stack, "aws", version="~> 5.100", region="eu-west-1", **common)
    frankfurt = {"provider": Provider(stack, "aws", alias="frankfurt", region="eu-central-1", **common)}
    gateway, table = hub(stack, "ireland", 64512)
    peer_gateway, peer_table = hub(stack, "frankfurt", 64513, **frankfurt)
    requested = Resource(
        stack,
        "aws_ec2_transit_gateway_peering_attachment",
        "frankfurt",
        transit_gateway_id=gateway["id"],
        peer_transit_gateway_id=peer_gateway["id"],
        peer_region="eu-central-1",
        tags={"Name": "ireland-frankfurt"},
    )
    peering = Resource(
        stack,
        "aws_ec2_transit_gateway_peering_attachment_accepter",
        "ireland",
        transit_gateway_attachment_id=requested["id"],
        tags={"Name": "ireland-frankfurt"},
        **frankfurt,
    )
    attach(stack, "ireland_peering", peering, table)
    attach(stack, "frankfurt_peering", peering, peer_table, **frankfurt)
    route(stack, "to_frankfurt", FRANKFURT, peering, table)
    route(stack, "to_ireland", IRELAND, peering, peer_table, **frankfurt)
    vpc = Resource(
        stack,
        "aws_ec2_transit_gateway_vpc_attachment",
        "main",
        transit_gateway_id=gateway["id"],
        vpc_id=VPC_ID,
        subnet_ids=SUBNET_IDS,
        transit_gateway_default_route_table_association=False,
        transit_gateway_default_route_table_propagation=False,
        tags={"Name": "main"},
    )
    attach(stack, "main", vpc, table)
    propagation = {"transit_gateway_attachment_id": vpc["id"], "transit_gateway_route_table_id": table["id"]}
    Resource(stack, "aws_ec2_transit_gateway_route_table_propagation", "main", **propagation)
    to_hub = {"destination_cidr_block": EVERYWHERE, "transit_gateway_id": vpc["transit_gateway_id"]}
    Resource(stack, "aws_route", "hub", route_table_id=ROUTE_TABLE_ID, **to_hub)
    return stack


def hub(stack: Stack, name: str, asn: int, **provider: Provider) -> tuple[Resource, Resource]:
    """A transit gateway that routes nothing by default, its route table and its share."""
    gateway = Resource(
        stack,
        "aws_ec2_transit_gateway",
        name,
        description=f"Hub of {name}",
        amazon_side_asn=asn,
        default_route_table_association="disable",
        default_route_table_propagation="disable",
        tags={"Name": name},
        **provider,
    )
    tags = {"Name": name}
    table = Resource(
        stack, "aws_ec2_transit_gateway_route_table", name, transit_gateway_id=gateway["id"], tags=tags, **provider
    )
    share = Resource(
        stack, "aws_ram_resource_share", name, name=f"hub-{name}", allow_external_principals=False, **provider
    )
    of = {"resource_share_arn": share["arn"], **provider}
    Resource(stack, "aws_ram_resource_association", name, resource_arn=gateway["arn"], **of)
    Resource(stack, "aws_ram_principal_association", name, principal=WORKLOAD_ID, **of)
    return gateway, table


def attach(stack: Stack, name: str, attachment: Resource, table: Resource, **provider: Provider) -> None:
    """The route table decides where packets of the attachment go."""
    association = {"transit_gateway_attachment_id": attachment["id"], "transit_gateway_route_table_id": table["id"]}
    Resource(stack, "aws_ec2_transit_gateway_route_table_association", name, **association, **provider)


def route(stack: Stack, name: str, cidr: str, to: Resource, table: Resource, **provider: Provider) -> None:
    """A static route, because routes do not propagate over a peering."""
    target = {"transit_gateway_attachment_id": to["id"], "transit_gateway_route_table_id": table["id"]}
    Resource(stack, "aws_ec2_transit_gateway_route", name, destination_cidr_block=cidr, **target, **provider)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
