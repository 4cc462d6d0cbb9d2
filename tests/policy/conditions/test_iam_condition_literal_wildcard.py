import pytest

from plainwork_policies.conditions.iam_condition_literal_wildcard import iam_condition_literal_wildcard
from tests.support.iam_hcl import allow, deny, identity

KEYS = [
    "aws:RequestTag/Owner",
    "aws:ResourceTag/Owner",
    "ec2:ResourceTag/Owner",
    "aws:PrincipalTag/Owner",
    "aws:TagKeys",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", ["*", "dev-*", ["prod", "*"]])
def test_string_equals_with_a_wildcard_fails(key, value, statuses):
    hcl = identity(allow("ec2:RunInstances", StringEquals={key: value}))
    assert statuses(iam_condition_literal_wildcard, hcl) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    ("operator", "remedy"),
    [
        ("StringEquals", "StringLike"),
        ("StringNotEquals", "StringNotLike"),
        ("StringEqualsIgnoreCase", "StringLike"),
        ("StringNotEqualsIfExists", "StringNotLikeIfExists"),
        ("ForAllValues__StringEquals", "ForAllValues:StringLike"),
        ("ForAnyValue__StringEqualsIfExists", "ForAnyValue:StringLikeIfExists"),
    ],
)
def test_the_remedy_is_the_operator_that_supports_wildcards(operator, remedy, results):
    (result,) = results(iam_condition_literal_wildcard, identity(deny("s3:*", **{operator: {"aws:TagKeys": "a*"}})))
    assert [finding.remedy for finding in result.findings] == [f"Use `{remedy}`."]


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:RequestTag/Owner": "*"}},
        {"StringNotLike": {"aws:RequestTag/Owner": "dev-*"}},
        {"StringEquals": {"aws:RequestTag/Owner": "a"}},
        {"StringEquals": {"aws:RequestTag/Owner": "${aws:PrincipalTag/Owner}"}},
        {"StringEquals": {"aws:RequestTag/Owner": "a${*}"}},
        {"Null": {"aws:RequestTag/Owner": "false"}},
        {"StringLike": {"aws:RequestTag/Owner": "a"}, "StringEquals": {"s3:prefix": "*"}},
    ],
)
def test_a_supported_wildcard_and_a_plain_value_pass(condition, statuses):
    assert statuses(iam_condition_literal_wildcard, identity(allow("s3:*", **condition))) == {
        "aws_iam_policy.p": "passed"
    }


def test_a_wildcard_on_another_key_is_not_a_subject(statuses):
    assert statuses(iam_condition_literal_wildcard, identity(allow("s3:*", StringEquals={"s3:prefix": "*"}))) == {}


@pytest.mark.parametrize(
    ("value", "status"), [("var.x", "not_evaluated"), ('"${var.x}-*"', "failed"), ('"team-${var.x}"', "passed")]
)
def test_a_value_is_not_evaluated_only_if_all_of_it_is_unknown(value, status, statuses):
    condition = f'{{ StringEquals = {{ "aws:RequestTag/Owner" = {value} }} }}'
    statement = f'{{ Effect = "Allow", Action = "s3:*", Resource = "*", Condition = {condition} }}'
    document = f"jsonencode({{ Statement = [{statement}] }})"
    hcl = f'variable "x" {{}}\nresource "aws_iam_policy" "p" {{\n policy = {document}\n}}\n'
    assert statuses(iam_condition_literal_wildcard, hcl) == {"aws_iam_policy.p": status}


@pytest.mark.parametrize(
    ("statement", "severity"),
    [
        (allow("s3:*", StringEquals={"aws:RequestTag/Owner": "a*"}), "medium"),
        (allow("s3:*", StringNotEquals={"aws:RequestTag/Owner": "a*"}), None),
        (deny("s3:*", StringEquals={"aws:RequestTag/Owner": "a*"}), None),
    ],
)
def test_only_an_allow_that_never_matches_is_less_severe(statement, severity, results):
    (result,) = results(iam_condition_literal_wildcard, identity(statement))
    assert [finding.severity for finding in result.findings] == [severity]
    assert "`aws:RequestTag/Owner` with `a*` literally" in result.findings[0].message
