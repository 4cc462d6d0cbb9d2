import pytest

from plainwork_policies.privileges.iam_allow_not_resource import iam_allow_not_resource

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "%s", Action = "s3:GetObject", NotResource = %s }] })
}
"""
BUCKET = '"arn:aws:s3:::secrets/*"'


@pytest.mark.parametrize(
    ("effect", "left_out", "verdict"),
    [
        ("Allow", BUCKET, "failed"),
        ("Allow", f'[{BUCKET}, "arn:aws:s3:::${{var.name}}/*"]', "failed"),
        ("Allow", "aws_s3_bucket.secrets.arn", "failed"),
        ("Allow", f'[{BUCKET}, "*"]', "passed"),
        ("Allow", f"[{BUCKET}, var.more]", "not_evaluated"),
        ("${var.effect}", BUCKET, "not_evaluated"),
        ("Deny", BUCKET, "passed"),
    ],
)
def test_all_resources_but_some_are_too_many(effect, left_out, verdict, statuses):
    assert statuses(iam_allow_not_resource, POLICY % (effect, left_out)) == {"aws_iam_policy.p": verdict}


@pytest.mark.parametrize("resource", [BUCKET, '"*"', "var.arns"])
def test_resources_that_are_named_are_fine(resource, statuses):
    hcl = (POLICY % ("Allow", resource)).replace("NotResource", "Resource")
    assert statuses(iam_allow_not_resource, hcl) == {"aws_iam_policy.p": "passed"}


def test_a_document_that_cannot_be_read_is_not_evaluated(statuses):
    hcl = 'resource "aws_iam_policy" "p" {\n  policy = var.document\n}\n'
    assert statuses(iam_allow_not_resource, hcl) == {"aws_iam_policy.p": "not_evaluated"}


def test_the_finding_names_what_is_left_out(messages):
    left_out = f"[{BUCKET}, aws_s3_bucket.secrets.arn]"
    assert messages(iam_allow_not_resource, POLICY % ("Allow", left_out)) == [
        "reaches every resource but `arn:aws:s3:::secrets/*` and `${aws_s3_bucket.secrets.arn}`"
    ]
