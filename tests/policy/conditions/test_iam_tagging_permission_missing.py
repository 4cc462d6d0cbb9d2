import pytest

from plainwork_core.aws.iam_actions import expand
from plainwork_core.iam.authorization_reference import tagging_actions
from plainwork_policies.conditions.iam_tagging_permission_missing import iam_tagging_permission_missing
from tests.support.iam_hcl import allow, deny, identity, service_control

TEAM = {"aws:RequestTag/Team": "a"}
RUN = allow("ec2:RunInstances", "arn:aws:ec2:*:*:instance/*", StringEquals=TEAM)
ROLE = """resource "aws_iam_role" "r" {
  name = "r"
}
resource "aws_iam_role_policy_attachment" "own" {
  role       = %s
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_role_policy_attachment" "outside" {
  role       = %s
  policy_arn = %s
}
"""
OUTSIDE = '"arn:aws:iam::aws:policy/AmazonEC2FullAccess"'


@pytest.mark.parametrize(
    ("action", "needed"),
    [
        ("ec2:RunInstances", ("ec2:CreateTags",)),
        ("s3:CreateBucket", ("s3:TagResource",)),
        ("elasticfilesystem:CreateFileSystem", ("elasticfilesystem:TagResource",)),
        ("elasticfilesystem:CreateAccessPoint", ("elasticfilesystem:TagResource",)),
        ("elasticache:CreateReplicationGroup", ("elasticache:AddTagsToResource",)),
        ("elasticache:CreateServerlessCache", ("elasticache:AddTagsToResource",)),
        ("ecs:RunTask", ("ecs:TagResource",)),
        ("lambda:CreateFunction", ("lambda:TagResource",)),
        ("logs:CreateLogGroup", ("logs:TagLogGroup", "logs:TagResource")),
        ("secretsmanager:CreateSecret", ("secretsmanager:TagResource",)),
        ("sns:CreateTopic", ("sns:TagResource",)),
        ("sqs:CreateQueue", ("sqs:TagQueue",)),
        ("dynamodb:CreateTable", ("dynamodb:TagResource",)),
        ("iam:CreateRole", ("iam:TagRole",)),
        ("route53:CreateHostedZone", ()),
        ("codebuild:CreateProject", ()),
        ("ec2:TerminateInstances", ()),
    ],
)
def test_creation_with_tags_requires_a_second_action(action, needed):
    (found,) = expand(action)
    assert tagging_actions(found) == needed


@pytest.mark.parametrize(
    "condition", [{"StringEquals": TEAM}, {"Null": {"aws:TagKeys": "false"}}, {"StringLike": TEAM}]
)
def test_a_condition_that_requires_tags_requires_the_tagging_action(condition, messages):
    (message,) = messages(iam_tagging_permission_missing, identity(allow("ec2:CreateVolume", **condition)))
    assert message.startswith("`ec2:CreateVolume` is allowed only with `aws:")
    assert "no statement allows `ec2:CreateTags`" in message


@pytest.mark.parametrize("other", ["ec2:CreateTags", "ec2:*", "*", "EC2:CREATE*"])
def test_another_statement_of_the_policy_may_allow_it(other, statuses):
    assert statuses(iam_tagging_permission_missing, identity(RUN, allow(other))) == {"aws_iam_policy.p": "passed"}


def test_another_identity_based_policy_of_the_stack_may_allow_it(statuses):
    other = identity(allow("ec2:CreateTags")).replace('"p"', '"q"', 1)
    assert statuses(iam_tagging_permission_missing, identity(RUN) + other) == {"aws_iam_policy.p": "passed"}


OF_ROLE = """resource "aws_iam_role" "%s" {
  name = "%s"
}
resource "aws_iam_role_policy_attachment" "%s" {
  role       = aws_iam_role.%s.name
  policy_arn = aws_iam_policy.%s.arn
}
"""


def with_role(name, policy, *held):
    return identity(*held).replace('"p"', f'"{policy}"', 1) + OF_ROLE % (name, name, name, name, policy)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([allow("ec2:CreateTags")], "passed"),
        ([allow("ec2:CreateTags", StringEquals={"ec2:CreateAction": ["RunInstances", "CreateVolume"]})], "passed"),
        ([allow("ec2:CreateTags", StringEquals={"ec2:CreateAction": "CreateVolume"})], "failed"),
        ([allow("ec2:CreateTags", "arn:aws:ec2:*:*:volume/*")], "failed"),
        ([allow("ec2:CreateTags"), deny("ec2:*Tags")], "failed"),
        ([allow("ec2:CreateTags"), deny("ec2:*Tags", Null={"ec2:CreateAction": "true"})], "passed"),
        ([], "failed"),
    ],
)
def test_the_policies_of_the_same_role_must_allow_it_for_the_creation(held, expected, statuses):
    hcl = 'provider "aws" {}\n' + with_role("r", "p", RUN, *held) + with_role("other", "q", allow("ec2:CreateTags"))
    assert statuses(iam_tagging_permission_missing, hcl)["aws_iam_policy.p"] == expected


def test_not_action_allows_every_action_that_it_does_not_list(statuses):
    rest = {"Effect": "Allow", "Resource": "*"}
    assert statuses(iam_tagging_permission_missing, identity(RUN, rest | {"NotAction": "iam:*"})) == {
        "aws_iam_policy.p": "passed"
    }
    assert statuses(iam_tagging_permission_missing, identity(RUN, rest | {"NotAction": "ec2:*"})) == {
        "aws_iam_policy.p": "failed"
    }


@pytest.mark.parametrize(
    "statement",
    [
        allow("ec2:RunInstances", StringEqualsIfExists=TEAM),
        allow("ec2:RunInstances", Null={"aws:RequestTag/Team": "true"}),
        allow("ec2:RunInstances", ForAllValues__StringEquals={"aws:TagKeys": "a"}),
        allow("codebuild:CreateProject", StringEquals=TEAM),
        deny("ec2:RunInstances", StringEquals=TEAM),
    ],
)
def test_a_statement_without_required_tags_or_second_action_passes(statement, statuses):
    assert statuses(iam_tagging_permission_missing, identity(statement)) == {"aws_iam_policy.p": "passed"}


def test_a_service_control_policy_is_not_a_subject(statuses):
    assert statuses(iam_tagging_permission_missing, service_control(RUN)) == {}


@pytest.mark.parametrize(
    ("own", "other", "arn", "status"),
    [
        ("aws_iam_role.r.name", "aws_iam_role.r.name", OUTSIDE, "not_evaluated"),
        ("aws_iam_role.r.name", '"r"', OUTSIDE, "not_evaluated"),
        ("aws_iam_role.r.name", "aws_iam_role.r.id", "var.arn", "not_evaluated"),
        ("aws_iam_role.r.name", "var.arn", OUTSIDE, "not_evaluated"),
        ("var.arn", '"another"', OUTSIDE, "not_evaluated"),
        ("aws_iam_role.r.name", '"another"', OUTSIDE, "failed"),
        ("aws_iam_role.r.name", "aws_iam_role.r.name", "aws_iam_policy.p.arn", "failed"),
    ],
)
def test_a_policy_outside_the_stack_on_the_same_identity_may_allow_it(own, other, arn, status, statuses):
    hcl = 'variable "arn" {}\n' + identity(RUN) + ROLE % (own, other, arn)
    assert statuses(iam_tagging_permission_missing, hcl)["aws_iam_policy.p"] == status


def test_managed_policies_of_a_role_are_on_the_same_identity_as_its_inline_policies(statuses):
    document = identity(RUN).replace("policy =", "inline_policy {\n policy =").replace("EOT\n}", "EOT\n}\n}")
    role = document.replace("aws_iam_policy", "aws_iam_role")
    assert statuses(iam_tagging_permission_missing, role) == {"aws_iam_role.p": "failed"}
    attached = role.replace("inline_policy", f"managed_policy_arns = [{OUTSIDE}]\n inline_policy", 1)
    assert statuses(iam_tagging_permission_missing, attached) == {"aws_iam_role.p": "not_evaluated"}


def test_an_unknown_policy_of_the_stack_may_allow_it(statuses):
    other = 'variable "policy" {}\nresource "aws_iam_policy" "q" {\n  policy = var.policy\n}\n'
    assert statuses(iam_tagging_permission_missing, identity(RUN) + other)["aws_iam_policy.p"] == "not_evaluated"


@pytest.mark.parametrize(
    ("action", "condition"),
    [("ec2:RunInstances", "`ec2:CreateAction` = `RunInstances`"), ("elasticache:CreateUser", "that are created")],
)
def test_the_remedy_limits_the_tagging_action_to_creation(action, condition, results):
    (result,) = results(iam_tagging_permission_missing, identity(allow(action, StringEquals=TEAM)))
    assert condition in result.findings[0].remedy
