import pytest

from plainwork_policies.conditions.iam_condition_allows_untagged import iam_condition_allows_untagged
from tests.support.iam_hcl import allow, deny, identity, service_control

KEYS = {"ForAllValues__StringEquals": {"aws:TagKeys": ["Owner"]}}
OWNER = {"aws:RequestTag/Owner": "a"}


def with_keys(action="dynamodb:CreateTable", **more):
    return allow(action, **KEYS, **more)


@pytest.mark.parametrize(
    "statement",
    [
        with_keys(),
        with_keys(["dynamodb:CreateTable", "dynamodb:TagResource"]),
        with_keys("dynamodb:Create*"),
        with_keys(StringEqualsIfExists=OWNER),
        with_keys(StringEquals={"aws:PrincipalTag/Team": "a"}),
        allow("dynamodb:CreateTable", ForAllValues__StringLike=OWNER),
        allow("sqs:DeleteQueue", ForAllValues__StringEquals={"aws:ResourceTag/Owner": "a"}),
        deny("dynamodb:CreateTable", ForAnyValue__StringNotEquals=OWNER),
    ],
)
def test_a_set_operator_lets_through_what_has_no_tag(statement, statuses):
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    "statement",
    [
        with_keys(Null={"aws:TagKeys": "false"}),
        with_keys(Null={"aws:RequestTag/Owner": "false"}),
        with_keys(StringEquals=OWNER),
        with_keys(StringEquals={"aws:ResourceTag/Owner": "a"}),
        with_keys(ForAnyValue__StringEquals={"aws:TagKeys": "Owner"}),
        with_keys("dynamodb:TagResource"),
        with_keys("ec2:CreateTags"),
        with_keys("sts:AssumeRole"),
        allow("dynamodb:CreateTable", ForAllValues__StringNotEquals={"aws:TagKeys": "Owner"}),
        allow("dynamodb:CreateTable", ForAllValues__StringEquals=OWNER, Null={"aws:RequestTag/owner": "false"}),
        allow("dynamodb:CreateTable", StringEquals=OWNER),
        deny("dynamodb:CreateTable", ForAnyValue__StringNotEquals={"aws:TagKeys": "Owner"}),
        deny("dynamodb:CreateTable", StringNotEquals=OWNER),
    ],
)
def test_what_needs_the_tag_or_always_has_one_is_fine(statement, statuses):
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "passed"}


def test_another_tag_guards_the_keys_but_not_one_tag(statuses):
    statement = allow("sqs:CreateQueue", ForAllValues__StringEquals=OWNER, Null={"aws:RequestTag/Team": "false"})
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "failed"}


def test_a_statement_without_a_condition_on_tags_is_not_judged(statuses):
    statement = allow("sqs:CreateQueue", ForAllValues__StringEquals={"aws:PrincipalOrgPaths": "o"})
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {}


def test_the_remedy_fits_the_key(results):
    statements = (with_keys(), deny("sqs:CreateQueue", ForAnyValue__StringNotEquals=OWNER))
    found = [
        finding
        for each in results(iam_condition_allows_untagged, service_control(*statements))
        for finding in each.findings
    ]
    assert [finding.remedy for finding in found] == [
        "add a condition `Null` of `aws:TagKeys` with `false`",
        "write `StringNotEquals`: a tag has one value, and needs no set operator",
    ]
    assert found[0].path == "content.Statement.0.Condition"


@pytest.mark.parametrize("part", ["test", "variable"])
def test_a_condition_that_cannot_be_read_is_not_evaluated(part, messages):
    written = {"test": '"ForAllValues:StringEquals"', "variable": '"aws:TagKeys"'} | {part: "var.x"}
    condition = "\n".join(f"{name} = {value}" for name, value in written.items())
    statement = f'statement {{\n actions = ["sqs:CreateQueue"]\n condition {{\n{condition}\n values = ["a"]\n}}\n}}'
    hcl = f'variable "x" {{}}\ndata "aws_iam_policy_document" "d" {{\n{statement}\n}}\n'
    assert messages(iam_condition_allows_untagged, hcl) == ["`var.x` has no default; check a plan"]
