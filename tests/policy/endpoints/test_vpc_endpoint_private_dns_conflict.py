import pytest

from plainwork_policies.endpoints.vpc_endpoint_private_dns_conflict import vpc_endpoint_private_dns_conflict

ON = {"private_dns_enabled": "true"}
OWN = '"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"'


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ({}, {}, "failed"),
        ({"vpc_id": "aws_vpc.a.id"}, {"vpc_id": "aws_vpc.a.id"}, "failed"),
        ({"vpc_id": "var.vpc_id"}, {"vpc_id": "var.vpc_id"}, "failed"),
        ({"service_name": OWN}, {"service_name": OWN}, "failed"),
        ({"service_name": "var.service"}, {"service_name": "var.service"}, "failed"),
        ({"service_name": '"com.amazonaws.${var.region}.ssm"'}, {"service_name": "ssm"}, "failed"),
        ({}, {"service_name": "ssmmessages"}, "passed"),
        ({}, {"vpc_id": '"vpc-2"'}, "passed"),
        ({"vpc_id": "aws_vpc.a.id"}, {"vpc_id": "aws_vpc.b.id"}, "passed"),
        ({"vpc_id": "var.vpc_a"}, {"vpc_id": "var.vpc_b"}, "passed"),
        ({}, {"private_dns_enabled": "false"}, "passed"),
        ({}, {"private_dns_enabled": None}, "passed"),
        ({}, {"private_dns_enabled": "var.dns"}, "not_evaluated"),
        ({"vpc_id": "each.value"}, {}, "not_evaluated"),
        ({"service_name": "each.value"}, {}, "not_evaluated"),
        ({}, {"service_name": "each.value"}, "not_evaluated"),
        ({}, {"service_name": "var.service"}, "not_evaluated"),
        ({}, {"vpc_id": "var.vpc_id"}, "not_evaluated"),
        ({"service_name": "var.service"}, {"service_name": OWN, "vpc_id": '"vpc-2"'}, "passed"),
        ({"service_name": OWN}, {}, "passed"),
    ],
)
def test_a_service_has_one_endpoint_with_private_dns_in_a_vpc(one, other, status, endpoint, statuses):
    vpcs = 'resource "aws_vpc" "a" {\n}\nresource "aws_vpc" "b" {\n}\n'
    found = statuses(
        vpc_endpoint_private_dns_conflict, vpcs + endpoint("x", **(ON | one)) + endpoint("y", **(ON | other))
    )
    assert found["aws_vpc_endpoint.x"] == status


def test_an_unknown_service_alone_passes(endpoint, statuses):
    hcl = endpoint("x", **(ON | {"service_name": "each.value"})) + endpoint("y")
    assert statuses(vpc_endpoint_private_dns_conflict, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_the_message_names_the_service_and_the_other_endpoint(endpoint, messages):
    message, _ = messages(vpc_endpoint_private_dns_conflict, endpoint("x", **ON) + endpoint("y", **ON))
    assert "`ssm`" in message
    assert "`aws_vpc_endpoint.y`" in message
