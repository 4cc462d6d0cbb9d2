import pytest

from plainwork_policies.privileges.opensearch_domain_public_access import opensearch_domain_public_access

DOMAIN = """resource "aws_opensearch_domain" "d" {
  domain_name     = "logs"
  access_policies = jsonencode({ Statement = [{
    Effect = "Allow", Action = "es:*", Resource = "*", Principal = %s%s
  }] })
  %s
}
"""
SEPARATE = """resource "aws_%s_domain" "d" {
  domain_name = "logs"
  %s
}

resource "aws_%s_domain_policy" "p" {
  domain_name     = %s
  access_policies = jsonencode({ Statement = [{
    Effect = "Allow", Action = "es:*", Resource = "*", Principal = { AWS = "*" }
  }] })
}
"""
VPC = 'vpc_options {\n    subnet_ids = ["subnet-0123456789abcdef0"]\n  }'
FINE_GRAINED = "advanced_security_options {\n    enabled = %s\n  }"


@pytest.fixture
def status(statuses):
    return lambda hcl: statuses(opensearch_domain_public_access, hcl)["aws_opensearch_domain.d"]


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        ('{ AWS = "*" }', "", "failed"),
        ('"*"', "", "failed"),
        ('"*"', ', Condition = { IpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }', "passed"),
        ('{ AWS = "111122223333" }', "", "passed"),
        ("{ AWS = aws_iam_role.logs.arn }", "", "passed"),
        ("{ AWS = var.principal }", "", "not_evaluated"),
        ('"*"', ", Condition = { IpAddress = var.condition }", "not_evaluated"),
    ],
)
def test_a_domain_that_allows_everyone_fails(principal, condition, expected, status):
    assert status(DOMAIN % (principal, condition, "")) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (VPC, "passed"),
        (FINE_GRAINED % "true", "passed"),
        (FINE_GRAINED % "false", "failed"),
        (FINE_GRAINED % "var.enabled", "not_evaluated"),
    ],
)
def test_a_vpc_or_fine_grained_access_control_protects_the_domain(block, expected, status):
    assert status(DOMAIN % ('"*"', "", block)) == expected


@pytest.mark.parametrize("service", ["opensearch", "elasticsearch"])
@pytest.mark.parametrize(
    ("block", "domain", "expected"),
    [
        ("", "aws_{}_domain.d.domain_name", "failed"),
        ("", '"logs"', "failed"),
        (VPC, "aws_{}_domain.d.domain_name", "passed"),
        ("", "var.domain", "not_evaluated"),
    ],
)
def test_a_separate_policy_is_checked_with_its_domain(service, block, domain, expected, statuses):
    hcl = SEPARATE % (service, block, service, domain.format(service))
    assert statuses(opensearch_domain_public_access, hcl)[f"aws_{service}_domain_policy.p"] == expected
