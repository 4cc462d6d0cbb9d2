"""Subnets of the network account, shared with a workload account by RAM, and the zone names of both accounts."""

from __future__ import annotations

from plainwork import App, DataSource, Output, Provider, Resource, Stack

OWNER_ID = "123456789012"  # the network account, which runs this stack
PARTICIPANT_ID = "210987654321"
PARTICIPANT_ROLE = f"arn:aws:iam::{PARTICIPANT_ID}:role/describe-zones"
SUBNETS = {
    "euw1-az1": "subnet-0a1b2c3d4e5f60001",
    "euw1-az2": "subnet-0a1b2c3d4e5f60002",
    "euw1-az3": "subnet-0a1b2c3d4e5f60003",
}


def build(app: App) -> Stack:
    stack = Stack(app, "shared-subnets")
    common = {"region": "eu-west-1", "default_tags": {"tags": {"Environment": "prod", "Owner": "platform"}}}
    Provider(stack, "aws", version="~> 5.100", allowed_account_ids=[OWNER_ID], **common)
    participant = Provider(
        stack,
        "aws",
        alias="participant",
        allowed_account_ids=[PARTICIPANT_ID],
        assume_role={"role_arn": PARTICIPANT_ROLE},
        **common,
    )
    in_use = {"name": "zone-id", "values": list(SUBNETS)}
    zones = {
        "owner": DataSource(stack, "aws_availability_zones", "owner", filter=in_use),
        "participant": DataSource(stack, "aws_availability_zones", "participant", filter=in_use, provider=participant),
    }
    in_participant = f"{zones['participant'].address}.zone_ids"
    share = Resource(stack, "aws_ram_resource_share", "subnets", name="workload", allow_external_principals=False)
    for zone, subnet_id in SUBNETS.items():
        name = zone[-3:]
        subnet = DataSource(
            stack,
            "aws_subnet",
            name,
            id=subnet_id,
            lifecycle={
                "postcondition": {
                    "condition": f'${{self.availability_zone_id == "{zone}"}}',
                    "error_message": f"{subnet_id} is in ${{self.availability_zone_id}}, not in {zone}.",
                }
            },
        )
        Resource(
            stack,
            "aws_ram_resource_association",
            name,
            resource_share_arn=share["arn"],
            resource_arn=subnet["arn"],
            lifecycle={
                "precondition": {
                    "condition": f'${{contains({in_participant}, "{zone}")}}',
                    "error_message": f"Account {PARTICIPANT_ID} has no zone {zone}.",
                }
            },
        )
    Resource(
        stack,
        "aws_ram_principal_association",
        "participant",
        resource_share_arn=share["arn"],
        principal=PARTICIPANT_ID,
    )
    for account, found in zones.items():
        Output(
            stack,
            f"{account}_zone_names",
            value=f"${{zipmap({found.address}.zone_ids, {found.address}.names)}}",
            description=f"The zone names in the account of the {account}, by zone ID",
        )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
