import pytest

from plainwork_policies.privileges.iam_principal_wildcard_arn import iam_principal_wildcard_arn

POLICY = """resource "%s" "p" {
  %s = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*", %s = %s }]
  })
}
"""
BUCKET = ("aws_s3_bucket_policy", "policy", "Principal")


@pytest.fixture
def status(statuses):
    return lambda hcl: next(iter(statuses(iam_principal_wildcard_arn, hcl).values()), None)


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ('{ AWS = "arn:aws:iam::*:role/reader" }', "failed"),
        ('{ AWS = "arn:aws:iam::*:root" }', "failed"),
        ('{ AWS = ["111122223333", "arn:aws:iam::111122223333:role/reader-?"] }', "failed"),
        ('{ AWS = "arn:aws:iam::${var.account}:role/*" }', "failed"),
        ('{ AWS = ["arn:aws:iam::111122223333:role/*", var.reader] }', "not_evaluated"),
        ('{ AWS = "arn:aws:iam::${var.account}:role/reader" }', "passed"),
        ('"*"', "passed"),
        ('{ AWS = "*" }', "passed"),
        ("{ AWS = aws_iam_role.reader.arn }", "passed"),
        ("{ AWS = var.reader }", "not_evaluated"),
    ],
)
def test_an_arn_with_a_wildcard_fails(principal, expected, status):
    assert status(POLICY % (*BUCKET, principal)) == expected


@pytest.mark.parametrize("type_", ["aws_iam_role", "aws_kms_key", "aws_sqs_queue_policy"])
@pytest.mark.parametrize("element", ["Principal", "NotPrincipal"])
def test_trust_policies_and_both_elements_are_checked(type_, element, status):
    argument = "assume_role_policy" if type_ == "aws_iam_role" else "policy"
    assert status(POLICY % (type_, argument, element, '{ AWS = "arn:aws:iam::*:role/reader" }')) == "failed"


@pytest.mark.parametrize("type_", ["aws_vpc_endpoint_policy", "aws_opensearch_domain_policy"])
def test_endpoint_policies_and_opensearch_domains_are_not_checked(type_, status):
    argument = "access_policies" if "opensearch" in type_ else "policy"
    assert status(POLICY % (type_, argument, "Principal", '{ AWS = "arn:aws:iam::*:role/reader" }')) is None
