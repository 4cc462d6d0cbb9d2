import pytest

from plainwork_policies.endpoints.vpc_endpoint_private_dns_unsupported import vpc_endpoint_private_dns_unsupported

VPC = 'resource "aws_vpc" "x" {\n  %s\n}\n'
ON = {"vpc_id": "aws_vpc.x.id", "private_dns_enabled": "true"}


@pytest.mark.parametrize(
    ("switches", "verdict"),
    [
        ("", "failed"),
        ("enable_dns_hostnames = true", "passed"),
        ('enable_dns_hostnames = "true"', "passed"),
        ("enable_dns_hostnames = false", "failed"),
        ("enable_dns_hostnames = true\n  enable_dns_support = false", "failed"),
        ("enable_dns_hostnames = true\n  enable_dns_support = null", "passed"),
        ("enable_dns_hostnames = var.dns", "not_evaluated"),
    ],
)
def test_a_vpc_with_private_dns_has_both_switches_on(switches, verdict, endpoint, statuses):
    found = statuses(vpc_endpoint_private_dns_unsupported, VPC % switches + endpoint(**ON))
    assert found == {"aws_vpc_endpoint.x": verdict}


def test_an_unknown_private_dns_is_not_evaluated(endpoint, statuses):
    hcl = VPC % "" + endpoint(vpc_id="aws_vpc.x.id", private_dns_enabled="var.dns")
    assert statuses(vpc_endpoint_private_dns_unsupported, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


@pytest.mark.parametrize(
    "arguments",
    [
        {"vpc_id": "aws_vpc.x.id"},
        {**ON, "private_dns_enabled": "false"},
        {**ON, "vpc_id": "var.vpc"},
        {**ON, "vpc_id": "module.vpc.vpc_id"},
        {**ON, "vpc_id": "data.aws_vpc.x.id"},
    ],
)
def test_neither_an_endpoint_without_it_nor_another_vpc_is_judged(arguments, endpoint, statuses):
    hcl = VPC % "" + 'data "aws_vpc" "x" {\n}\n' + endpoint(**arguments)
    assert statuses(vpc_endpoint_private_dns_unsupported, hcl) == {}


def test_the_finding_names_vpc_and_switch(endpoint, messages):
    found = messages(vpc_endpoint_private_dns_unsupported, VPC % "" + endpoint(**ON))
    assert found == ["has private DNS, and `enable_dns_hostnames` of its VPC `aws_vpc.x` is not `true`"]
