import pytest

from plainwork_policies.privileges.s3_bucket_policy_broad_read import s3_bucket_policy_broad_read

BUCKET = """resource "aws_s3_bucket_policy" "b" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = %s, Principal = %s, Resource = "arn:aws:s3:::b/*"%s }]
  })
}
"""
READ = '"s3:GetObject"'
ACCOUNT = '{ AWS = "111122223333" }'


@pytest.fixture
def verdict(statuses):
    return lambda hcl: statuses(s3_bucket_policy_broad_read, hcl)["aws_s3_bucket_policy.b"]


@pytest.mark.parametrize(
    "principal",
    [
        '{ AWS = "arn:aws:iam::111122223333:root" }',
        '{ AWS = "arn:aws-cn:iam::111122223333:root" }',
        '{ AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }',
        "{ AWS = data.aws_caller_identity.me.account_id }",
        '{ AWS = ["${data.aws_caller_identity.me.id}"] }',
        '{ AWS = ["arn:aws:iam::111122223333:role/a", "444455556666"] }',
        '{ AWS = "*" }',
        '"*"',
    ],
)
def test_a_whole_account_or_everyone_may_not_read(principal, verdict):
    assert verdict(BUCKET % (READ, principal, "")) == "failed"


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
def test_a_role_a_user_and_a_service_may(principal, verdict):
    assert verdict(BUCKET % (READ, principal, "")) == "passed"


@pytest.mark.parametrize(
    "principal",
    [
        "{ AWS = var.reader }",
        "{ AWS = data.aws_elb_service_account.main.arn }",
        "var.principal",
        "{ AWS = upper(data.aws_caller_identity.me.arn) }",
    ],
)
def test_a_principal_that_may_be_an_account_is_not_evaluated(principal, verdict):
    assert verdict(BUCKET % (READ, principal, "")) == "not_evaluated"


@pytest.mark.parametrize(
    "action", ['"s3:*"', '"*"', '"s3:Get*"', '["s3:PutObject", "s3:ListBucket"]', '"S3:getobject"']
)
def test_listing_and_reading_are_reading(action, verdict):
    assert verdict(BUCKET % (action, ACCOUNT, "")) == "failed"


@pytest.mark.parametrize("action", ['"s3:PutObject"', '"s3:GetBucketAcl"', '["s3:PutObject", "s3:GetBucketLocation"]'])
def test_writing_and_looking_at_settings_are_not(action, verdict):
    assert verdict(BUCKET % (action, ACCOUNT, "")) == "passed"


def test_an_unknown_action_is_not_evaluated(verdict):
    assert verdict(BUCKET % ("var.action", ACCOUNT, "")) == "not_evaluated"
    assert verdict(BUCKET % ("var.action", "{ AWS = aws_iam_role.reader.arn }", "")) == "passed"


@pytest.mark.parametrize(("left_out", "expected"), [('"s3:Delete*"', "failed"), ('["s3:Get*", "s3:List*"]', "passed")])
def test_not_action_allows_what_it_does_not_name(left_out, expected, verdict):
    assert verdict((BUCKET % (left_out, ACCOUNT, "")).replace("Action", "NotAction")) == expected


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [(ACCOUNT, "failed"), ('{ AWS = "*" }', "passed"), ("{ AWS = var.reader }", "not_evaluated")],
)
def test_not_principal_lets_in_everyone_but_those_that_it_names(left_out, expected, verdict):
    assert verdict((BUCKET % (READ, left_out, "")).replace("Principal", "NotPrincipal")) == expected


def test_the_message_of_not_principal_says_whom_it_leaves(messages):
    assert messages(
        s3_bucket_policy_broad_read, (BUCKET % (READ, ACCOUNT, "")).replace("Principal", "NotPrincipal")
    ) == ["lets everyone but those that it names read the bucket"]


@pytest.mark.parametrize(
    ("condition", "account", "everyone"),
    [
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/x-*" }', "passed", "passed"),
        ('StringEquals = { "AWS:SourceVpce" = aws_vpc_endpoint.e.id }', "passed", "passed"),
        ('IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] }', "passed", "passed"),
        ('"ForAnyValue:StringEquals" = { "aws:SourceVpc" = "vpc-1" }', "passed", "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "failed", "passed"),
        ('StringEquals = { "aws:PrincipalAccount" = "111122223333" }', "failed", "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed", "failed"),
        ('IpAddress = { "aws:SourceIp" = "0.0.0.0/0" }', "failed", "failed"),
        ('StringLike = { "aws:PrincipalArn" = "*" }', "failed", "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:*" }', "failed", "failed"),
        ('StringNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/x" }', "failed", "failed"),
        ('StringEqualsIfExists = { "aws:SourceVpce" = "vpce-1" }', "failed", "failed"),
        ('"ForAllValues:StringEquals" = { "aws:PrincipalArn" = "arn" }', "failed", "failed"),
        ("StringEquals = var.condition", "not_evaluated", "not_evaluated"),
    ],
)
def test_a_condition_may_narrow_who(condition, account, everyone, verdict):
    condition = f", Condition = {{ {condition} }}"
    assert verdict(BUCKET % (READ, ACCOUNT, condition)) == account
    assert verdict(BUCKET % (READ, '"*"', condition)) == everyone


def test_denying_everyone_is_fine(verdict):
    assert verdict((BUCKET % (READ, '"*"', "")).replace("Allow", "Deny")) == "passed"


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ('Principal = "*", Condition = { NotIpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }', "not_evaluated"),
        ('NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/reader" }', "not_evaluated"),
        ('Principal = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } }', "failed"),
    ],
)
def test_a_statement_that_shuts_others_out_leaves_it_open(denied, expected, results):
    deny = f'}}, {{ Effect = "Deny", Action = "s3:*", Resource = "*", {denied}'
    allowing, denying = results(s3_bucket_policy_broad_read, BUCKET % (READ, '"*"', deny))
    assert (allowing.status, denying.status) == (expected, "passed")


def test_the_policy_inside_a_bucket_is_judged_and_that_of_a_queue_is_not(statuses):
    hcl = BUCKET % (READ, ACCOUNT, "")
    assert statuses(s3_bucket_policy_broad_read, hcl.replace("aws_s3_bucket_policy", "aws_s3_bucket")) == {
        "aws_s3_bucket.b": "failed"
    }
    assert statuses(s3_bucket_policy_broad_read, hcl.replace("aws_s3_bucket_policy", "aws_sqs_queue")) == {}


def test_each_principal_is_a_finding_of_its_own(messages):
    principal = '{ AWS = ["111122223333", "*"] }'
    assert messages(s3_bucket_policy_broad_read, BUCKET % (READ, principal, "")) == [
        "lets the whole account `111122223333` read the bucket",
        "lets everyone (`*`) read the bucket",
    ]
