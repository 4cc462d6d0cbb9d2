import pytest

from plainwork_policies.privileges.iam_allow_not_resource import iam_allow_not_resource

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "%s", Action = "s3:GetObject", NotResource = %s }] })
}
"""
BUCKET = '"arn:aws:s3:::secrets/*"'


@pytest.mark.parametrize(
    ("effect", "excluded", "status"),
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
def test_an_allow_statement_with_not_resource_fails(effect, excluded, status, statuses):
    assert statuses(iam_allow_not_resource, POLICY % (effect, excluded)) == {"aws_iam_policy.p": status}


@pytest.mark.parametrize("resource", [BUCKET, '"*"', "var.arns"])
def test_a_statement_with_resource_passes(resource, statuses):
    hcl = (POLICY % ("Allow", resource)).replace("NotResource", "Resource")
    assert statuses(iam_allow_not_resource, hcl) == {"aws_iam_policy.p": "passed"}


def test_a_document_that_cannot_be_read_is_not_evaluated(statuses):
    hcl = 'resource "aws_iam_policy" "p" {\n  policy = var.document\n}\n'
    assert statuses(iam_allow_not_resource, hcl) == {"aws_iam_policy.p": "not_evaluated"}


def test_the_message_lists_the_excluded_resources(messages):
    excluded = f"[{BUCKET}, aws_s3_bucket.secrets.arn]"
    (message,) = messages(iam_allow_not_resource, POLICY % ("Allow", excluded))
    assert message.startswith("`NotResource` is `arn:aws:s3:::secrets/*` and `${aws_s3_bucket.secrets.arn}`")


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ('{ ArnLike = { "ec2:LaunchTemplate" = "arn:aws:ec2:*:111122223333:launch-template/lt-0abc" } }', "passed"),
        ('{ StringEquals = { "aws:ResourceTag/team" = "a" } }', "passed"),
        ('{ ArnLike = { "ec2:LaunchTemplate" = "*" } }', "failed"),
        ('{ StringEquals = { "aws:RequestedRegion" = "eu-west-1" } }', "failed"),
        ("var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_resources(condition, status, statuses):
    hcl = (POLICY % ("Allow", BUCKET)).replace("s3:GetObject", "ec2:RunInstances")
    hcl = hcl.replace(" }] })", f", Condition = {condition} }}] }})")
    assert statuses(iam_allow_not_resource, hcl) == {"aws_iam_policy.p": status}
