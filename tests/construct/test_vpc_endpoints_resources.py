from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from plainwork.iam import allow
from plainwork.vpc_endpoints import Bundle, EndpointPerimeter, EndpointPolicy, ServiceOwnedBuckets
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
        perimeter=EndpointPerimeter(ORGANIZATION, trusted_resource_account_ids=("602401143452",)),
        gateway_endpoints=["s3", "dynamodb", "s3express"],
        subnets=SUBNETS,
        clients={
            "vpc": "10.0.0.0/16",
            "office": "pl-0123456789abcdef0",
        },
        bundles=[Bundle.EKS_PRIVATE, Bundle.SECRETS],
        interface_endpoints=["cassandra", "ssm"],
        service_owned_buckets=[ServiceOwnedBuckets.ECR_LAYERS],
        additional_statements={"s3": [allow("AllowMirror", ["s3:GetObject"], ["arn:aws:s3:::mirror.example/*"])]},
    )
    endpoints.add_interface_endpoint("s3", private_dns_only_for_inbound_resolver_endpoint=False)
    endpoints.add_interface_endpoint("dynamodb", availability_zone_ids=["euw1-az1"])
    endpoints.add_interface_endpoint("s3", service_region="us-east-1")
    endpoints.add_interface_endpoint("codepipeline", policy=EndpointPolicy.FULL_ACCESS)
    endpoints.add_interface_endpoint(
        "billing",
        service_name="com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0",
        private_dns_enabled=False,
        policy=EndpointPolicy.FULL_ACCESS,
    )
    assert stack == hcl_snapshot


def test_there_are_no_interface_endpoints_by_default(stack: Stack) -> None:
    with_interfaces(stack)
    assert {endpoint["vpc_endpoint_type"] for endpoint in endpoints_of(stack).values()} == {"Gateway"}
    assert "aws_security_group" not in synthesize(stack)["resource"]


def test_gateway_endpoints_can_be_omitted(stack: Stack) -> None:
    with_interfaces(stack, gateway_endpoints=(), route_table_ids=(), interface_endpoints=["kms"])
    assert set(endpoints_of(stack)) == {"private_kms"}


def test_a_service_of_several_bundles_has_one_endpoint(stack: Stack) -> None:
    bundles = [Bundle.ECR_PULL, Bundle.ECS_FARGATE, Bundle.SSM_SESSION, Bundle.SECRETS]
    endpoints = with_interfaces(stack, bundles=bundles, interface_endpoints=["logs", "kms"])
    expected = ["ecr_api", "ecr_dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms"]
    assert list(endpoints.interface_endpoints) == expected


@pytest.mark.parametrize("bundles", [[Bundle.ECR_PULL, Bundle.SECRETS], [Bundle.SECRETS, Bundle.ECR_PULL]])
def test_addresses_do_not_depend_on_the_order_or_on_other_endpoints(stack: Stack, bundles: list[Bundle]) -> None:
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
    endpoints = with_interfaces(stack, bundles=[Bundle.SSM_SESSION])
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
