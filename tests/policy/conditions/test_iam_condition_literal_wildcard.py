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
def test_a_star_under_string_equals_is_a_star(key, value, statuses):
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
def test_the_remedy_is_the_operator_that_knows_wildcards(operator, remedy, results):
    (result,) = results(iam_condition_literal_wildcard, identity(deny("s3:*", **{operator: {"aws:TagKeys": "a*"}})))
    assert [finding.remedy for finding in result.findings] == [f"write `{remedy}`"]


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
def test_a_wildcard_where_it_works_and_a_plain_value_are_fine(condition, statuses):
    assert statuses(iam_condition_literal_wildcard, identity(allow("s3:*", **condition))) == {
        "aws_iam_policy.p": "passed"
    }


def test_a_star_elsewhere_is_not_judged(statuses):
    assert statuses(iam_condition_literal_wildcard, identity(allow("s3:*", StringEquals={"s3:prefix": "*"}))) == {}


@pytest.mark.parametrize(
    ("value", "verdict"), [("var.x", "not_evaluated"), ('"${var.x}-*"', "failed"), ('"team-${var.x}"', "passed")]
)
def test_only_a_value_of_which_nothing_is_known_is_not_evaluated(value, verdict, statuses):
    condition = f'{{ StringEquals = {{ "aws:RequestTag/Owner" = {value} }} }}'
    statement = f'{{ Effect = "Allow", Action = "s3:*", Resource = "*", Condition = {condition} }}'
    document = f"jsonencode({{ Statement = [{statement}] }})"
    hcl = f'variable "x" {{}}\nresource "aws_iam_policy" "p" {{\n policy = {document}\n}}\n'
    assert statuses(iam_condition_literal_wildcard, hcl) == {"aws_iam_policy.p": verdict}
