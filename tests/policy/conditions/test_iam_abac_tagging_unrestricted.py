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
def test_who_may_tag_anything_may_do_anything(tagging, messages):
    assert messages(iam_abac_tagging_unrestricted, identity(BY_TEAM, tagging)) == [
        "allows `ec2:CreateTags` without a condition, and `Statement.0` goes by `aws:ResourceTag/Team`"
    ]


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
def test_what_goes_by_no_tag_that_can_be_set_is_fine(others, statuses):
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
def test_what_tags_under_a_condition_or_allows_the_whole_service_is_not_judged(other, statuses):
    assert statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM, other)) == {}


def test_a_deny_of_tagging_is_fine(statuses):
    assert statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM, deny("ec2:CreateTags"))) == {
        "aws_iam_policy.p": "passed"
    }


def test_statements_of_another_document_do_not_count(statuses):
    other = identity(allow("ec2:CreateTags")).replace('"p"', '"q"', 1)
    assert statuses(iam_abac_tagging_unrestricted, identity(BY_TEAM) + other) == {"aws_iam_policy.q": "passed"}
