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
def test_an_action_whose_request_has_no_tags_fails(action, statuses):
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
        "cloudfront:CreateFunction",  # since 2026
        "cloudwatch:PutDashboard",
    ],
)
def test_an_action_whose_request_may_have_tags_passes(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_requesttag_unsupported, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("statement", "outcome", "severity"),
    [
        (deny("iam:CreateGroup", Null={"aws:RequestTag/Team": "true"}), "always denies", None),
        (deny("iam:CreateGroup", StringNotEquals=TEAM), "always denies", None),
        (deny("iam:CreateGroup", ForAllValues__StringEquals={"aws:TagKeys": "a"}), "always denies", None),
        (deny("iam:CreateGroup", StringEquals=TEAM), "never denies", None),
        (deny("iam:CreateGroup", ForAnyValue__StringNotEquals={"aws:TagKeys": "a"}), "never denies", None),
        (allow("iam:CreateGroup", StringEquals=TEAM), "never allows", "medium"),
    ],
)
def test_the_message_states_the_outcome_and_an_allow_is_less_severe(statement, outcome, severity, results):
    (result,) = results(iam_requesttag_unsupported, service_control(statement))
    (finding,) = result.findings
    assert "is never present for `iam:CreateGroup`" in finding.message
    assert finding.message.endswith(f"the statement {outcome} it")
    assert finding.severity == severity


def test_the_remedy_for_keys_names_no_tag(results):
    statement = allow("iam:CreateGroup", ForAnyValue__StringEquals={"aws:TagKeys": "a"})
    (result,) = results(iam_requesttag_unsupported, identity(statement))
    assert [finding.remedy for finding in result.findings] == [
        "Move `iam:CreateGroup` to a statement without the condition."
    ]


def test_an_allow_that_is_true_without_the_tag_passes(statuses):
    statement = allow(["ec2:CreateTags", "ec2:TerminateInstances"], Null={"aws:RequestTag/Team": "true"})
    assert statuses(iam_requesttag_unsupported, identity(statement)) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ["newservice:CreateThing", "s3:DeleteBuckets"])
def test_an_action_that_is_not_in_the_reference_is_not_evaluated(action, messages):
    hcl = identity(allow(action, StringEquals=TEAM))
    (message,) = messages(iam_requesttag_unsupported, hcl)
    assert message.startswith(f"`{action}` matches no action")


def test_a_known_action_fails_beside_an_unknown_one(statuses):
    hcl = identity(allow(["newservice:CreateThing", "s3:DeleteBucket"], StringEquals=TEAM))
    assert statuses(iam_requesttag_unsupported, hcl) == {"aws_iam_policy.p": "failed"}


NO_TEAM = {"aws:RequestTag/Team": "true"}


@pytest.mark.parametrize("action", ["*", "*:*", "ec2:*", "ec2:Create*", ["ec2:RunInstances", "s3:*Bucket"]])
@pytest.mark.parametrize("caller", [{}, {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}])
def test_a_deny_of_a_pattern_that_also_matches_actions_without_tags_fails(action, caller, statuses):
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
def test_a_pattern_that_does_not_deny_the_other_actions_passes(statement, statuses):
    assert statuses(iam_requesttag_unsupported, service_control(statement)) == {"aws_organizations_policy.p": "passed"}


def test_the_message_has_an_action_without_tags(messages):
    (message,) = messages(iam_requesttag_unsupported, service_control(deny("iam:Create*", Null=NO_TEAM)))
    assert all(part in message for part in ("`iam:Create*`", "`aws:RequestTag/Team`", "`iam:CreateAccessKey`"))


@pytest.mark.parametrize(
    "statement",
    [
        deny("s3files:DeleteFileSystem", Null={"aws:RequestTag/Team": "true"}),
        allow("s3files:DeleteFileSystem", StringEquals=TEAM),
    ],
)
def test_an_action_that_only_one_source_of_the_reference_has_is_not_evaluated(statement, results):
    (result,) = results(iam_requesttag_unsupported, service_control(statement))
    assert result.status == "not_evaluated"
    assert "only one source of plainwork describes `s3files:DeleteFileSystem`" in result.findings[0].message
