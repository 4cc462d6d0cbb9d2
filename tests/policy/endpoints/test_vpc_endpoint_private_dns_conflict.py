import pytest

from plainwork_policies.endpoints.vpc_endpoint_private_dns_conflict import vpc_endpoint_private_dns_conflict

ON = {"private_dns_enabled": "true"}
OWN = '"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"'


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ({}, {}, "failed"),
        ({"vpc_id": "aws_vpc.a.id"}, {"vpc_id": "aws_vpc.a.id"}, "failed"),
        ({"vpc_id": "var.vpc_id"}, {"vpc_id": "var.vpc_id"}, "failed"),
        ({"service_name": OWN}, {"service_name": OWN}, "failed"),
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
        ({}, {"service_name": "each.value"}, "passed"),
    ],
)
def test_a_service_has_one_name_in_a_vpc(one, other, verdict, endpoint, statuses):
    vpcs = 'resource "aws_vpc" "a" {\n}\nresource "aws_vpc" "b" {\n}\n'
    found = statuses(
        vpc_endpoint_private_dns_conflict, vpcs + endpoint("x", **(ON | one)) + endpoint("y", **(ON | other))
    )
    assert found["aws_vpc_endpoint.x"] == verdict


def test_an_unknown_service_alone_passes(endpoint, statuses):
    hcl = endpoint("x", **(ON | {"service_name": "each.value"})) + endpoint("y")
    assert statuses(vpc_endpoint_private_dns_conflict, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_the_finding_names_the_other(endpoint, messages):
    found = messages(vpc_endpoint_private_dns_conflict, endpoint("x", **ON) + endpoint("y", **ON))
    assert found[0] == "has private DNS for `ssm`, as `aws_vpc_endpoint.y` of the same VPC has"
