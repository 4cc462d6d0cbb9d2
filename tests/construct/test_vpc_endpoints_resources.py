from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Provider, Resource, VpcEndpoints, synthesize
from plainwork.iam import allow
from tests.support.networks import SUBNETS
from tests.support.vpc_endpoints import ORGANIZATION, vpc_endpoints, with_interfaces

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack


def endpoints_of(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_vpc_endpoint"]
    return found


def test_required_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    vpc_endpoints(stack)
    assert stack == hcl_snapshot


def test_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    endpoints = vpc_endpoints(
        stack,
        perimeter=ORGANIZATION,
        trusted_resource_account_ids=["602401143452"],
        gateway_endpoints=["s3", "dynamodb", "s3express"],
        clients={
            "vpc": "10.0.0.0/16",
            "office": "pl-0123456789abcdef0",
        },
        bundles=["eks-private", "secrets"],
        interface_endpoints=["cassandra", "ssm"],
        service_owned_buckets=["ecr-layers"],
        additional_statements={"s3": [allow("AllowMirror", ["s3:GetObject"], ["arn:aws:s3:::mirror.example/*"])]},
    )
    endpoints.add_interface_endpoint("s3", private_dns_only_for_inbound_resolver_endpoint=False)
    endpoints.add_interface_endpoint("dynamodb", availability_zone_ids=["euw1-az1"])
    endpoints.add_interface_endpoint("s3", service_region="us-east-1")
    endpoints.add_interface_endpoint("codepipeline", policy="full-access")
    endpoints.add_interface_endpoint(
        "billing",
        service_name="com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0",
        private_dns_enabled=False,
        policy="full-access",
    )
    assert stack == hcl_snapshot


def test_there_are_no_interface_endpoints_by_default(stack: Stack) -> None:
    with_interfaces(stack)
    assert {endpoint["vpc_endpoint_type"] for endpoint in endpoints_of(stack).values()} == {"Gateway"}
    assert "aws_security_group" not in synthesize(stack)["resource"]


def test_gateway_endpoints_can_be_omitted(stack: Stack) -> None:
    with_interfaces(stack, gateway_endpoints=(), interface_endpoints=["kms"])
    assert set(endpoints_of(stack)) == {"private_kms"}


def test_a_service_of_several_bundles_has_one_endpoint(stack: Stack) -> None:
    bundles = ["ecr-pull", "ecs-fargate", "ssm-session", "secrets"]
    endpoints = with_interfaces(stack, bundles=bundles, interface_endpoints=["logs", "kms"])
    expected = ["ecr_api", "ecr_dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms"]
    assert list(endpoints.interface_endpoints) == expected


@pytest.mark.parametrize("bundles", [["ecr-pull", "secrets"], ["secrets", "ecr-pull"]])
def test_addresses_do_not_depend_on_the_order_or_on_other_endpoints(stack: Stack, bundles: list[str]) -> None:
    with_interfaces(stack, bundles=bundles)
    made = {f"private_{name}" for name in ("s3", "dynamodb", "ecr_api", "ecr_dkr", "secretsmanager", "ssm")}
    assert set(endpoints_of(stack)) == made


def test_the_attributes_are_the_resources(stack: Stack) -> None:
    endpoints = with_interfaces(stack, interface_endpoints=["ecr.dkr"])
    assert endpoints.gateway_endpoints["s3"].address == "aws_vpc_endpoint.private_s3"
    assert endpoints.interface_endpoints["ecr_dkr"].address == "aws_vpc_endpoint.private_ecr_dkr"
    assert endpoints.security_groups[443].address == "aws_security_group.private"
    assert endpoints.add_interface_endpoint("kms") is endpoints.interface_endpoints["kms"]


def test_network_interfaces_are_counted(stack: Stack) -> None:
    endpoints = with_interfaces(stack, bundles=["ssm-session"])
    endpoints.add_interface_endpoint("kms", availability_zone_ids=["euw1-az1"])
    assert endpoints.network_interface_count == 2 * 3 + 1
    assert endpoints.cost_summary() == (
        "2 gateway endpoints, free; 3 interface endpoints with 7 network interfaces, billed per hour and per GB"
    )


def test_an_endpoint_can_have_some_of_the_zones(stack: Stack) -> None:
    with_interfaces(stack).add_interface_endpoint("ssm-contacts", availability_zone_ids=["euw1-az2", "euw1-az3"])
    assert endpoints_of(stack)["private_ssm_contacts"]["subnet_ids"] == [SUBNETS["euw1-az2"], SUBNETS["euw1-az3"]]


def test_the_s3_interface_endpoint_depends_on_the_s3_gateway_endpoint(stack: Stack) -> None:
    with_interfaces(stack, interface_endpoints=["s3"])
    made = endpoints_of(stack)["private_s3_interface"]
    assert made["depends_on"] == ["aws_vpc_endpoint.private_s3"]
    assert made["dns_options"] == {"private_dns_only_for_inbound_resolver_endpoint": True}


def test_the_s3_interface_endpoint_for_all_traffic_has_no_dependency(stack: Stack) -> None:
    with_interfaces(stack).add_interface_endpoint("s3", private_dns_only_for_inbound_resolver_endpoint=False)
    made = endpoints_of(stack)["private_s3_interface"]
    assert "depends_on" not in made
    assert made["dns_options"] == {"private_dns_only_for_inbound_resolver_endpoint": False}


def test_other_endpoints_have_no_dns_options(stack: Stack) -> None:
    endpoints = with_interfaces(stack, interface_endpoints=["kms"])
    endpoints.add_interface_endpoint("s3", private_dns_enabled=False)
    assert all("dns_options" not in endpoint for endpoint in endpoints_of(stack).values())


def test_private_dns_is_enabled_where_the_service_supports_it(stack: Stack) -> None:
    with_interfaces(stack, interface_endpoints=["kms", "dynamodb"])
    made = endpoints_of(stack)
    assert made["private_kms"]["private_dns_enabled"] is True
    assert made["private_dynamodb_interface"]["private_dns_enabled"] is False


def test_another_port_has_a_separate_security_group(stack: Stack) -> None:
    with_interfaces(stack, interface_endpoints=["kms", "cassandra"])
    rules = synthesize(stack)["resource"]["aws_vpc_security_group_ingress_rule"]
    assert {name: rule["from_port"] for name, rule in rules.items()} == {
        "private_web": 443,
        "private_port_9142_web": 9142,
    }


def test_the_address_of_a_cross_region_endpoint_contains_the_region(stack: Stack) -> None:
    with_interfaces(stack, interface_endpoints=["kms"]).add_interface_endpoint("kms", service_region="us-east-1")
    made = endpoints_of(stack)["private_kms_us_east_1"]
    assert made["service_name"] == "com.amazonaws.us-east-1.kms"
    assert made["service_region"] == "us-east-1"


def test_fixed_addresses_and_both_versions(stack: Stack) -> None:
    addresses = {zone: f"10.0.{number}.10" for number, zone in enumerate(SUBNETS)}
    with_interfaces(stack).add_interface_endpoint(
        "kms", ip_address_type="dualstack", dns_record_ip_type="service-defined", ipv4_addresses=addresses
    )
    made = endpoints_of(stack)["private_kms"]
    assert made["ip_address_type"] == "dualstack"
    assert made["dns_options"] == {"dns_record_ip_type": "service-defined"}
    assert made["subnet_ids"] == [*SUBNETS.values()]
    assert made["subnet_configuration"] == [
        {"subnet_id": subnet, "ipv4": addresses[zone]} for zone, subnet in SUBNETS.items()
    ]


def test_endpoints_of_vpc_lattice(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    endpoints = with_interfaces(stack)
    arn = "arn:aws:vpc-lattice:eu-west-1:123456789012"
    shop = Resource(stack, "aws_vpclattice_service_network", "shop", name="shop")
    endpoints.add_lattice_endpoint("orders", f"{arn}:resourceconfiguration/rcfg-0123456789abcdef0", port=5432)
    endpoints.add_lattice_endpoint("shop", shop)
    assert endpoints.network_interface_count == 6
    assert stack == hcl_snapshot


def test_private_dns_of_specified_domains_needs_provider_6(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 6.0", region="eu-west-1")
    with_interfaces(stack).add_lattice_endpoint(
        "orders",
        "arn:aws:vpc-lattice:eu-west-1:123456789012:servicenetwork/sn-0123456789abcdef0",
        private_dns_preference="SPECIFIED_DOMAINS_ONLY",
        private_dns_specified_domains=["orders.example.com"],
    )
    assert endpoints_of(stack)["private_orders"]["dns_options"] == {
        "private_dns_preference": "SPECIFIED_DOMAINS_ONLY",
        "private_dns_specified_domains": ["orders.example.com"],
    }


def test_a_client_has_egress_rules_to_interfaces_and_gateways(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    tasks = Resource(stack, "aws_security_group", "tasks", name="tasks", vpc_id="vpc-0123456789abcdef0")
    endpoints = vpc_endpoints(stack, clients=[tasks, "10.0.0.0/16"], interface_endpoints=["kms", "cassandra"])
    endpoints.client_egress_rules(tasks)
    assert stack == hcl_snapshot


def test_a_client_of_gateways_alone_is_any_security_group(stack: Stack) -> None:
    vpc_endpoints(stack).client_egress_rules("sg-0123456789abcdef0")
    rules = synthesize(stack)["resource"]["aws_vpc_security_group_egress_rule"]
    assert {name: rule["prefix_list_id"] for name, rule in rules.items()} == {
        "private_sg_0123456789abcdef0_s3": "${aws_vpc_endpoint.private_s3.prefix_list_id}",
        "private_sg_0123456789abcdef0_dynamodb": "${aws_vpc_endpoint.private_dynamodb.prefix_list_id}",
    }


def test_egress_rules_to_existing_endpoints(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    Provider(stack, "aws", region="eu-west-1")
    endpoints = VpcEndpoints.existing(
        stack, "private", security_group_id="sg-0a1b2c3d4e5f60009", gateway_endpoints=["s3"]
    )
    endpoints.client_egress_rules("${aws_security_group.tasks.id}")
    Resource(stack, "aws_security_group", "tasks", name="tasks", vpc_id="vpc-0123456789abcdef0")
    assert stack == hcl_snapshot
