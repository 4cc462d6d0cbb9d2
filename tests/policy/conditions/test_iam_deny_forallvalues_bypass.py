import pytest

from plainwork_policies.conditions.iam_deny_forallvalues_bypass import iam_deny_forallvalues_bypass
from tests.support.iam_hcl import allow, deny, identity, service_control

PROTECTED = {"aws:TagKeys": ["CostCenter", "Team"]}


@pytest.mark.parametrize(
    "condition",
    [
        {"ForAllValues__StringEquals": PROTECTED},
        {"ForAllValues__StringLike": {"aws:TagKeys": "cost-*"}},
        {"ForAllValues__StringEquals": PROTECTED, "Null": {"aws:TagKeys": "false"}},
        {"ForAllValues__StringEquals": {"aws:TagKeys": "*"}},
    ],
)
@pytest.mark.parametrize("document", [identity, service_control])
def test_a_deny_statement_that_another_key_bypasses_fails(document, condition, statuses):
    found = statuses(iam_deny_forallvalues_bypass, document(deny("ec2:CreateTags", **condition)))
    assert list(found.values()) == ["failed"]


@pytest.mark.parametrize(
    "statement",
    [
        deny("ec2:CreateTags", ForAnyValue__StringEquals=PROTECTED),
        deny("ec2:RunInstances", ForAllValues__StringNotEquals=PROTECTED),
        deny("ec2:CreateTags", ForAllValues__StringLike={"aws:TagKeys": "*"}),
        allow("ec2:CreateTags", ForAllValues__StringEquals=PROTECTED),
    ],
)
def test_a_statement_that_applies_to_every_such_request_passes(statement, statuses):
    assert statuses(iam_deny_forallvalues_bypass, identity(statement)) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("effect", ['"Deny"', "var.x"])
def test_an_unknown_effect_or_value_is_not_evaluated(effect, statuses):
    value = '["a"]' if effect == "var.x" else "[var.x]"
    condition = f'{{ "ForAllValues:StringLike" = {{ "aws:TagKeys" = {value} }} }}'
    statement = f'{{ Effect = {effect}, Action = "ec2:CreateTags", Resource = "*", Condition = {condition} }}'
    resource = f'resource "aws_iam_policy" "p" {{\n policy = jsonencode({{ Statement = [{statement}] }})\n}}\n'
    hcl = f'variable "x" {{}}\n{resource}'
    assert statuses(iam_deny_forallvalues_bypass, hcl) == {"aws_iam_policy.p": "not_evaluated"}


def test_the_remedy_has_the_operator_for_one_of_the_keys(results):
    (result,) = results(iam_deny_forallvalues_bypass, identity(deny("ec2:*", ForAllValues__StringLike=PROTECTED)))
    (finding,) = result.findings
    assert finding.remedy == "Use `ForAnyValue:StringLike`."
    assert finding.path == "policy.Statement.0.Condition"
