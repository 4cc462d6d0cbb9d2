import pytest

from plainwork_policies.endpoints.vpc_endpoint_private_dns_unsupported import vpc_endpoint_private_dns_unsupported

VPC = 'resource "aws_vpc" "x" {\n  %s\n}\n'
ON = {"vpc_id": "aws_vpc.x.id", "private_dns_enabled": "true"}


@pytest.mark.parametrize(
    ("arguments", "status"),
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
def test_a_vpc_with_private_dns_has_dns_support_and_dns_hostnames(arguments, status, endpoint, statuses):
    found = statuses(vpc_endpoint_private_dns_unsupported, VPC % arguments + endpoint(**ON))
    assert found == {"aws_vpc_endpoint.x": status}


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
def test_an_endpoint_without_private_dns_or_in_another_vpc_is_no_subject(arguments, endpoint, statuses):
    hcl = VPC % "" + 'data "aws_vpc" "x" {\n}\n' + endpoint(**arguments)
    assert statuses(vpc_endpoint_private_dns_unsupported, hcl) == {}


def test_the_message_names_vpc_and_argument(endpoint, messages):
    (message,) = messages(vpc_endpoint_private_dns_unsupported, VPC % "" + endpoint(**ON))
    assert "`enable_dns_hostnames` of `aws_vpc.x`" in message


def test_an_unknown_private_dns_passes_in_a_vpc_with_dns_support(endpoint, statuses):
    hcl = VPC % "enable_dns_hostnames = true" + endpoint(vpc_id="aws_vpc.x.id", private_dns_enabled="var.dns")
    assert statuses(vpc_endpoint_private_dns_unsupported, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_a_value_that_may_be_a_vpc_of_the_stack_is_not_evaluated(endpoint, statuses):
    hcl = VPC % "" + endpoint(**{**ON, "vpc_id": "coalesce(var.vpc_id, aws_vpc.x.id)"})
    assert statuses(vpc_endpoint_private_dns_unsupported, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}
