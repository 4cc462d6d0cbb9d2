import pytest

from plainwork_policies.privileges.vpc_endpoint_policy_missing import vpc_endpoint_policy_missing

ADDRESS = "aws_vpc_endpoint.e"
PROVIDER = 'provider "aws" {}\n'
ENDPOINT = (
    PROVIDER
    + 'variable "x" {}\nresource "aws_vpc_endpoint" "e" {\n  service_name = "com.amazonaws.eu-west-1.s3"\n%s}\n'
)
POLICY = 'resource "aws_vpc_endpoint_policy" "p" {\n  vpc_endpoint_id = %s\n  policy = "{}"\n}\n'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "failed"),
        ('vpc_endpoint_type = "Gateway"\n', "failed"),
        ("policy = null\n", "failed"),
        ('policy = ""\n', "failed"),
        ("policy = jsonencode({ Statement = [] })\n", "passed"),
        ("policy = var.x\n", "passed"),
        ('vpc_endpoint_type = "Interface"\n', "passed"),
        ('vpc_endpoint_type = "GatewayLoadBalancer"\n', "passed"),
        ("vpc_endpoint_type = var.x\n", "not_evaluated"),
    ],
)
def test_a_gateway_endpoint_requires_a_policy(body, expected, statuses):
    assert statuses(vpc_endpoint_policy_missing, ENDPOINT % body) == {ADDRESS: expected}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("aws_vpc_endpoint.e.id", "passed"),
        ("aws_vpc_endpoint.other.id", "failed"),
        ('"vpce-0123456789abcdef0"', "failed"),
        ("var.x", "not_evaluated"),
    ],
)
def test_a_policy_resource_counts(named, expected, statuses):
    other = 'resource "aws_vpc_endpoint" "other" {\n  policy = "{}"\n}\n'
    assert statuses(vpc_endpoint_policy_missing, ENDPOINT % "" + other + POLICY % named)[ADDRESS] == expected


def test_an_endpoint_that_a_module_receives_is_not_evaluated(statuses):
    module = 'module "m" {\n  source = "./m"\n  endpoint = aws_vpc_endpoint.e.id\n}\n'
    assert statuses(vpc_endpoint_policy_missing, ENDPOINT % "" + module) == {ADDRESS: "not_evaluated"}


def test_the_message_has_the_argument_and_the_default(messages):
    (message,) = messages(vpc_endpoint_policy_missing, ENDPOINT % "")
    assert message == "`policy` is not set; the default endpoint policy allows full access"


def test_an_endpoint_in_a_module_is_not_evaluated(statuses):
    assert statuses(vpc_endpoint_policy_missing, ENDPOINT.removeprefix(PROVIDER) % "") == {ADDRESS: "not_evaluated"}
