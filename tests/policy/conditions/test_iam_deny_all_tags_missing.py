import pytest

from plainwork_policies.conditions.iam_deny_all_tags_missing import iam_deny_all_tags_missing
from tests.support.iam_hcl import allow, deny, service_control

OWNER, COST = "aws:RequestTag/Owner", "aws:RequestTag/CostCenter"
ADDRESS = "aws_organizations_policy.p"


@pytest.mark.parametrize(
    "condition",
    [
        {"Null": {OWNER: "true", COST: "true"}},
        {"Null": {OWNER: "true"}, "StringNotLike": {COST: "*"}},
        {"Null": {OWNER: "true", COST: ["true"]}, "StringNotEquals": {"aws:PrincipalArn": "a"}},
    ],
)
def test_a_statement_that_requires_all_tags_to_be_missing_fails(condition, messages):
    (message,) = messages(iam_deny_all_tags_missing, service_control(deny("sqs:CreateQueue", **condition)))
    assert f"`{COST}` and `{OWNER}` are all missing" in message


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike"])
def test_null_and_a_value_on_one_key_fail(operator, messages):
    statement = deny("sqs:CreateQueue", **{"Null": {OWNER: "true"}, operator: {OWNER.lower(): ["a", "b"]}})
    (message,) = messages(iam_deny_all_tags_missing, service_control(statement))
    assert message.startswith(f"`Null` and `{operator}` on `{OWNER}` are in one statement")


@pytest.mark.parametrize(
    "statement",
    [
        deny("sqs:CreateQueue", Null={OWNER: "true"}),
        deny("sqs:CreateQueue", Null={OWNER: "true", OWNER.lower(): "true"}),
        deny("sqs:CreateQueue", Null={OWNER: "true", COST: "false"}),
        deny("sqs:CreateQueue", Null={OWNER: "false"}, StringNotEquals={OWNER: "a"}),
        deny("sqs:CreateQueue", Null={OWNER: "true"}, StringNotEquals={"aws:RequestTag/Environment": "sandbox"}),
        deny("sqs:CreateQueue", StringNotEquals={OWNER: "a", COST: "b"}),
        deny("sqs:DeleteQueue", Null={"aws:ResourceTag/a": "true", "aws:ResourceTag/b": "true"}),
        allow("sqs:CreateQueue", Null={OWNER: "true", COST: "true"}),
    ],
)
def test_one_required_tag_and_other_conditions_pass(statement, statuses):
    assert statuses(iam_deny_all_tags_missing, service_control(statement)) == {ADDRESS: "passed"}


def test_an_unknown_key_may_be_the_second(statuses):
    conditions = "".join(
        f'condition {{\n test = "Null"\n variable = {key}\n values = ["true"]\n}}\n'
        for key in (f'"{OWNER}"', "var.key")
    )
    statement = f'statement {{\n effect = "Deny"\n actions = ["sqs:CreateQueue"]\n {conditions}}}\n'
    hcl = f'variable "key" {{}}\ndata "aws_iam_policy_document" "d" {{\n{statement}}}\n'
    assert statuses(iam_deny_all_tags_missing, hcl) == {"data.aws_iam_policy_document.d": "not_evaluated"}


def test_an_unknown_value_of_null_may_require_the_second_tag(statuses):
    statement = deny("sqs:CreateQueue", Null={OWNER: "true", COST: "VALUE"})
    hcl = service_control(statement).replace("VALUE", "${var.x}") + 'variable "x" {}\n'
    assert statuses(iam_deny_all_tags_missing, hcl) == {ADDRESS: "not_evaluated"}
