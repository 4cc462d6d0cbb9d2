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
def found(statuses):
    return lambda *parts: statuses(efs_access_point_bypass, STACK % parts)


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
def test_a_statement_needs_a_condition_on_the_access_point(condition, expected, found):
    assert found(ALLOW, MOUNT, FILES, condition) == {"aws_iam_role_policy.x": expected}


@pytest.mark.parametrize(
    ("effect", "action", "resource"),
    [
        ('"Deny"', MOUNT, FILES),
        (ALLOW, '"elasticfilesystem:DescribeMountTargets"', FILES),
        (ALLOW, MOUNT, '"*"'),
        (ALLOW, MOUNT, "aws_s3_bucket.other.arn"),
    ],
)
def test_a_statement_about_no_file_system_of_the_stack_is_not_checked(effect, action, resource, found):
    assert found(effect, action, resource, "") == {}


@pytest.mark.parametrize("action", [MOUNT, "var.actions"])
def test_a_statement_about_an_unknown_resource_is_not_evaluated(action, found):
    assert found(ALLOW, action, "var.file_system", "") == {"aws_iam_role_policy.x": "not_evaluated"}


def test_an_unknown_resource_with_the_condition_passes(found):
    condition = BY_ACCESS_POINT % "elasticfilesystem:AccessPointArn"
    assert found(ALLOW, MOUNT, "var.file_system", condition) == {"aws_iam_role_policy.x": "passed"}


def test_a_file_system_without_access_points_needs_no_condition(found):
    assert found(ALLOW, MOUNT, "aws_efs_file_system.plain.arn", "") == {"aws_iam_role_policy.x": "passed"}


@pytest.mark.parametrize(
    ("action", "expected"), [('"elasticfilesystem:*"', "failed"), ("var.actions", "not_evaluated")]
)
def test_all_actions_include_those_of_clients(action, expected, found):
    assert found(ALLOW, action, FILES, "") == {"aws_iam_role_policy.x": expected}


def test_the_finding_has_the_action_the_file_system_and_an_access_point(messages):
    (message,) = messages(efs_access_point_bypass, STACK % (ALLOW, MOUNT, FILES, ""))
    assert "`ClientMount` on `aws_efs_file_system.files`" in message
    assert "`aws_efs_access_point.reports`" in message
