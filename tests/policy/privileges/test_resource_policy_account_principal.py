import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.resource_policy_account_principal import resource_policy_account_principal
from plainwork_policies.privileges.settings import IamSettings

QUEUE = """resource "aws_sqs_queue_policy" "q" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = %s%s }]
  })
}
"""
KEY = """resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = %s, Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:root" } },
    { Effect = "Allow", Action = ["kms:Decrypt"], Resource = "*", Principal = { AWS = "%s" } },
  ] })
}
"""
PARTNER = '{ AWS = "444455556666" }'


@pytest.fixture
def status(statuses):
    return lambda hcl, *settings: statuses(resource_policy_account_principal, hcl, *settings)["aws_sqs_queue_policy.q"]


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (PARTNER, "failed"),
        ('{ AWS = "arn:aws:iam::444455556666:root" }', "failed"),
        ('{ AWS = ["arn:aws:iam::444455556666:role/a", "444455556666"] }', "failed"),
        ('{ AWS = "arn:aws:iam::444455556666:role/sender" }', "passed"),
        ("{ AWS = aws_iam_role.sender.arn }", "passed"),
        ('"*"', "passed"),
        ('{ Service = "events.amazonaws.com" }', "passed"),
        ("{ AWS = var.senders }", "not_evaluated"),
        ('{ AWS = "arn:aws:iam::${var.partner}:root" }', "not_evaluated"),
        ('{ AWS = "arn:aws:iam::${data.aws_ssm_parameter.partner.value}:root" }', "not_evaluated"),
    ],
)
def test_an_account_fails_and_a_role_passes(principal, expected, status):
    assert status(QUEUE % (principal, "")) == expected


@pytest.mark.parametrize(
    "principal",
    [
        '{ AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }',
        "{ AWS = data.aws_caller_identity.current.account_id }",
    ],
)
def test_the_account_of_the_caller_identity_passes(principal, status):
    assert status(QUEUE % (principal, "")) == "passed"


def test_the_allowed_account_of_the_provider_passes(status):
    provider = 'provider "aws" {\n  allowed_account_ids = ["444455556666"]\n}\n'
    assert status(provider + QUEUE % (PARTNER, "")) == "passed"


@pytest.mark.parametrize(("accounts", "expected"), [(("444455556666",), "passed"), (("111122223333",), "failed")])
def test_the_trusted_accounts_are_a_setting(accounts, expected, status):
    assert status(QUEUE % (PARTNER, ""), Settings(tables=(IamSettings(trusted_accounts=accounts),))) == expected


@pytest.mark.parametrize("keeping", ['"kms:*"', '["kms:DescribeKey", "kms:PutKeyPolicy"]', '"kms:Put*"'])
@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("arn:aws:iam::111122223333:root", ["passed", "passed"]),
        ("111122223333", ["passed", "passed"]),
        ("arn:aws:iam::444455556666:root", ["passed", "failed"]),
        ("arn:aws:iam::444455556666:role/reader", ["passed", "passed"]),
    ],
)
def test_the_account_that_may_change_the_key_policy_passes(account, keeping, expected, results):
    found = results(resource_policy_account_principal, KEY % (keeping, account))
    assert [result.status for result in found] == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::444455556666:role/order-*" }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_principals(condition, expected, status):
    assert status(QUEUE % (PARTNER, f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize("type_", ["aws_s3_bucket_policy", "aws_ecr_repository_policy", "aws_backup_vault_policy"])
def test_other_resources_are_not_checked(type_, statuses):
    assert (
        statuses(resource_policy_account_principal, (QUEUE % (PARTNER, "")).replace("aws_sqs_queue_policy", type_))
        == {}
    )


def test_a_deny_statement_passes(status):
    assert status((QUEUE % (PARTNER, "")).replace("Allow", "Deny")) == "passed"


def test_the_message_has_the_account_and_the_kind_of_resource(messages):
    (message,) = messages(resource_policy_account_principal, QUEUE % (PARTNER, ""))
    assert message.startswith("`Principal` is account `444455556666`")
    assert message.endswith("access to the queue")


ADMINISTRATORS = """resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = %s } },
    { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::444455556666:root" } },
  ] })
}
"""


@pytest.mark.parametrize(
    ("first", "before", "expected"),
    [
        ('"arn:aws:iam::111122223333:root"', "", ["passed", "failed"]),
        ("data.aws_caller_identity.me.account_id", "", ["passed", "failed"]),
        ('"111122223333"', 'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n', ["passed", "failed"]),
        ('"111122223333"', 'provider "aws" {\n  allowed_account_ids = ["444455556666"]\n}\n', ["failed", "passed"]),
        ('"arn:aws:iam::111122223333:role/admin"', "", ["passed", "passed"]),
    ],
)
def test_a_key_has_one_account_of_its_own(first, before, expected, results):
    found = results(resource_policy_account_principal, before + ADMINISTRATORS % first)
    assert [result.status for result in found] == expected
