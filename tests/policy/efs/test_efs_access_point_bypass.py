import pytest

from plainwork_policies.efs.efs_access_point_bypass import efs_access_point_bypass

STACK = """resource "aws_efs_file_system" "files" {}
resource "aws_efs_file_system" "plain" {}
resource "aws_efs_access_point" "reports" {
  file_system_id = aws_efs_file_system.files.id
}
resource "aws_iam_role_policy" "x" {
  policy = jsonencode({ Statement = [
    { Effect = %s, Action = %s, Resource = %s%s },
  ] })
}
"""
ALLOW, MOUNT, FILES = '"Allow"', '"elasticfilesystem:ClientMount"', "aws_efs_file_system.files.arn"
BY_ACCESS_POINT = ', Condition = { StringEquals = { "%s" = aws_efs_access_point.reports.arn } }'


@pytest.fixture
def found(verdicts):
    return lambda *parts: verdicts(efs_access_point_bypass, STACK % parts)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (BY_ACCESS_POINT % "elasticfilesystem:AccessPointArn", "passed"),
        (BY_ACCESS_POINT % "elasticfilesystem:accesspointarn", "passed"),
        ("", "failed"),
        (BY_ACCESS_POINT % "aws:SourceArn", "failed"),
        (', Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" } }', "failed"),
        (", Condition = var.condition", "not_evaluated"),
    ],
)
def test_a_grant_names_the_access_point(condition, expected, found):
    assert found(ALLOW, MOUNT, FILES, condition) == {"aws_iam_role_policy.x": expected}


@pytest.mark.parametrize(
    ("effect", "action", "resource"),
    [
        ('"Deny"', MOUNT, FILES),
        (ALLOW, '"elasticfilesystem:DescribeMountTargets"', FILES),
        (ALLOW, MOUNT, '"*"'),
        (ALLOW, MOUNT, "aws_s3_bucket.other.arn"),
        (ALLOW, MOUNT, "var.file_system"),
    ],
)
def test_what_is_no_grant_on_a_file_system_of_the_stack_is_not_judged(effect, action, resource, found):
    assert found(effect, action, resource, "") == {}


def test_a_file_system_without_access_points_is_granted_whole(found):
    assert found(ALLOW, MOUNT, "aws_efs_file_system.plain.arn", "") == {"aws_iam_role_policy.x": "passed"}


@pytest.mark.parametrize(
    ("action", "expected"), [('"elasticfilesystem:*"', "failed"), ("var.actions", "not_evaluated")]
)
def test_every_action_on_it_is_a_client_s_too(action, expected, found):
    assert found(ALLOW, action, FILES, "") == {"aws_iam_role_policy.x": expected}


def test_the_finding_names_an_access_point(messages):
    assert messages(efs_access_point_bypass, STACK % (ALLOW, MOUNT, FILES, "")) == [
        (
            "allows to mount all of `aws_efs_file_system.files`, past its access points such as "
            "`aws_efs_access_point.reports`"
        )
    ]
