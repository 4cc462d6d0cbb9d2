import pytest

from plainwork_policies.conditions.iam_resourcetag_on_create_action import iam_resourcetag_on_create_action
from tests.support.iam_hcl import allow, deny, identity, service_control

TEAM = {"aws:ResourceTag/Team": "a"}
INSTANCE, SUBNET = "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:subnet/*"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("lambda:CreateFunction", "*"),
        ("iam:CreateRole", "arn:aws:iam::111122223333:role/app-*"),
        ("s3:CreateBucket", "*"),
        ("dynamodb:CreateTable", "*"),
        ("sqs:CreateQueue", "*"),
        ("ec2:RunInstances", INSTANCE),
        ("ec2:RunInstances", [INSTANCE, "arn:aws:ec2:*:*:volume/*"]),
        ("ec2:CreateKeyPair", "*"),
    ],
)
def test_what_is_being_created_has_no_tags_yet(action, resource, statuses):
    hcl = identity(allow(action, resource, StringEquals=TEAM))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("lambda:UpdateFunctionCode", "*"),
        ("ec2:RunInstances", "*"),
        ("ec2:RunInstances", [INSTANCE, SUBNET]),
        ("ec2:CreateSnapshot", "arn:aws:ec2:*:*:volume/*"),
        ("ec2:CreateSubnet", "*"),
        ("elasticfilesystem:CreateAccessPoint", "arn:aws:elasticfilesystem:*:*:file-system/*"),
        ("sts:AssumeRole", "*"),
        ("kms:CreateKey", "*"),
        ("lambda:*", "*"),
        ("ec2:CreateTags", "*"),
    ],
)
def test_what_exists_has_tags(action, resource, statuses):
    hcl = identity(allow(action, resource, StringEquals=TEAM))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("statement", "comes_to"),
    [
        (allow("sqs:CreateQueue", StringEquals=TEAM), "never allows it"),
        (deny("sqs:CreateQueue", StringEquals=TEAM), "never denies it"),
        (deny("sqs:CreateQueue", StringNotEquals=TEAM), "denies it whatever the tags"),
        (deny("sqs:CreateQueue", Null={"aws:ResourceTag/Team": "true"}), "denies it whatever the tags"),
    ],
)
def test_the_message_says_what_it_comes_to(statement, comes_to, messages):
    reason = "asks for `aws:ResourceTag/Team` on `sqs:CreateQueue`, which creates what it names, and so "
    assert messages(iam_resourcetag_on_create_action, service_control(statement)) == [reason + comes_to]


@pytest.mark.parametrize(
    "condition",
    [{"StringNotEquals": TEAM}, {"StringEqualsIfExists": TEAM}, {"Null": {"aws:ResourceTag/Team": "true"}}],
)
def test_an_allow_that_a_missing_tag_satisfies_does_not_depend_on_it(condition, statuses):
    hcl = identity(allow("sqs:CreateQueue", **condition))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "passed"}


def test_a_list_fails_for_the_actions_in_it_that_create(messages):
    hcl = identity(allow(["sqs:DeleteQueue", "sqs:CreateQueue", "lambda:CreateFunction"], StringEquals=TEAM))
    (message,) = messages(iam_resourcetag_on_create_action, hcl)
    assert message.startswith("asks for `aws:ResourceTag/Team` on `sqs:CreateQueue` and `lambda:CreateFunction`, ")


def test_the_tags_of_the_request_are_not_judged_here(statuses):
    hcl = identity(allow("sqs:CreateQueue", StringEquals={"aws:RequestTag/Team": "a"}))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "passed"}
