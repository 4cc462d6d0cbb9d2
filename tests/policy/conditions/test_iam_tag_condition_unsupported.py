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
