import pytest

from plainwork_policies.conditions.iam_requesttag_unsupported import iam_requesttag_unsupported
from tests.support.iam_hcl import allow, deny, identity, service_control

TEAM = {"aws:RequestTag/Team": "a"}


@pytest.mark.parametrize(
    "action",
    [
        "ec2:TerminateInstances",
        "s3:DeleteBucket",
        "iam:CreateAccessKey",
        "iam:CreateGroup",
        "sqs:Delete*",
        "S3:GETOBJECT",
    ],
)
def test_an_action_that_takes_no_tags_never_sends_one(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_requesttag_unsupported, hcl) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    "action",
    [
        "ec2:RunInstances",
        "s3:CreateBucket",
        "s3:TagResource",
        "iam:CreateRole",
        "ec2:CreateTags",
        "ec2:DeleteTags",
        "route53:ChangeTagsForResource",
        "sts:AssumeRole",
        "sts:SetSourceIdentity",
        "sqs:*",
        "*",
    ],
)
def test_an_action_that_takes_tags_may_send_one(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_requesttag_unsupported, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("statement", "comes_to"),
    [
        (deny("iam:CreateGroup", Null={"aws:RequestTag/Team": "true"}), "denies it whatever the tags"),
        (deny("iam:CreateGroup", StringNotEquals=TEAM), "denies it whatever the tags"),
        (deny("iam:CreateGroup", ForAllValues__StringEquals={"aws:TagKeys": "a"}), "denies it whatever the tags"),
        (deny("iam:CreateGroup", StringEquals=TEAM), "never denies it"),
        (deny("iam:CreateGroup", ForAnyValue__StringNotEquals={"aws:TagKeys": "a"}), "never denies it"),
        (allow("iam:CreateGroup", StringEquals=TEAM), "never allows it"),
    ],
)
def test_the_message_says_what_it_comes_to(statement, comes_to, messages):
    (message,) = messages(iam_requesttag_unsupported, service_control(statement))
    assert message.endswith(f"on `iam:CreateGroup`, whose request carries no tags, and so {comes_to}")


def test_an_allow_that_wants_no_tag_is_satisfied(statuses):
    statement = allow(["ec2:CreateTags", "ec2:TerminateInstances"], Null={"aws:RequestTag/Team": "true"})
    assert statuses(iam_requesttag_unsupported, identity(statement)) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ["newservice:CreateThing", "s3:DeleteBuckets"])
def test_an_action_that_is_not_known_is_not_evaluated(action, messages):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert messages(iam_requesttag_unsupported, hcl) == [f"`{action}` matches no action that is known here"]


def test_what_is_known_to_be_wrong_fails_beside_an_unknown_action(statuses):
    hcl = identity(allow(["newservice:CreateThing", "s3:DeleteBucket"], StringEquals=TEAM))
    assert statuses(iam_requesttag_unsupported, hcl) == {"aws_iam_policy.p": "failed"}


NO_TEAM = {"aws:RequestTag/Team": "true"}


@pytest.mark.parametrize("action", ["*", "*:*", "ec2:*", "ec2:Create*", ["ec2:RunInstances", "s3:*Bucket"]])
@pytest.mark.parametrize("caller", [{}, {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}])
def test_a_deny_of_a_pattern_for_what_has_no_tag_denies_what_never_has_one(action, caller, statuses):
    hcl = service_control(deny(action, Null=NO_TEAM, **caller))
    assert statuses(iam_requesttag_unsupported, hcl) == {"aws_organizations_policy.p": "failed"}


@pytest.mark.parametrize(
    "statement",
    [
        deny("sqs:CreateQ*", Null=NO_TEAM),
        deny("ec2:*", StringEquals=TEAM),
        deny("ec2:*", Null=NO_TEAM, StringEquals={"ec2:InstanceType": "t3.micro"}),
        deny("ec2:*", Null={"aws:RequestTag/Team": "false"}, StringNotEquals=TEAM),
        allow("ec2:*", Null=NO_TEAM),
    ],
)
def test_a_pattern_that_spares_the_others_is_fine(statement, statuses):
    assert statuses(iam_requesttag_unsupported, service_control(statement)) == {"aws_organizations_policy.p": "passed"}


def test_the_message_names_one_of_the_others(messages):
    assert messages(iam_requesttag_unsupported, service_control(deny("iam:Create*", Null=NO_TEAM))) == [
        "denies `iam:Create*` where `aws:RequestTag/Team` is missing, and so always `iam:CreateAccessKey`, for one"
    ]
