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
def test_one_of_several_tags_is_enough_to_pass(condition, messages):
    assert messages(iam_deny_all_tags_missing, service_control(deny("sqs:CreateQueue", **condition))) == [
        f"denies only what lacks `{COST}` and `{OWNER}` all at once: one of them is enough to pass"
    ]


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike"])
def test_a_value_beside_a_null_of_the_same_key_does_not_matter(operator, messages):
    statement = deny("sqs:CreateQueue", **{"Null": {OWNER: "true"}, operator: {OWNER.lower(): ["a", "b"]}})
    (message,) = messages(iam_deny_all_tags_missing, service_control(statement))
    assert message.endswith("where the tag is there, its value is not looked at")


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
def test_one_tag_or_another_meaning_is_fine(statement, statuses):
    assert statuses(iam_deny_all_tags_missing, service_control(statement)) == {ADDRESS: "passed"}


def test_a_hidden_key_may_be_the_second(statuses):
    conditions = "".join(
        f'condition {{\n test = "Null"\n variable = {key}\n values = ["true"]\n}}\n'
        for key in (f'"{OWNER}"', "var.key")
    )
    statement = f'statement {{\n effect = "Deny"\n actions = ["sqs:CreateQueue"]\n {conditions}}}\n'
    hcl = f'variable "key" {{}}\ndata "aws_iam_policy_document" "d" {{\n{statement}}}\n'
    assert statuses(iam_deny_all_tags_missing, hcl) == {"data.aws_iam_policy_document.d": "not_evaluated"}
