import pytest

from plainwork_policies.endpoints.vpc_endpoint_gateway_account_principal import vpc_endpoint_gateway_account_principal

POLICY = """jsonencode({ Statement = [{
    Effect    = "%s"
    Principal = %s
    Action    = "s3:*"
    Resource  = "*"
  }] })"""
ENDPOINT = 'resource "aws_vpc_endpoint" "s3" {\n  %s\n  policy = %s\n}\n'
SEPARATE = 'resource "aws_vpc_endpoint_policy" "s3" {\n  vpc_endpoint_id = %s\n  policy = %s\n}\n'
ROOT = '{ AWS = "arn:aws:iam::123456789012:root" }'


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    ("principal", "status"),
    [
        (ROOT, "failed"),
        ('{ AWS = "123456789012" }', "failed"),
        ('{ AWS = ["arn:aws:iam::123456789012:role/reader", "123456789012"] }', "failed"),
        ('{ AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }', "failed"),
        ('{ AWS = "arn:aws:iam::123456789012:role/reader" }', "passed"),
        ('"*"', "passed"),
        ("{ AWS = var.principal }", "not_evaluated"),
    ],
)
def test_an_account_is_not_the_principal_of_a_gateway_endpoint(principal, status, effect, statuses):
    hcl = ENDPOINT % ('vpc_endpoint_type = "Gateway"', POLICY % (effect, principal))
    assert statuses(vpc_endpoint_gateway_account_principal, hcl) == {"aws_vpc_endpoint.s3": status}


@pytest.mark.parametrize(
    ("type_", "status"),
    [
        ('vpc_endpoint_type = "Interface"', "passed"),
        ('service_name = "com.amazonaws.eu-west-1.s3"', "failed"),
        ("vpc_endpoint_type = var.type", "not_evaluated"),
    ],
)
def test_the_type_of_the_endpoint_decides(type_, status, statuses):
    hcl = ENDPOINT % (type_, POLICY % ("Allow", ROOT))
    assert statuses(vpc_endpoint_gateway_account_principal, hcl) == {"aws_vpc_endpoint.s3": status}


@pytest.mark.parametrize(
    ("endpoint", "status"), [("aws_vpc_endpoint.s3.id", "failed"), ('"vpce-0123456789abcdef0"', "not_evaluated")]
)
def test_a_separate_policy_has_the_type_of_its_endpoint(endpoint, status, statuses):
    hcl = ENDPOINT % ('vpc_endpoint_type = "Gateway"', "null") + SEPARATE % (endpoint, POLICY % ("Allow", ROOT))
    assert statuses(vpc_endpoint_gateway_account_principal, hcl) == {"aws_vpc_endpoint_policy.s3": status}
