import pytest

from plainwork_policies.privileges.vpc_endpoint_policy_full_access import vpc_endpoint_policy_full_access

ENDPOINT = """resource "aws_vpc_endpoint" "e" {
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Principal = %s, Action = %s, Resource = %s%s },
  ] })
}
"""
ALL = '"*"'
BUCKET = '"arn:aws:s3:::acme-reports/*"'


@pytest.fixture
def verdict(statuses):
    return lambda *arguments: statuses(vpc_endpoint_policy_full_access, ENDPOINT % arguments)["aws_vpc_endpoint.e"]


@pytest.mark.parametrize(
    ("principal", "action", "resource", "expected"),
    [
        (ALL, ALL, ALL, "failed"),
        ('{ AWS = "*" }', '"s3:*"', ALL, "failed"),
        (ALL, '["s3:GetObject", "s3:*"]', f"[{BUCKET}, {ALL}]", "failed"),
        (ALL, ALL, BUCKET, "passed"),
        (ALL, '"s3:GetObject"', ALL, "passed"),
        ("{ AWS = aws_iam_role.reader.arn }", ALL, ALL, "passed"),
        (ALL, ALL, "aws_s3_bucket.reports.arn", "passed"),
        (ALL, ALL, "var.resources", "not_evaluated"),
        (ALL, "var.actions", ALL, "not_evaluated"),
        ("var.principal", ALL, ALL, "not_evaluated"),
    ],
)
def test_everyone_everything_and_everywhere_is_open(principal, action, resource, expected, verdict):
    assert verdict(principal, action, resource, "") == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "passed"),
        ('StringEquals = { "aws:ResourceAccount" = "111122223333" }', "passed"),
        ('Bool = { "aws:PrincipalIsAWSService" = "true" }', "passed"),
        ('StringEquals = { "aws:SourceVpc" = "vpc-1" }', "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_says_whose(condition, expected, verdict):
    assert verdict(ALL, ALL, ALL, f", Condition = {{ {condition} }}") == expected


def test_another_statement_that_denies_leaves_it_open(results):
    deny = '}, { Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = "*"'
    found = results(vpc_endpoint_policy_full_access, ENDPOINT % (ALL, ALL, ALL, deny))
    assert [each.status for each in found] == ["not_evaluated", "passed"]


def test_an_endpoint_without_a_policy_is_not_judged(statuses):
    assert statuses(vpc_endpoint_policy_full_access, 'resource "aws_vpc_endpoint" "e" {\n  vpc_id = "vpc-1"\n}\n') == {}


def test_the_finding_names_the_actions(messages):
    assert messages(vpc_endpoint_policy_full_access, ENDPOINT % (ALL, '"s3:*"', ALL, "")) == [
        "lets `s3:*` through for everyone, on every resource"
    ]
