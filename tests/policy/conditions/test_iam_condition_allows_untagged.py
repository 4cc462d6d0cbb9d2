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
def test_a_set_operator_that_allows_requests_without_the_tag_fails(statement, statuses):
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    "statement",
    [
        with_keys(Null={"aws:TagKeys": "false"}),
        with_keys(Null={"aws:RequestTag/Owner": "false"}),
        with_keys(StringEquals=OWNER),
        with_keys(StringEquals={"aws:ResourceTag/Owner": "a"}),
        with_keys(ForAnyValue__StringEquals={"aws:TagKeys": "Owner"}),
        with_keys(ForAnyValue__StringLikeIfExists={"aws:TagKeys": "Owner"}),
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
def test_a_condition_that_requires_the_tag_or_always_has_one_passes(statement, statuses):
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    "statement",
    [
        allow("sqs:CreateQueue", StringEqualsIfExists=OWNER),
        allow("sqs:DeleteQueue", StringEqualsIfExists={"aws:ResourceTag/Owner": "a"}),
        allow(["lambda:CreateFunction", "lambda:DeleteFunction"], StringLikeIfExists={"aws:ResourceTag/Owner": "a*"}),
    ],
)
def test_a_tag_that_is_tested_only_if_it_exists_is_a_low_finding(statement, results):
    (result,) = results(iam_condition_allows_untagged, identity(statement))
    (finding,) = result.findings
    assert (finding.status, finding.severity) == ("failed", "low")
    assert finding.remedy.startswith("Use `String")


@pytest.mark.parametrize(
    "statement",
    [
        allow("sqs:CreateQueue", StringEqualsIfExists=OWNER, Null={"aws:TagKeys": "false"}),
        allow("sqs:DeleteQueue", StringEqualsIfExists=OWNER, StringEquals={"aws:ResourceTag/Owner": "a"}),
        allow("sqs:TagQueue", StringEqualsIfExists=OWNER),
        allow("lambda:CreateFunction", StringEqualsIfExists={"aws:ResourceTag/Owner": "a"}),
        allow("sqs:CreateQueue", StringNotEqualsIfExists=OWNER),
        allow("sqs:CreateQueue", StringEqualsIfExists={"aws:PrincipalTag/Owner": "a"}),
        deny("sqs:CreateQueue", StringEqualsIfExists=OWNER),
    ],
)
def test_a_tag_that_is_required_elsewhere_or_never_present_passes(statement, statuses):
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "passed"}


def test_a_condition_on_another_tag_does_not_require_the_tag(statuses):
    statement = allow("sqs:CreateQueue", ForAllValues__StringEquals=OWNER, Null={"aws:RequestTag/Team": "false"})
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {"aws_iam_policy.p": "failed"}


def test_a_statement_without_a_condition_on_tags_is_not_a_subject(statuses):
    statement = allow("sqs:CreateQueue", ForAllValues__StringEquals={"aws:PrincipalOrgPaths": "o"})
    assert statuses(iam_condition_allows_untagged, identity(statement)) == {}


def test_the_remedy_depends_on_the_key(results):
    statements = (with_keys(), deny("sqs:CreateQueue", ForAnyValue__StringNotEquals=OWNER))
    found = [
        finding
        for result in results(iam_condition_allows_untagged, service_control(*statements))
        for finding in result.findings
    ]
    for_keys, for_one_tag = (finding.remedy for finding in found)
    assert "`Null` on `aws:TagKeys`" in for_keys
    assert "`StringNotEquals`" in for_one_tag
    assert found[0].path == "content.Statement.0.Condition"


@pytest.mark.parametrize("part", ["test", "variable"])
def test_an_unknown_key_or_operator_is_not_evaluated(part, messages):
    arguments = {"test": '"ForAllValues:StringEquals"', "variable": '"aws:TagKeys"'} | {part: "var.x"}
    condition = "\n".join(f"{name} = {value}" for name, value in arguments.items())
    statement = f'statement {{\n actions = ["sqs:CreateQueue"]\n condition {{\n{condition}\n values = ["a"]\n}}\n}}'
    hcl = f'variable "x" {{}}\ndata "aws_iam_policy_document" "d" {{\n{statement}\n}}\n'
    assert messages(iam_condition_allows_untagged, hcl) == ["`var.x` has no default; check a plan"]


def test_the_message_has_operator_and_key(messages):
    (message,) = messages(iam_condition_allows_untagged, identity(with_keys()))
    assert message.startswith("`ForAllValues:StringEquals` on `aws:TagKeys` is true if")


def test_an_unknown_value_of_null_may_require_the_tag(statuses):
    condition = '{ "ForAllValues:StringEquals" = { "aws:TagKeys" = "a" }, Null = { "aws:TagKeys" = var.x } }'
    statement = f'{{ Effect = "Allow", Action = "sqs:CreateQueue", Resource = "*", Condition = {condition} }}'
    resource = f'resource "aws_iam_policy" "p" {{\n policy = jsonencode({{ Statement = [{statement}] }})\n}}\n'
    hcl = f'variable "x" {{}}\n{resource}'
    assert statuses(iam_condition_allows_untagged, hcl) == {"aws_iam_policy.p": "not_evaluated"}
