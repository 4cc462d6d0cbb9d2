import pytest

from plainwork_policies.conditions.iam_tag_condition_unsupported import iam_tag_condition_unsupported
from tests.support.iam_hcl import allow, deny, identity, service_control

TEAM = {"aws:ResourceTag/Team": "a"}
MISSING = {"aws:RequestTag/Owner": "true"}
INSTANCE, VOLUME = "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"


@pytest.mark.parametrize(
    "action",
    ["ec2:DescribeInstances", "ec2:Describe*Snapshots", "dynamodb:GetRecords", "route53:ChangeResourceRecordSets"],
)
def test_what_works_on_nothing_with_tags_sees_none(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_tag_condition_unsupported, hcl) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    "action",
    ["ec2:StartInstances", "ec2:*", "ec2:Describe*", "s3:GetObject", "secretsmanager:GetSecretValue", "ecs:StopTask"],
)
def test_what_works_on_something_with_tags_sees_them(action, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_tag_condition_unsupported, hcl) == {"aws_iam_policy.p": "passed"}


def test_what_creates_is_judged_elsewhere(statuses):
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
def test_a_deny_for_what_has_no_tag_also_denies_what_cannot_have_one(action, resource, types, messages):
    hcl = service_control(deny(action, resource, Null=MISSING))
    assert messages(iam_tag_condition_unsupported, hcl) == [
        f"denies every `{action}`: it also names {types}, for which the request never has `aws:RequestTag/Owner`"
    ]


@pytest.mark.parametrize(
    "statement",
    [
        deny("ec2:RunInstances", [INSTANCE, VOLUME], Null=MISSING),
        deny("ec2:RunInstances", StringEquals={"aws:RequestTag/Owner": "nobody"}),
        deny("ec2:CreateKeyPair", Null=MISSING),
        deny("ec2:CreateVolume", VOLUME, Null=MISSING),
        deny("secretsmanager:CreateSecret", Null=MISSING),
        deny("elasticache:CreateReplicationGroup", Null=MISSING),
        deny("ec2:*", Null=MISSING),
        allow("ec2:RunInstances", StringEquals={"aws:RequestTag/Owner": "a"}),
    ],
)
def test_a_deny_of_what_the_request_tags_is_fine(statement, statuses):
    assert statuses(iam_tag_condition_unsupported, service_control(statement)) == {
        "aws_organizations_policy.p": "passed"
    }
