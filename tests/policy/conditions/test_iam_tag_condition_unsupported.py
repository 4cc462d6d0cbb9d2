import pytest

from plainwork_policies.conditions.iam_tag_condition_unsupported import iam_tag_condition_unsupported
from tests.support.iam_hcl import allow, deny, identity, service_control

TEAM = {"aws:ResourceTag/Team": "a"}
MISSING = {"aws:RequestTag/Owner": "true"}
INSTANCE, VOLUME = "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"


@pytest.mark.parametrize(
    "action",
    ["ec2:DescribeInstances", "ec2:Describe*Snapshots", "dynamodb:DescribeBackup", "route53:ChangeResourceRecordSets"],
)
def test_an_action_whose_resource_types_have_no_tags_fails(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_tag_condition_unsupported, hcl) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    "action",
    [
        "ec2:StartInstances",
        "ec2:*",
        "ec2:Describe*",
        "s3:GetObject",
        "secretsmanager:GetSecretValue",
        "ecs:StopTask",
        "cloudwatch:DeleteDashboards",
    ],
)
def test_an_action_whose_resource_types_have_tags_passes(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_tag_condition_unsupported, hcl) == {"aws_iam_policy.p": "passed"}


def test_an_action_that_creates_the_resource_passes(statuses):
    hcl = identity(allow("sqs:CreateQueue", StringEquals=TEAM))
    assert statuses(iam_tag_condition_unsupported, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("action", "resource", "types"),
    [
        ("ec2:RunInstances", "*", "`image`, `security-group` and `subnet`"),
        ("ec2:RunInstances", [INSTANCE, "arn:aws:ec2:*:*:subnet/*"], "`subnet`"),
        ("ec2:CreateSnapshot", "*", "`volume`"),
    ],
)
def test_a_deny_on_resource_types_that_the_request_cannot_tag_fails(action, resource, types, messages):
    hcl = service_control(deny(action, resource, Null=MISSING))
    (message,) = messages(iam_tag_condition_unsupported, hcl)
    assert all(part in message for part in (f"`Resource` includes {types}", f"`{action}`", "`aws:RequestTag/Owner`"))


@pytest.mark.parametrize(
    "statement",
    [
        deny("ec2:RunInstances", [INSTANCE, VOLUME], Null=MISSING),
        deny("ec2:RunInstances", StringEquals={"aws:RequestTag/Owner": "a"}),
        deny("ec2:CreateKeyPair", Null=MISSING),
        deny("ec2:CreateVolume", VOLUME, Null=MISSING),
        deny("secretsmanager:CreateSecret", Null=MISSING),
        deny("elasticache:CreateReplicationGroup", Null=MISSING),
        deny("ec2:*", Null=MISSING),
        allow("ec2:RunInstances", StringEquals={"aws:RequestTag/Owner": "a"}),
    ],
)
def test_a_deny_on_resource_types_that_the_request_tags_passes(statement, statuses):
    assert statuses(iam_tag_condition_unsupported, service_control(statement)) == {
        "aws_organizations_policy.p": "passed"
    }


@pytest.mark.parametrize(
    ("statement", "severity"),
    [
        (allow("ec2:DescribeInstances", StringEquals=TEAM), "medium"),
        (deny("ec2:DescribeInstances", StringEquals=TEAM), None),
    ],
)
def test_an_allow_that_never_matches_is_less_severe(statement, severity, results):
    (result,) = results(iam_tag_condition_unsupported, service_control(statement))
    assert [finding.severity for finding in result.findings] == [severity]


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("rds:DeleteDBInstance", "ec2:ResourceTag/team"),
        ("ec2:TerminateInstances", "iam:ResourceTag/team"),
        ("s3:DeleteObject", "s3:ExistingObjectTag/team"),
        ("s3:ListBucket", "s3:ExistingObjectTag/team"),
        ("s3:GetObject", "s3:RequestObjectTagKeys"),
    ],
)
def test_the_tag_key_of_another_service_or_of_other_actions_fails(action, key, messages):
    statement = identity(allow(action, StringEquals={key: "a"}))
    (message,) = messages(iam_tag_condition_unsupported, statement)
    assert message == f"`{key}` is not supported by `{action}`; the statement never allows it"


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("ec2:TerminateInstances", "ec2:ResourceTag/team"),
        ("ec2-instance-connect:SendSSHPublicKey", "ec2:ResourceTag/team"),
        ("iam:PassRole", "iam:ResourceTag/team"),
        ("s3:GetObject", "s3:ExistingObjectTag/team"),
        ("s3:PutObject", "s3:RequestObjectTag/team"),
        ("sts:AssumeRole", "iam:ResourceTag/team"),
    ],
)
def test_the_tag_key_of_a_service_that_the_action_has_passes(action, key, statuses):
    statement = identity(allow(action, StringEquals={key: "a"}))
    assert statuses(iam_tag_condition_unsupported, statement) == {"aws_iam_policy.p": "passed"}


def test_an_action_that_is_not_in_the_reference_is_not_evaluated_for_the_key_of_a_service(statuses):
    statement = identity(allow("rds:FrobnicateDB", StringEquals={"ec2:ResourceTag/team": "a"}))
    assert statuses(iam_tag_condition_unsupported, statement) == {"aws_iam_policy.p": "not_evaluated"}


PERIMETER = {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceTag/exempt": "true"}


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ({"StringNotEqualsIfExists": PERIMETER}, "passed"),
        ({"StringNotEquals": {"aws:ResourceTag/exempt": "true", "aws:SourceVpc": "vpc-0abc"}}, "passed"),
        ({"StringNotEquals": {"aws:ResourceTag/exempt": "true"}}, "failed"),
        ({"StringNotEquals": {"aws:ResourceTag/exempt": "true", "aws:PrincipalTag/admin": "true"}}, "failed"),
        ({"StringEquals": {"aws:ResourceTag/exempt": "true", "aws:PrincipalOrgID": "o-1"}}, "failed"),
    ],
)
def test_a_tag_that_exempts_from_a_perimeter_passes(conditions, status, statuses):
    hcl = service_control(deny(["s3:*", "sts:GetSessionToken"], **conditions))
    assert statuses(iam_tag_condition_unsupported, hcl) == {"aws_organizations_policy.p": status}
