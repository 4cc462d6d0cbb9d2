import pytest

from plainwork_policies.endpoints.vpc_endpoint_s3_gateway_missing import vpc_endpoint_s3_gateway_missing

VPC = 'resource "aws_vpc" "x" {\n}\n'
HERE = {"vpc_id": "aws_vpc.x.id"}
ON = {**HERE, "service_name": "s3", "private_dns_enabled": "true"}
GATEWAY = {**HERE, "service_name": "s3", "vpc_endpoint_type": '"Gateway"'}
OPTION = "dns_options {\n  private_dns_only_for_inbound_resolver_endpoint = %s\n}"
MODULE = 'module "endpoints" {\n  source = "./endpoints"\n}\n'


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ("", "failed"),
        (OPTION % "true", "failed"),
        (OPTION % "false", "passed"),
        (OPTION % "var.inbound", "not_evaluated"),
    ],
)
def test_private_dns_requires_a_gateway_endpoint_unless_the_option_is_false(options, status, endpoint, statuses):
    found = statuses(vpc_endpoint_s3_gateway_missing, VPC + endpoint("x", options, **ON))
    assert found == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({}, "passed"),
        ({"vpc_endpoint_type": None}, "passed"),
        ({"service_name": "dynamodb"}, "failed"),
        ({"vpc_id": "aws_vpc.y.id"}, "failed"),
        ({"service_name": "each.value"}, "not_evaluated"),
        ({"vpc_endpoint_type": "var.kind"}, "not_evaluated"),
        ({"vpc_id": "var.vpc"}, "not_evaluated"),
    ],
)
def test_the_gateway_endpoint_is_for_s3_in_the_same_vpc(other, status, endpoint, statuses):
    vpcs = VPC + VPC.replace('"x"', '"y"')
    hcl = vpcs + endpoint("x", **ON) + endpoint("y", **(GATEWAY | other))
    assert statuses(vpc_endpoint_s3_gateway_missing, hcl) == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(
    ("elsewhere", "arguments"), [("", {"vpc_id": "var.vpc"}), ("", {"vpc_id": '"vpc-1"'}), (MODULE, HERE)]
)
def test_a_gateway_endpoint_in_another_stack_or_module_is_not_evaluated(elsewhere, arguments, endpoint, statuses):
    hcl = VPC + elsewhere + endpoint(**(ON | arguments))
    assert statuses(vpc_endpoint_s3_gateway_missing, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


@pytest.mark.parametrize(
    "other", [{"service_name": "ssm"}, {"private_dns_enabled": "false"}, {"private_dns_enabled": None}, GATEWAY]
)
def test_other_endpoints_are_no_subject(other, endpoint, statuses):
    assert statuses(vpc_endpoint_s3_gateway_missing, VPC + endpoint(**(ON | other))) == {}


@pytest.mark.parametrize("unknown", [{"service_name": "var.service"}, {"vpc_endpoint_type": "var.type"}])
@pytest.mark.parametrize(("other", "status"), [(False, "not_evaluated"), (True, "passed")])
def test_an_endpoint_that_may_be_for_s3_needs_a_gateway_endpoint(unknown, other, status, endpoint, statuses):
    hcl = VPC + endpoint("x", **(ON | unknown)) + (endpoint("y", **GATEWAY) if other else "")
    assert statuses(vpc_endpoint_s3_gateway_missing, hcl)["aws_vpc_endpoint.x"] == status


def test_an_unknown_private_dns_is_not_evaluated(endpoint, statuses):
    hcl = VPC + endpoint(**(ON | {"private_dns_enabled": "var.dns"}))
    assert statuses(vpc_endpoint_s3_gateway_missing, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}
