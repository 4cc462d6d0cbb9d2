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
def verdict(statuses):
    def verdict(principal=EVERYONE, action=MOUNT, condition=ON_SITE, other=""):
        hcl = FILE_SYSTEM + POLICY % (MINE, principal, action, condition, other)
        return statuses(efs_anonymous_access, hcl)["aws_efs_file_system_policy.x"]

    return verdict


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
def test_a_file_system_has_a_policy_of_its_own(named, expected, statuses):
    other = 'resource "aws_efs_file_system" "y" {}\n'
    hcl = FILE_SYSTEM + other + POLICY % (named, '"1"', MOUNT, "", "")
    assert statuses(efs_anonymous_access, hcl)["aws_efs_file_system.x"] == expected


def test_a_file_system_without_a_policy_is_anybody_s(messages):
    assert messages(efs_anonymous_access, FILE_SYSTEM) == [
        "has no policy in this stack: EFS lets every client that reaches a mount target mount, write and be root"
    ]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [("aws_efs_file_system.x.id", "not_evaluated"), ("aws_efs_file_system.xy.id", "failed"), ('"a"', "failed")],
)
def test_a_module_that_gets_the_file_system_may_hold_its_policy(argument, expected, statuses):
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
    ],
)
def test_a_mount_target_in_between_asks_nobody_who_they_are(change, expected, verdict):
    assert verdict(**change) == expected


def test_everyone_without_a_condition_is_another_policy_s(verdict):
    assert verdict(condition="") == "passed"


def test_a_statement_that_shuts_out_leaves_it_open(results):
    null = 'Condition = { Null = { "elasticfilesystem:AccessPointArn" = "true" } }'
    deny = f'{{ Effect = "Deny", Principal = "*", Action = "elasticfilesystem:*", Resource = "*", {null} }}'
    hcl = POLICY % (MINE, EVERYONE, MOUNT, ON_SITE, deny)
    assert [each.status for each in results(efs_anonymous_access, hcl)] == ["not_evaluated", "passed"]


def test_the_finding_names_what_everyone_may_do(messages):
    actions = '["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"]'
    assert messages(efs_anonymous_access, FILE_SYSTEM + POLICY % (MINE, EVERYONE, actions, ON_SITE, "")) == [
        "allows `ClientMount` and `ClientRootAccess` to every client that reaches a mount target, whoever it is"
    ]


def test_the_caller_of_a_module_may_have_the_policy(messages):
    (said,) = messages(efs_anonymous_access, FILE_SYSTEM.removeprefix(PROVIDER))
    assert said == "this directory has no provider configuration and may be a module; check its caller or a plan"
