import pytest

from plainwork_policies.privileges.iam_assume_role_any_account import iam_assume_role_any_account

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = %s%s }] })
}
"""
ANY = '"arn:aws:iam::*:role/*"'


@pytest.fixture
def status(statuses):
    return lambda hcl: statuses(iam_assume_role_any_account, hcl)["aws_iam_policy.p"]


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ('"sts:AssumeRole"', ANY, "failed"),
        ('["sts:AssumeRole", "sts:TagSession"]', f"[{ANY}]", "failed"),
        ('"sts:*"', ANY, "failed"),
        ('"sts:AssumeRole"', '"arn:${data.aws_partition.current.partition}:iam::*:role/*"', "failed"),
        ('"sts:AssumeRole"', '"arn:aws:iam::*:role/deploy"', "passed"),
        ('"sts:AssumeRole"', '"arn:aws:iam::111122223333:role/*"', "passed"),
        ('"sts:AssumeRole"', '"arn:aws:iam::${var.account}:role/*"', "passed"),
        ('"sts:AssumeRole"', '"*"', "passed"),
        ('"iam:GetRole"', ANY, "passed"),
        ("var.action", ANY, "not_evaluated"),
    ],
)
def test_all_roles_of_all_accounts_fail(action, resource, expected, status):
    assert status(POLICY % (action, resource, "")) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "iam:ResourceTag/team" = "a" }', "passed"),
        ('StringEquals = { "aws:ResourceOrgID" = "o-a1b2c3d4e5" }', "passed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_roles(condition, expected, status):
    assert status(POLICY % ('"sts:AssumeRole"', ANY, f", Condition = {{ {condition} }}")) == expected


def test_a_deny_statement_passes(status):
    assert status((POLICY % ('"sts:AssumeRole"', ANY, "")).replace("Allow", "Deny")) == "passed"
