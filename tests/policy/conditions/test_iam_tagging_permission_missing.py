import pytest

from plainwork_core.iam.actions import expand
from plainwork_policies.conditions.iam_tagging_permission_missing import iam_tagging_permission_missing
from plainwork_policies.conditions.support import tagging_actions
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
resource "aws_iam_role_policy_attachment" "foreign" {
  role       = %s
  policy_arn = %s
}
"""
FOREIGN = '"arn:aws:iam::aws:policy/AmazonEC2FullAccess"'


@pytest.mark.parametrize(
    ("action", "needed"),
    [
        ("ec2:RunInstances", ("ec2:CreateTags",)),
        ("s3:CreateBucket", ("s3:PutBucketTagging", "s3:TagResource")),
        ("elasticfilesystem:CreateFileSystem", ("elasticfilesystem:TagResource",)),
        ("elasticfilesystem:CreateAccessPoint", ("elasticfilesystem:TagResource",)),
        ("elasticache:CreateReplicationGroup", ("elasticache:AddTagsToResource",)),
        ("elasticache:CreateServerlessCache", ("elasticache:AddTagsToResource",)),
        ("sqs:CreateQueue", ()),
        ("ec2:TerminateInstances", ()),
    ],
)
def test_tags_at_creation_need_a_second_action(action, needed):
    (found,) = expand(action)
    assert tagging_actions(found) == needed


@pytest.mark.parametrize(
    "condition", [{"StringEquals": TEAM}, {"Null": {"aws:TagKeys": "false"}}, {"StringLike": TEAM}]
)
def test_a_condition_that_needs_tags_needs_the_action_that_sets_them(condition, messages):
    (message,) = messages(iam_tagging_permission_missing, identity(allow("ec2:CreateVolume", **condition)))
    assert message.startswith("allows `ec2:CreateVolume` only with tags in the request, and nothing allows")
    assert "`ec2:CreateTags`" in message


@pytest.mark.parametrize("other", ["ec2:CreateTags", "ec2:*", "*", "EC2:CREATE*"])
def test_any_statement_of_the_policy_may_allow_it(other, statuses):
    assert statuses(iam_tagging_permission_missing, identity(RUN, allow(other))) == {"aws_iam_policy.p": "passed"}


def test_any_identity_policy_of_the_stack_may_allow_it(statuses):
    other = identity(allow("ec2:CreateTags")).replace('"p"', '"q"', 1)
    assert statuses(iam_tagging_permission_missing, identity(RUN) + other) == {"aws_iam_policy.p": "passed"}


def test_not_action_allows_it_unless_it_names_it(statuses):
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
        allow("sqs:CreateQueue", StringEquals=TEAM),
        deny("ec2:RunInstances", StringEquals=TEAM),
    ],
)
def test_what_needs_no_tags_or_no_second_action_is_fine(statement, statuses):
    assert statuses(iam_tagging_permission_missing, identity(statement)) == {"aws_iam_policy.p": "passed"}


def test_a_service_control_policy_grants_nothing_and_is_not_judged(statuses):
    assert statuses(iam_tagging_permission_missing, service_control(RUN)) == {}


@pytest.mark.parametrize(
    ("own", "other", "arn", "verdict"),
    [
        ("aws_iam_role.r.name", "aws_iam_role.r.name", FOREIGN, "not_evaluated"),
        ("aws_iam_role.r.name", '"r"', FOREIGN, "not_evaluated"),
        ("aws_iam_role.r.name", "aws_iam_role.r.id", "var.arn", "not_evaluated"),
        ("aws_iam_role.r.name", '"another"', FOREIGN, "failed"),
        ("aws_iam_role.r.name", "aws_iam_role.r.name", "aws_iam_policy.p.arn", "failed"),
    ],
)
def test_a_policy_from_elsewhere_on_the_same_identity_may_allow_it(own, other, arn, verdict, statuses):
    hcl = 'variable "arn" {}\n' + identity(RUN) + ROLE % (own, other, arn)
    assert statuses(iam_tagging_permission_missing, hcl)["aws_iam_policy.p"] == verdict


def test_managed_policies_of_a_role_count_for_its_inline_ones(statuses):
    document = identity(RUN).replace("policy =", "inline_policy {\n policy =").replace("EOT\n}", "EOT\n}\n}")
    role = document.replace("aws_iam_policy", "aws_iam_role")
    assert statuses(iam_tagging_permission_missing, role) == {"aws_iam_role.p": "failed"}
    attached = role.replace("inline_policy", f"managed_policy_arns = [{FOREIGN}]\n inline_policy", 1)
    assert statuses(iam_tagging_permission_missing, attached) == {"aws_iam_role.p": "not_evaluated"}


def test_a_statement_that_cannot_be_read_may_allow_it(statuses):
    other = 'variable "policy" {}\nresource "aws_iam_policy" "q" {\n  policy = var.policy\n}\n'
    assert statuses(iam_tagging_permission_missing, identity(RUN) + other)["aws_iam_policy.p"] == "not_evaluated"
