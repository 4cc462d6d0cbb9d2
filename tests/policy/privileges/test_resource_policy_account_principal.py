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
def verdict(statuses):
    return lambda hcl, *settings: statuses(resource_policy_account_principal, hcl, *settings)["aws_sqs_queue_policy.q"]


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (PARTNER, "failed"),
        ('{ AWS = "arn:aws:iam::444455556666:root" }', "failed"),
        ('{ AWS = "arn:aws:iam::${var.partner}:root" }', "failed"),
        ('{ AWS = ["arn:aws:iam::444455556666:role/a", "444455556666"] }', "failed"),
        ('{ AWS = "arn:aws:iam::444455556666:role/sender" }', "passed"),
        ("{ AWS = aws_iam_role.sender.arn }", "passed"),
        ('"*"', "passed"),
        ('{ Service = "events.amazonaws.com" }', "passed"),
        ("{ AWS = var.senders }", "not_evaluated"),
    ],
)
def test_roles_are_named_and_accounts_are_not(principal, expected, verdict):
    assert verdict(QUEUE % (principal, "")) == expected


@pytest.mark.parametrize(
    "principal",
    [
        '{ AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }',
        "{ AWS = data.aws_caller_identity.current.account_id }",
    ],
)
def test_the_account_of_the_stack_may(principal, verdict):
    assert verdict(QUEUE % (principal, "")) == "passed"


def test_the_provider_says_which_account_is_the_stacks(verdict):
    provider = 'provider "aws" {\n  allowed_account_ids = ["444455556666"]\n}\n'
    assert verdict(provider + QUEUE % (PARTNER, "")) == "passed"


@pytest.mark.parametrize(("accounts", "expected"), [(("444455556666",), "passed"), (("111122223333",), "failed")])
def test_accounts_can_be_trusted_as_a_whole(accounts, expected, verdict):
    assert verdict(QUEUE % (PARTNER, ""), Settings(tables=(IamSettings(trusted_accounts=accounts),))) == expected


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
def test_a_key_is_its_accounts_which_may_rewrite_the_policy(account, keeping, expected, results):
    assert [each.status for each in results(resource_policy_account_principal, KEY % (keeping, account))] == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::444455556666:role/order-*" }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_may_narrow_who(condition, expected, verdict):
    assert verdict(QUEUE % (PARTNER, f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize("type_", ["aws_s3_bucket_policy", "aws_ecr_repository_policy", "aws_backup_vault_policy"])
def test_other_resources_are_not_judged(type_, statuses):
    assert (
        statuses(resource_policy_account_principal, (QUEUE % (PARTNER, "")).replace("aws_sqs_queue_policy", type_))
        == {}
    )


def test_denying_an_account_is_fine(verdict):
    assert verdict((QUEUE % (PARTNER, "")).replace("Allow", "Deny")) == "passed"


def test_the_finding_names_the_account_and_the_resource(messages):
    assert messages(resource_policy_account_principal, QUEUE % (PARTNER, "")) == [
        "lets the whole account `444455556666` use the queue"
    ]
