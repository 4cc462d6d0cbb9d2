import pytest

from plainwork_policies.privileges.iam_policy_element_missing import iam_policy_element_missing

POLICY = """resource "%s" "p" {
  %s = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject"%s }] })
}
"""
ROLE, BUCKET, IDENTITY = (
    ("aws_iam_role", "assume_role_policy"),
    ("aws_s3_bucket_policy", "policy"),
    ("aws_iam_policy", "policy"),
)


@pytest.fixture
def status(statuses):
    return lambda hcl: next(iter(statuses(iam_policy_element_missing, hcl).values()), None)


@pytest.mark.parametrize(
    ("owner", "element", "expected"),
    [
        (ROLE, "", "failed"),
        (ROLE, 'Principal = { Service = "ec2.amazonaws.com" }', "passed"),
        (ROLE, "Principal = var.principal", "passed"),
        (BUCKET, 'Resource = "*"', "failed"),
        (BUCKET, 'Principal = "*"', "passed"),
        (BUCKET, 'NotPrincipal = { AWS = "111122223333" }', "passed"),
        (IDENTITY, "", "failed"),
        (IDENTITY, "Resource = []", "not_evaluated"),
        (ROLE, "Principal = []", "not_evaluated"),
        (IDENTITY, 'Resource = "*"', "passed"),
        (IDENTITY, 'NotResource = "arn:aws:s3:::a"', "passed"),
        (("aws_ecr_repository_policy", "policy"), "", None),
    ],
)
def test_an_element_that_the_type_of_policy_requires_must_be_set(owner, element, expected, status):
    assert status(POLICY % (*owner, f", {element}" if element else "")) == expected


def test_a_document_that_cannot_be_read_is_not_evaluated(status):
    assert status('resource "aws_iam_policy" "p" {\n  policy = var.document\n}\n') == "not_evaluated"


DATA = """resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.p.json
}
data "aws_iam_policy_document" "p" {
  statement {
    actions = ["s3:GetObject"]
    %s
  }
}
"""


@pytest.mark.parametrize(
    ("resources", "expected"),
    [("", "failed"), ("resources = []", "not_evaluated"), ('resources = ["*"]', "passed")],
)
def test_an_empty_list_in_a_data_source_may_be_the_default_of_a_variable(resources, expected, status):
    assert status(DATA % resources) == expected
