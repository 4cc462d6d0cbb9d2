import pytest

from plainwork_policies.conditions.iam_trust_tag_session_missing import iam_trust_tag_session_missing

ROLE = """variable "x" {{}}
resource "aws_iam_role" "r" {{
  assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{statements}] }})
}}
"""
PODS = '{ Service = "pods.eks.amazonaws.com" }'
ACCOUNT = '{ AWS = "arn:aws:iam::123456789012:root" }'
TAGGED = '{ StringEquals = { "aws:RequestTag/team" = "a" } }'


def statement(principal, actions='["sts:AssumeRole"]', condition="", effect='"Allow"'):
    conditions = f", Condition = {condition}" if condition else ""
    return f"{{ Effect = {effect}, Principal = {principal}, Action = {actions}{conditions} }}"


def role(*statements):
    return ROLE.format(statements=", ".join(statements))


BOTH = '["sts:AssumeRole", "sts:TagSession"]'


@pytest.mark.parametrize(
    "trust",
    [
        statement(PODS),
        statement(ACCOUNT, condition=TAGGED),
        statement(ACCOUNT, '"sts:AssumeRoleWithSAML"', '{ StringLike = { "aws:RequestTag/team" = "*" } }'),
        statement(ACCOUNT, condition='{ Null = { "aws:TagKeys" = "false" } }'),
    ],
)
def test_a_principal_that_passes_session_tags_requires_tag_session(trust, statuses):
    assert statuses(iam_trust_tag_session_missing, role(trust)) == {"aws_iam_role.r": "failed"}


@pytest.mark.parametrize(
    "trust",
    [
        [statement(PODS, BOTH)],
        [statement(PODS, '"sts:*"')],
        [statement(PODS), statement(PODS, '"sts:TagSession"')],
        [statement(ACCOUNT, BOTH, TAGGED)],
    ],
)
def test_a_trust_policy_with_tag_session_passes(trust, statuses):
    assert set(statuses(iam_trust_tag_session_missing, role(*trust)).values()) == {"passed"}


@pytest.mark.parametrize(
    "trust",
    [
        statement('{ Service = "ec2.amazonaws.com" }'),
        statement('{ Service = "ec2.${var.x}" }'),
        statement(ACCOUNT),
        statement(ACCOUNT, condition='{ StringEqualsIfExists = { "aws:RequestTag/team" = "a" } }'),
        statement(ACCOUNT, condition='{ StringEquals = { "aws:PrincipalTag/team" = "a" } }'),
        statement(PODS, effect='"Deny"'),
        statement(PODS, '"sts:SetSourceIdentity"'),
    ],
)
def test_a_principal_without_session_tags_is_not_a_subject(trust, statuses):
    assert statuses(iam_trust_tag_session_missing, role(trust)) == {}


@pytest.mark.parametrize(
    "trust",
    [
        statement("{ Service = var.x }"),
        statement("{ Service = var.x }", '["sts:AssumeRole", var.x]'),
        statement(PODS, effect="var.x"),
        statement(PODS, '["sts:AssumeRole", var.x]'),
    ],
)
def test_an_unknown_principal_action_or_effect_is_not_evaluated(trust, statuses):
    assert statuses(iam_trust_tag_session_missing, role(trust)) == {"aws_iam_role.r": "not_evaluated"}


def test_the_message_states_why_the_action_is_required(messages):
    (pods,) = messages(iam_trust_tag_session_missing, role(statement(PODS)))
    assert pods.startswith("`pods.eks.amazonaws.com` passes session tags, but no statement")
    (tagged,) = messages(iam_trust_tag_session_missing, role(statement(ACCOUNT, condition=TAGGED)))
    assert tagged.startswith("`aws:RequestTag/team` requires session tags, but no statement")
