import pytest

from plainwork_policies.conditions.iam_resourcetag_on_create_action import iam_resourcetag_on_create_action
from plainwork_policies.conditions.iam_tag_condition_unsupported import iam_tag_condition_unsupported
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
def test_an_action_that_creates_all_resources_fails(action, resource, statuses):
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
def test_an_action_on_an_existing_resource_passes(action, resource, statuses):
    hcl = identity(allow(action, resource, StringEquals=TEAM))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ["cloudwatch:TagResource", "lambda:CreateFunction"])
@pytest.mark.parametrize("policy", [iam_resourcetag_on_create_action, iam_tag_condition_unsupported])
def test_an_action_without_a_resource_type_in_the_statement_is_not_evaluated(policy, action, statuses):
    log_groups = "arn:aws:logs:us-east-1:111122223333:log-group:/app/*"
    hcl = identity(allow(["logs:TagResource", action], log_groups, StringEquals=TEAM))
    assert statuses(policy, hcl) == {"aws_iam_policy.p": "not_evaluated"}


@pytest.mark.parametrize(
    ("statement", "outcome", "severity"),
    [
        (allow("sqs:CreateQueue", StringEquals=TEAM), "never allows", "medium"),
        (deny("sqs:CreateQueue", StringEquals=TEAM), "never denies", None),
        (deny("sqs:CreateQueue", StringNotEquals=TEAM), "always denies", None),
        (deny("sqs:CreateQueue", Null={"aws:ResourceTag/Team": "true"}), "always denies", None),
    ],
)
def test_the_message_states_the_outcome_and_an_allow_is_less_severe(statement, outcome, severity, results):
    (result,) = results(iam_resourcetag_on_create_action, service_control(statement))
    (finding,) = result.findings
    assert finding.message.startswith("`aws:ResourceTag/Team` is never present for `sqs:CreateQueue`")
    assert finding.message.endswith(f"the statement {outcome} it")
    assert finding.severity == severity


@pytest.mark.parametrize(
    "condition",
    [{"StringNotEquals": TEAM}, {"StringEqualsIfExists": TEAM}, {"Null": {"aws:ResourceTag/Team": "true"}}],
)
def test_an_allow_that_is_true_without_the_tag_passes(condition, statuses):
    hcl = identity(allow("sqs:CreateQueue", **condition))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "passed"}


def test_the_message_lists_the_actions_that_create(messages):
    hcl = identity(allow(["sqs:DeleteQueue", "sqs:CreateQueue", "lambda:CreateFunction"], StringEquals=TEAM))
    (message,) = messages(iam_resourcetag_on_create_action, hcl)
    assert "`sqs:CreateQueue` and `lambda:CreateFunction`" in message
    assert "`sqs:DeleteQueue`" not in message


def test_a_condition_on_the_request_passes(statuses):
    hcl = identity(allow("sqs:CreateQueue", StringEquals={"aws:RequestTag/Team": "a"}))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("action", "status"),
    [("s3:PutStorageLensConfiguration", "not_evaluated"), ("elasticfilesystem:CreateFileSystem", "failed")],
)
def test_an_action_without_resource_types_fails_by_its_name_only(action, status, statuses):
    hcl = identity(allow(action, StringEquals=TEAM))
    assert statuses(iam_resourcetag_on_create_action, hcl) == {"aws_iam_policy.p": status}
