import pytest

from plainwork_policies.efs.efs_anonymous_access import efs_anonymous_access

PROVIDER = 'provider "aws" {}\n'
FILE_SYSTEM = PROVIDER + 'resource "aws_efs_file_system" "x" {}\n'
POLICY = """resource "aws_efs_file_system_policy" "x" {
  file_system_id = %s
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Principal = %s, Action = %s, Resource = "*", Condition = { %s } },
    %s
  ] })
}
"""
MINE = "aws_efs_file_system.x.id"
EVERYONE, MOUNT = '{ AWS = "*" }', '"elasticfilesystem:ClientMount"'
ON_SITE = 'Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" }'


@pytest.fixture
def status(statuses):
    def status(principal=EVERYONE, action=MOUNT, condition=ON_SITE, other=""):
        hcl = FILE_SYSTEM + POLICY % (MINE, principal, action, condition, other)
        return statuses(efs_anonymous_access, hcl)["aws_efs_file_system_policy.x"]

    return status


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (MINE, "passed"),
        ("aws_efs_file_system.x.arn", "passed"),
        ("aws_efs_file_system.y.id", "failed"),
        ('"fs-0123456789abcdef0"', "failed"),
        ("var.file_system", "not_evaluated"),
        ("module.files.id", "not_evaluated"),
    ],
)
def test_a_file_system_needs_a_policy(named, expected, statuses):
    other = 'resource "aws_efs_file_system" "y" {}\n'
    hcl = FILE_SYSTEM + other + POLICY % (named, '"1"', MOUNT, "", "")
    assert statuses(efs_anonymous_access, hcl)["aws_efs_file_system.x"] == expected


def test_the_finding_has_the_missing_resource(messages):
    (message,) = messages(efs_anonymous_access, FILE_SYSTEM)
    assert "no `aws_efs_file_system_policy` in this stack" in message


@pytest.mark.parametrize(
    ("argument", "expected"),
    [("aws_efs_file_system.x.id", "not_evaluated"), ("aws_efs_file_system.xy.id", "failed"), ('"a"', "failed")],
)
def test_a_module_that_receives_the_file_system_may_define_its_policy(argument, expected, statuses):
    hcl = FILE_SYSTEM + f'module "m" {{\n  source = "./m"\n  id = {argument}\n}}\n'
    assert statuses(efs_anonymous_access, hcl) == {"aws_efs_file_system.x": expected}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "failed"),
        ({"action": '"elasticfilesystem:*"'}, "failed"),
        ({"action": '"elasticfilesystem:DescribeMountTargets"'}, "passed"),
        ({"action": "var.actions"}, "not_evaluated"),
        ({"principal": "{ AWS = aws_iam_role.reader.arn }"}, "passed"),
        ({"principal": "{ AWS = var.who }"}, "not_evaluated"),
        ({"condition": f'{ON_SITE}, StringEquals = {{ "elasticfilesystem:AccessPointArn" = "arn:a" }}'}, "passed"),
        ({"condition": f'{ON_SITE}, StringEquals = {{ "aws:PrincipalOrgID" = "o-1" }}'}, "passed"),
        ({"condition": 'Bool = { "elasticfilesystem:AccessedViaMountTarget" = var.required }'}, "not_evaluated"),
        ({"condition": 'Bool = { "aws:SecureTransport" = var.required }'}, "passed"),
    ],
)
def test_a_mount_target_does_not_authenticate_clients(change, expected, status):
    assert status(**change) == expected


def test_public_access_without_a_condition_is_reported_by_another_policy(status):
    assert status(condition="") == "passed"


def test_a_deny_statement_that_limits_principals_is_not_evaluated(results):
    null = 'Condition = { Null = { "elasticfilesystem:AccessPointArn" = "true" } }'
    deny = f'{{ Effect = "Deny", Principal = "*", Action = "elasticfilesystem:*", Resource = "*", {null} }}'
    hcl = POLICY % (MINE, EVERYONE, MOUNT, ON_SITE, deny)
    assert [result.status for result in results(efs_anonymous_access, hcl)] == ["not_evaluated", "passed"]


def test_the_finding_has_the_allowed_actions(messages):
    actions = '["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"]'
    (message,) = messages(efs_anonymous_access, FILE_SYSTEM + POLICY % (MINE, EVERYONE, actions, ON_SITE, ""))
    assert "allows `ClientMount` and `ClientRootAccess` for `*`" in message


def test_the_policy_may_be_defined_by_the_caller_of_a_module(statuses):
    hcl = FILE_SYSTEM.removeprefix(PROVIDER)
    assert statuses(efs_anonymous_access, hcl) == {"aws_efs_file_system.x": "not_evaluated"}
