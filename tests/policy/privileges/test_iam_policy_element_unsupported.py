import pytest

from plainwork_policies.privileges.iam_policy_element_unsupported import iam_policy_element_unsupported

ROLE = """resource "aws_iam_role" "p" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" }%s
  }] })
}
"""
POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*"%s }] })
}
"""
DATA = """data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = %s

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "p" {
  assume_role_policy = data.aws_iam_policy_document.d.json
}
"""


@pytest.fixture
def status(statuses):
    return lambda hcl: next(iter(statuses(iam_policy_element_unsupported, hcl).values()))


@pytest.mark.parametrize(
    ("document", "element", "expected"),
    [
        (ROLE, 'Resource = "*"', "failed"),
        (ROLE, 'NotResource = "*"', "failed"),
        (ROLE, "Resource = aws_iam_role.other.arn", "failed"),
        (ROLE, "Resource = var.resources", "not_evaluated"),
        (ROLE, "", "passed"),
        (POLICY, 'Principal = "*"', "failed"),
        (POLICY, 'NotPrincipal = { AWS = "111122223333" }', "failed"),
        (POLICY, "Principal = var.principal", "not_evaluated"),
        (POLICY, "", "passed"),
    ],
)
def test_an_element_that_the_type_of_policy_does_not_support_fails(document, element, expected, status):
    assert status(document % (f", {element}" if element else "")) == expected


@pytest.mark.parametrize(
    ("resources", "expected"), [('["*"]', "failed"), ("null", "passed"), ("[]", "passed"), ("var.r", "not_evaluated")]
)
def test_a_data_source_is_checked(resources, expected, status):
    assert status(DATA % resources) == expected


def test_the_principals_of_an_unknown_dynamic_block_are_not_evaluated(status):
    hcl = """data "aws_iam_policy_document" "d" {
      statement {
        actions   = ["s3:GetObject"]
        resources = ["*"]
        dynamic "principals" {
          for_each = var.principals
          content {
            type        = "AWS"
            identifiers = principals.value
          }
        }
      }
    }
    resource "aws_iam_policy" "p" {
      policy = data.aws_iam_policy_document.d.json
    }
    """
    assert status(hcl) == "not_evaluated"


def test_a_document_that_cannot_be_read_is_not_evaluated(status):
    assert status('resource "aws_iam_policy" "p" {\n  policy = var.document\n}\n') == "not_evaluated"
