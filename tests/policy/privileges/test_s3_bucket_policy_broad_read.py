import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.s3_bucket_policy_broad_read import s3_bucket_policy_broad_read
from plainwork_policies.privileges.settings import IamSettings

BUCKET = """resource "aws_s3_bucket_policy" "b" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = %s, Principal = %s, Resource = "arn:aws:s3:::b/*"%s }]
  })
}
"""
READ = '"s3:GetObject"'
ACCOUNT = '{ AWS = "111122223333" }'


@pytest.fixture
def status(statuses):
    return lambda hcl: statuses(s3_bucket_policy_broad_read, hcl)["aws_s3_bucket_policy.b"]


@pytest.mark.parametrize(
    "principal",
    [
        '{ AWS = "arn:aws:iam::111122223333:root" }',
        '{ AWS = "arn:aws-cn:iam::111122223333:root" }',
        '{ AWS = ["arn:aws:iam::111122223333:role/a", "444455556666"] }',
    ],
)
def test_an_account_that_reads_fails(principal, status):
    assert status(BUCKET % (READ, principal, "")) == "failed"


@pytest.mark.parametrize(
    "principal",
    [
        '{ AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }',
        "{ AWS = data.aws_caller_identity.me.account_id }",
        '{ AWS = ["${data.aws_caller_identity.me.id}"] }',
        "{ AWS = upper(data.aws_caller_identity.me.arn) }",
    ],
)
def test_the_account_of_the_caller_identity_passes(principal, status):
    assert status(BUCKET % (READ, principal, "")) == "passed"


BY_ACCOUNT = ', Condition = { StringEquals = { "aws:PrincipalAccount" = %s } }'


@pytest.mark.parametrize(
    ("principal", "condition"), [(ACCOUNT, ""), ('"*"', BY_ACCOUNT % '"111122223333"')], ids=["principal", "condition"]
)
def test_the_allowed_account_of_the_provider_and_trusted_accounts_pass(principal, condition, statuses):
    hcl = BUCKET % (READ, principal, condition)
    provider = 'provider "aws" {\n  allowed_account_ids = ["%s"]\n}\n'
    trusting = Settings(tables=(IamSettings(trusted_accounts=("111122223333",)),))
    own, trusted, other = (
        statuses(s3_bucket_policy_broad_read, *arguments)["aws_s3_bucket_policy.b"]
        for arguments in ((provider % "111122223333" + hcl,), (hcl, trusting), (provider % "444455556666" + hcl,))
    )
    assert (own, trusted, other) == ("passed", "passed", "failed")


def test_a_condition_on_the_account_of_the_caller_identity_passes(status):
    condition = BY_ACCOUNT % "data.aws_caller_identity.me.account_id"
    assert status(BUCKET % (READ, '"*"', condition)) == "passed"


@pytest.mark.parametrize(
    "principal",
    [
        '{ AWS = "arn:aws:iam::111122223333:role/reader" }',
        '{ AWS = "arn:aws:iam::${var.account}:role/reader" }',
        "{ AWS = aws_iam_role.reader.arn }",
        "{ AWS = aws_cloudfront_origin_access_identity.site.iam_arn }",
        '{ Service = "cloudfront.amazonaws.com" }',
        "{ CanonicalUser = data.aws_canonical_user_id.me.id }",
    ],
)
def test_a_role_a_user_and_a_service_pass(principal, status):
    assert status(BUCKET % (READ, principal, "")) == "passed"


@pytest.mark.parametrize(
    "principal",
    [
        "{ AWS = var.reader }",
        '{ AWS = "arn:aws:iam::${var.account}:root" }',
        "{ AWS = data.aws_elb_service_account.main.arn }",
        "var.principal",
    ],
)
def test_a_principal_that_may_be_an_account_is_not_evaluated(principal, status):
    assert status(BUCKET % (READ, principal, "")) == "not_evaluated"


@pytest.mark.parametrize(
    "action", ['"s3:*"', '"*"', '"s3:Get*"', '["s3:PutObject", "s3:ListBucket"]', '"S3:getobject"']
)
def test_listing_and_reading_objects_count_as_reading(action, status):
    assert status(BUCKET % (action, ACCOUNT, "")) == "failed"


@pytest.mark.parametrize("action", ['"s3:PutObject"', '"s3:GetBucketAcl"', '["s3:PutObject", "s3:GetBucketLocation"]'])
def test_writing_objects_and_reading_settings_pass(action, status):
    assert status(BUCKET % (action, ACCOUNT, "")) == "passed"


def test_an_unknown_action_is_not_evaluated(status):
    assert status(BUCKET % ("var.action", ACCOUNT, "")) == "not_evaluated"
    assert status(BUCKET % ("var.action", "{ AWS = aws_iam_role.reader.arn }", "")) == "passed"


@pytest.mark.parametrize(("excluded", "expected"), [('"s3:Delete*"', "failed"), ('["s3:Get*", "s3:List*"]', "passed")])
def test_not_action_allows_reading_unless_it_lists_it(excluded, expected, status):
    assert status((BUCKET % (excluded, ACCOUNT, "")).replace("Action", "NotAction")) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/x-*" }', "passed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/x" }', "passed"),
        ('StringEquals = { "AWS:SourceVpce" = aws_vpc_endpoint.e.id }', "passed"),
        ('IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] }', "passed"),
        ('"ForAnyValue:StringEquals" = { "aws:SourceVpc" = "vpc-1" }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "failed"),
        ('StringEquals = { "aws:PrincipalAccount" = "111122223333" }', "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
        ('IpAddress = { "aws:SourceIp" = "0.0.0.0/0" }', "failed"),
        ('StringLike = { "aws:PrincipalArn" = "*" }', "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:*" }', "failed"),
        ('StringNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/x" }', "failed"),
        ('StringEqualsIfExists = { "aws:SourceVpce" = "vpce-1" }', "failed"),
        ('"ForAllValues:StringEquals" = { "aws:PrincipalArn" = "arn" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_principals_of_an_account(condition, expected, status):
    assert status(BUCKET % (READ, ACCOUNT, f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "aws:PrincipalAccount" = "111122223333" }', "failed"),
        ('StringEquals = { "aws:PrincipalAccount" = "111122223333", "aws:SourceVpce" = "vpce-1" }', "passed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:*" }', "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/reader" }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "passed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_the_public_limited_to_an_account_is_that_account(condition, expected, status):
    assert status(BUCKET % (READ, '"*"', f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize("principal", ['"*"', '{ AWS = "*" }'])
def test_public_access_is_checked_by_another_policy(principal, status):
    assert status(BUCKET % (READ, principal, "")) == "passed"


def test_a_deny_statement_passes(status):
    assert status((BUCKET % (READ, ACCOUNT, "")).replace("Allow", "Deny")) == "passed"


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ('Principal = "*", Condition = { NotIpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }', "not_evaluated"),
        ('NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/reader" }', "not_evaluated"),
        ('Principal = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } }', "failed"),
    ],
)
def test_a_deny_statement_that_limits_the_principals_ends_in_not_evaluated(denied, expected, results):
    deny = f'}}, {{ Effect = "Deny", Action = "s3:*", Resource = "*", {denied}'
    allowing, denying = results(s3_bucket_policy_broad_read, BUCKET % (READ, ACCOUNT, deny))
    assert (allowing.status, denying.status) == (expected, "passed")


def test_the_policy_argument_of_a_bucket_is_checked_and_that_of_a_queue_is_not(statuses):
    hcl = BUCKET % (READ, ACCOUNT, "")
    assert statuses(s3_bucket_policy_broad_read, hcl.replace("aws_s3_bucket_policy", "aws_s3_bucket")) == {
        "aws_s3_bucket.b": "failed"
    }
    assert statuses(s3_bucket_policy_broad_read, hcl.replace("aws_s3_bucket_policy", "aws_sqs_queue")) == {}


def test_each_account_is_a_finding(messages):
    principal = '{ AWS = ["111122223333", "arn:aws:iam::444455556666:root"] }'
    one, other = messages(s3_bucket_policy_broad_read, BUCKET % (READ, principal, ""))
    assert one.startswith("`Principal` is account `111122223333`")
    assert other.startswith("`Principal` is account `arn:aws:iam::444455556666:root`")


def test_the_message_has_the_condition_that_limits_to_an_account(messages):
    condition = ', Condition = { StringEquals = { "aws:PrincipalAccount" = "111122223333" } }'
    (message,) = messages(s3_bucket_policy_broad_read, BUCKET % (READ, '"*"', condition))
    assert message.startswith("`Principal` is `*` with a condition on one account")
