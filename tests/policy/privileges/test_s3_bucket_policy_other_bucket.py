import pytest

from plainwork_policies.privileges.s3_bucket_policy_other_bucket import s3_bucket_policy_other_bucket

BUCKETS = """resource "aws_s3_bucket" "inbox" {
  bucket = "acme-inbox"
}

resource "aws_s3_bucket" "outbox" {
}
"""
POLICY = """resource "aws_s3_bucket_policy" "p" {
  bucket = %s
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Principal = "*", Resource = %s }]
  })
}
"""


@pytest.fixture
def status(statuses):
    return lambda *parts: statuses(s3_bucket_policy_other_bucket, BUCKETS + POLICY % parts)["aws_s3_bucket_policy.p"]


@pytest.mark.parametrize(
    ("bucket", "resource", "expected"),
    [
        ('"acme-inbox"', '"arn:aws:s3:::acme-outbox/*"', "failed"),
        ('"acme-inbox"', '["arn:aws:s3:::acme-outbox", "arn:aws:s3:::acme-outbox/*"]', "failed"),
        ('"acme-inbox"', '["arn:aws:s3:::acme-inbox", "arn:aws:s3:::acme-outbox/*"]', "passed"),
        ('"acme-inbox"', '"arn:aws:s3:::acme-inbox/reports/*"', "passed"),
        ('"acme-inbox"', '"arn:aws:s3:::acme-*/*"', "passed"),
        ('"acme-inbox"', '"*"', "passed"),
        ('"acme-inbox"', '"${aws_s3_bucket.inbox.arn}/*"', "passed"),
        ("aws_s3_bucket.inbox.id", '"arn:aws:s3:::acme-outbox/*"', "failed"),
        ("aws_s3_bucket.inbox.id", '"${aws_s3_bucket.outbox.arn}/*"', "failed"),
        ("aws_s3_bucket.outbox.id", '"${aws_s3_bucket.outbox.arn}/*"', "passed"),
        ("aws_s3_bucket.outbox.id", '"arn:aws:s3:::acme-outbox/*"', "not_evaluated"),
        ("var.bucket", '"arn:aws:s3:::acme-outbox/*"', "not_evaluated"),
        ('"acme-inbox"', '"arn:aws:s3:::${var.bucket}/*"', "not_evaluated"),
        ('"acme-inbox"', "var.resource", "not_evaluated"),
    ],
)
def test_a_statement_about_another_bucket_fails(bucket, resource, expected, status):
    assert status(bucket, resource) == expected


def test_the_policy_in_a_bucket_is_checked(statuses):
    hcl = POLICY.replace("aws_s3_bucket_policy", "aws_s3_bucket") % ('"acme-inbox"', '"arn:aws:s3:::acme-outbox/*"')
    assert statuses(s3_bucket_policy_other_bucket, hcl) == {"aws_s3_bucket.p": "failed"}
