import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.kms_key_policy_external_grants import kms_key_policy_external_grants
from plainwork_policies.privileges.settings import IamSettings

KEY = """resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = %s } },
    { Effect = "Allow", Action = %s, Resource = "*", Principal = %s%s },
  ] })
}
"""
OWN, PARTNER = '"arn:aws:iam::111122223333:root"', '{ AWS = "arn:aws:iam::444455556666:role/reader" }'
GRANT = '["kms:Decrypt", "kms:CreateGrant"]'
CALLER = '"arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"'


@pytest.fixture
def status(results):
    def status(hcl, *settings):
        own, other = (result.status for result in results(kms_key_policy_external_grants, hcl, *settings))
        assert own in ("passed", "not_evaluated")
        return other

    return status


@pytest.mark.parametrize(
    ("actions", "principal", "expected"),
    [
        (GRANT, PARTNER, "failed"),
        (GRANT, '{ AWS = "arn:aws:iam::444455556666:root" }', "failed"),
        ('"kms:Create*"', PARTNER, "failed"),
        ('["kms:Decrypt", "kms:DescribeKey"]', PARTNER, "passed"),
        (GRANT, '{ AWS = "arn:aws:iam::111122223333:role/reader" }', "passed"),
        (GRANT, "{ AWS = aws_iam_role.reader.arn }", "passed"),
        (GRANT, '{ Service = "backup.amazonaws.com" }', "passed"),
        (GRANT, "{ AWS = var.reader }", "not_evaluated"),
        (GRANT, '{ AWS = "arn:aws:iam::${var.account}:root" }', "not_evaluated"),
        ("var.actions", PARTNER, "not_evaluated"),
    ],
)
def test_another_account_that_may_create_grants_fails(actions, principal, expected, status):
    assert status(KEY % (OWN, actions, principal, "")) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('Bool = { "kms:GrantIsForAWSResource" = "true" }', "passed"),
        ('StringEquals = { "kms:ViaService" = "ec2.eu-west-1.amazonaws.com" }', "passed"),
        ('"ForAllValues:StringEquals" = { "kms:GrantOperations" = ["Decrypt"] }', "failed"),
        ('Bool = { "kms:GrantIsForAWSResource" = "false" }', "failed"),
        ("Bool = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_grants(condition, expected, status):
    assert status(KEY % (OWN, GRANT, PARTNER, f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    ("own", "provider", "expected"),
    [
        (OWN, "", "failed"),
        (OWN, 'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n', "failed"),
        (CALLER, "", "failed"),
    ],
)
def test_of_two_accounts_that_may_change_the_policy_the_second_is_another_one(own, provider, expected, status):
    assert status(provider + KEY % (own, '"kms:*"', PARTNER, "")) == expected


def test_without_the_account_of_the_key_the_result_is_not_evaluated(results):
    found = results(kms_key_policy_external_grants, (KEY % (OWN, GRANT, PARTNER, "")).replace("kms:*", "kms:Encrypt"))
    assert [result.status for result in found] == ["passed", "not_evaluated"]


def test_a_trusted_account_passes(status):
    settings = Settings(tables=(IamSettings(trusted_accounts=("444455556666",)),))
    assert status(KEY % (OWN, GRANT, PARTNER, ""), settings) == "passed"


def test_other_policies_are_not_checked(statuses):
    queue = (KEY % (OWN, GRANT, PARTNER, "")).replace("aws_kms_key", "aws_sqs_queue")
    assert statuses(kms_key_policy_external_grants, queue) == {}
