import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_trust_account_unconditional import iam_trust_account_unconditional
from plainwork_policies.privileges.settings import IamSettings

ROLE = """resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "sts:AssumeRole", Principal = %s%s
  }] })
}
"""
PARTNER = '{ AWS = "arn:aws:iam::444455556666:root" }'


@pytest.fixture
def status(statuses):
    return lambda hcl, *settings: statuses(iam_trust_account_unconditional, hcl, *settings)["aws_iam_role.r"]


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (PARTNER, "failed"),
        ('{ AWS = "444455556666" }', "failed"),
        ('{ AWS = ["arn:aws:iam::111122223333:role/a", "444455556666"] }', "failed"),
        ('{ AWS = "arn:${data.aws_partition.current.partition}:iam::444455556666:root" }', "failed"),
        ('{ AWS = "arn:aws:iam::444455556666:role/a" }', "passed"),
        ('{ AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }', "passed"),
        ("{ AWS = data.aws_caller_identity.current.account_id }", "passed"),
        ('{ AWS = "*" }', "passed"),
        ('{ AWS = "arn:aws:iam::*:root" }', "passed"),
        ('{ Service = "ec2.amazonaws.com" }', "passed"),
        ("{ AWS = aws_iam_role.caller.arn }", "passed"),
        ('{ AWS = "arn:aws:iam::${var.account}:root" }', "not_evaluated"),
        ("{ AWS = var.principal }", "not_evaluated"),
    ],
)
def test_another_account_without_a_condition_fails(principal, expected, status):
    assert status(ROLE % (principal, "")) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "sts:ExternalId" = "acme-1a2b" }', "passed"),
        ('StringEquals = { "sts:ExternalId" = var.external_id }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }', "passed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::444455556666:role/deploy-*" }', "passed"),
        ('Bool = { "aws:MultiFactorAuthPresent" = "true" }', "passed"),
        ('StringLike = { "sts:ExternalId" = "*" }', "failed"),
        ('StringNotEquals = { "sts:ExternalId" = "acme-1a2b" }', "failed"),
        ("", "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_that_requires_a_value_passes(condition, expected, status):
    assert status(ROLE % (PARTNER, f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    "provider",
    [
        'allowed_account_ids = ["444455556666"]',
        'assume_role {\n    role_arn = "arn:aws:iam::444455556666:role/deploy"\n  }',
    ],
)
def test_the_account_of_the_provider_passes(provider, status):
    assert status(f'provider "aws" {{\n  {provider}\n}}\n' + ROLE % (PARTNER, "")) == "passed"


@pytest.mark.parametrize(("accounts", "expected"), [(("444455556666",), "passed"), (("111122223333",), "failed")])
def test_the_trusted_accounts_are_a_setting(accounts, expected, status):
    assert status(ROLE % (PARTNER, ""), Settings(tables=(IamSettings(trusted_accounts=accounts),))) == expected


def test_a_deny_statement_passes(status):
    assert status((ROLE % (PARTNER, "")).replace("Allow", "Deny")) == "passed"
