"""A VPC Lattice service network of one organization, and a service in it that one role may call."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import ANY_PRINCIPAL, allow, condition

ACCOUNT_ID, REGION = "123456789012", "eu-west-1"
ORGANIZATION_ID = "o-a1b2c3d4e5"
VPC_ID = "vpc-0123456789abcdef0"
CLIENTS = "sg-0123456789abcdef0"  # the security group of the callers
CALLER = f"arn:aws:iam::{ACCOUNT_ID}:role/web"
PORT = 8080  # of the tasks
INVOKE = "vpc-lattice-svcs:Invoke"


def build(app: App) -> Stack:
    stack = Stack(app, "lattice-service-network")
    tags = {"tags": {"Environment": "prod", "Owner": "platform"}}
    Provider(stack, "aws", version="~> 5.100", region=REGION, allowed_account_ids=[ACCOUNT_ID], default_tags=tags)
    network = Resource(stack, "aws_vpclattice_service_network", "shop", name="shop", auth_type="AWS_IAM")
    ours = condition("StringEquals", "aws:PrincipalOrgID", ORGANIZATION_ID)
    auth_policy(stack, "shop", network, allow("AllowOrganization", [INVOKE], ["*"], ours, principals=ANY_PRINCIPAL))
    service = Resource(stack, "aws_vpclattice_service", "orders", name="orders", auth_type="AWS_IAM")
    web = {"type": "AWS", "identifiers": [CALLER]}
    methods = condition("StringEquals", "vpc-lattice-svcs:RequestMethod", "GET", "POST")
    vpc = condition("StringEquals", "vpc-lattice-svcs:SourceVpc", VPC_ID)
    statement = allow("AllowWeb", [INVOKE], [f"{service['arn']}/orders/*"], methods, vpc, principals=web)
    auth_policy(stack, "orders", service, statement)
    targets = Resource(
        stack,
        "aws_vpclattice_target_group",
        "orders",
        name="orders",
        type="IP",
        config={
            "vpc_identifier": VPC_ID,
            "protocol": "HTTP",
            "port": PORT,
            "health_check": {"path": "/healthz", "matcher": {"value": "200"}},
        },
    )
    Resource(
        stack,
        "aws_vpclattice_listener",
        "https",
        name="https",
        service_identifier=service["id"],
        protocol="HTTPS",
        port=443,
        default_action={"forward": {"target_groups": {"target_group_identifier": targets["id"], "weight": 100}}},
    )
    in_network = {"service_network_identifier": network["id"]}
    Resource(
        stack,
        "aws_vpclattice_service_network_service_association",
        "orders",
        service_identifier=service["id"],
        **in_network,
    )
    Resource(
        stack,
        "aws_vpclattice_service_network_vpc_association",
        "main",
        vpc_identifier=VPC_ID,
        security_group_ids=[security_groups(stack)["id"]],
        **in_network,
    )
    logs = Resource(
        stack, "aws_cloudwatch_log_group", "access", name="/aws/vendedlogs/vpc-lattice/shop", retention_in_days=365
    )
    Resource(
        stack,
        "aws_vpclattice_access_log_subscription",
        "shop",
        resource_identifier=network["id"],
        destination_arn=logs["arn"],
    )
    return stack


def auth_policy(stack: Stack, name: str, resource: Resource, statement: dict[str, object]) -> None:
    document = DataSource(stack, "aws_iam_policy_document", name, statement=[statement])
    Resource(stack, "aws_vpclattice_auth_policy", name, resource_identifier=resource["arn"], policy=document["json"])


def security_groups(stack: Stack) -> Resource:
    """Clients reach the network by its own group, and the network reaches the tasks by Lattice's prefix list."""
    lattice = DataSource(stack, "aws_ec2_managed_prefix_list", "lattice", name=f"com.amazonaws.{REGION}.vpc-lattice")
    group = "aws_security_group"
    network = Resource(stack, group, "network", name="lattice", description="Service network", vpc_id=VPC_ID)
    tasks = Resource(stack, group, "tasks", name="orders-tasks", description="Tasks of orders", vpc_id=VPC_ID)
    https = {"ip_protocol": "tcp", "from_port": 443, "to_port": 443}
    application = {"ip_protocol": "tcp", "from_port": PORT, "to_port": PORT}
    ingress, egress = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"
    from_clients = {"security_group_id": network["id"], "referenced_security_group_id": CLIENTS}
    to_lattice = {"security_group_id": CLIENTS, "prefix_list_id": lattice["id"]}
    from_lattice = {"security_group_id": tasks["id"], "prefix_list_id": lattice["id"]}
    Resource(stack, ingress, "clients", description="clients to the service network", **from_clients, **https)
    Resource(stack, egress, "clients", description="clients to VPC Lattice", **to_lattice, **https)
    Resource(stack, ingress, "tasks", description="VPC Lattice to the tasks", **from_lattice, **application)
    return network


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
