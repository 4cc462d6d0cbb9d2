import pytest

from plainwork_policies.conditions.iam_abac_tagging_unrestricted import iam_abac_tagging_unrestricted
from tests.support.iam_hcl import allow, deny, identity

INSTANCE = "arn:aws:ec2:*:*:instance/*"
BY_TEAM = allow("ec2:TerminateInstances", INSTANCE, StringEquals={"aws:ResourceTag/Team": "a"})


@pytest.mark.parametrize(
    "tagging",
    [
        allow("ec2:CreateTags"),
        allow(["ec2:CreateTags", "ec2:DeleteTags"], INSTANCE),
        allow("ec2:CreateTags", INSTANCE),
        allow("ec2:*Tags"),
        allow("ec2:create*", INSTANCE),
    ],
)
def test_tagging_without_a_condition_beside_tag_based_access_fails(tagging, messages):
    (message,) = messages(iam_abac_tagging_unrestricted, identity(BY_TEAM, tagging))
    assert message.startswith("`ec2:CreateTags` is allowed without a condition")
    assert "`Statement.0` grants access by `aws:ResourceTag/Team`" in message


@pytest.mark.parametrize(
    "others",
    [
        [BY_TEAM, allow("ec2:CreateTags", "arn:aws:ec2:*:*:snapshot/*")],
        [BY_TEAM, allow("ec2:CreateTags", "arn:aws:ec2:*:*:instance/i-0123456789abcdef0")],
        [BY_TEAM, allow("sqs:TagQueue")],
        [allow("ec2:TerminateInstances", INSTANCE), allow("ec2:CreateTags")],
        [allow("ec2:TerminateInstances", StringNotEquals={"aws:ResourceTag/Team": "a"}), allow("ec2:CreateTags")],
        [BY_TEAM | {"Effect": "Deny"}, allow("ec2:CreateTags")],
        [allow("ec2:CreateTags", StringEquals={"aws:ResourceTag/Team": "a"}), allow("ec2:CreateTags", INSTANCE)],
    ],
)
def test_tagging_of_other_resources_or_beside_other_access_passes(others, statuses):
    assert statuses(iam_abac_tagging_unrestricted, identity(*others)) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    "other",
    [
        allow("ec2:CreateTags", StringEquals={"ec2:CreateAction": "RunInstances"}),
        allow("ec2:DeleteTags"),
        allow("ec2:*"),
        allow("*"),
        allow("ec2:Describe*"),
    ],
)
def test_tagging_with_a_condition_or_of_a_whole_service_is_not_a_subject(other, statuses):
    assert statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM, other)) == {}


@pytest.mark.parametrize("tag", ["aws:cloudformation:stack-id", "AWS:backup:source-resource"])
def test_access_by_a_tag_that_only_aws_sets_passes(tag, statuses):
    access = allow("ec2:TerminateInstances", INSTANCE, StringLike={f"aws:ResourceTag/{tag}": "*"})
    assert statuses(iam_abac_tagging_unrestricted, identity(access, allow("ec2:CreateTags"))) == {
        "aws_iam_policy.p": "passed"
    }


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        (deny("ec2:CreateTags"), "passed"),
        (deny("ec2:CreateTags", StringNotEquals={"aws:ResourceTag/Team": "a"}), "passed"),
        (deny("ec2:CreateTags", ForAnyValue__StringEquals={"aws:TagKeys": ["Team"]}), "passed"),
        (deny("ec2:CreateTags", Null={"ec2:CreateAction": "true"}), "passed"),
        (deny("ec2:CreateTags", ForAnyValue__StringEquals={"aws:TagKeys": ["Owner"]}), "failed"),
        (deny("ec2:CreateTags", "arn:aws:ec2:*:*:snapshot/*", Bool={"aws:SecureTransport": "true"}), "failed"),
        (deny("ec2:CreateTags", StringNotEquals={"aws:PrincipalTag/role": "admin"}), "not_evaluated"),
    ],
)
def test_a_deny_statement_for_the_tag_counts(denied, expected, statuses):
    found = statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM, allow("ec2:CreateTags", INSTANCE), denied))
    assert found == {"aws_iam_policy.p": expected}


def test_a_deny_of_tagging_passes(statuses):
    assert statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM, deny("ec2:CreateTags"))) == {
        "aws_iam_policy.p": "passed"
    }


def test_statements_of_another_document_do_not_count(statuses):
    other = identity(allow("ec2:CreateTags")).replace('"p"', '"q"', 1)
    assert statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM) + other) == {"aws_iam_policy.q": "passed"}


def attached(role, policy):
    return (
        f'resource "aws_iam_role_policy_attachment" "{policy}" {{\n'
        f"  role       = {role}\n  policy_arn = aws_iam_policy.{policy}.arn\n}}\n"
    )


ROLES = 'variable "x" {}\nresource "aws_iam_role" "r" {\n}\nresource "aws_iam_role" "s" {\n}\n'
TAGGING = identity(allow("ec2:CreateTags")).replace('"p"', '"q"', 1)


@pytest.mark.parametrize(
    ("role", "status"),
    [("aws_iam_role.r.name", "failed"), ("aws_iam_role.s.name", "passed")],
)
def test_statements_of_another_policy_of_the_same_identity_count(role, status, statuses):
    hcl = ROLES + identity(BY_TEAM) + TAGGING + attached("aws_iam_role.r.name", "p") + attached(role, "q")
    assert statuses(iam_abac_tagging_unrestricted, hcl) == {"aws_iam_policy.q": status}


def test_the_message_names_the_other_policy(messages):
    hcl = ROLES + identity(BY_TEAM) + TAGGING + attached("aws_iam_role.r.name", "p") + attached("var.x", "q")
    assert messages(iam_abac_tagging_unrestricted, hcl) == []
    same = hcl.replace("= var.x", "= aws_iam_role.r.name")
    (message,) = messages(iam_abac_tagging_unrestricted, same)
    assert "but `Statement.0` of `aws_iam_policy.p` grants access by `aws:ResourceTag/Team`" in message


def test_another_policy_of_the_identity_that_is_unknown_is_not_evaluated(statuses):
    unknown = 'resource "aws_iam_policy" "p" {\n  policy = var.x\n}\n'
    hcl = ROLES + unknown + TAGGING + attached("aws_iam_role.r.name", "p") + attached("aws_iam_role.r.name", "q")
    assert statuses(iam_abac_tagging_unrestricted, hcl)["aws_iam_policy.q"] == "not_evaluated"


@pytest.mark.parametrize(
    ("access", "expected"), [(BY_TEAM, "not_evaluated"), (allow("ec2:TerminateInstances", INSTANCE), None)]
)
def test_an_unknown_action_is_not_evaluated_only_beside_tag_based_access(access, expected, statuses):
    hcl = identity(access, allow("ACTION")).replace("ACTION", "${var.x}") + 'variable "x" {}\n'
    assert statuses(iam_abac_tagging_unrestricted, hcl).get("aws_iam_policy.p") == expected
