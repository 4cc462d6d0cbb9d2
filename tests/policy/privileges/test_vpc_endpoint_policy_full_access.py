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
def status(statuses):
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
def test_all_actions_for_all_principals_on_all_resources_fail(principal, action, resource, expected, status):
    assert status(principal, action, resource, "") == expected


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
def test_a_condition_limits_the_principals_or_resources(condition, expected, status):
    assert status(ALL, ALL, ALL, f", Condition = {{ {condition} }}") == expected


def test_another_statement_with_deny_ends_in_not_evaluated(results):
    deny = '}, { Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = "*"'
    found = results(vpc_endpoint_policy_full_access, ENDPOINT % (ALL, ALL, ALL, deny))
    assert [result.status for result in found] == ["not_evaluated", "passed"]


def test_an_endpoint_without_a_policy_is_not_checked(statuses):
    assert statuses(vpc_endpoint_policy_full_access, 'resource "aws_vpc_endpoint" "e" {\n  vpc_id = "vpc-1"\n}\n') == {}


def test_the_message_lists_the_actions(messages):
    (message,) = messages(vpc_endpoint_policy_full_access, ENDPOINT % (ALL, '"s3:*"', ALL, ""))
    assert message.startswith("`Action` is `s3:*` for `Principal` `*`")
