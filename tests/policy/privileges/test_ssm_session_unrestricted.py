import pytest

from plainwork_core.iam.actions import expand
from plainwork_policies.privileges.ssm_session_unrestricted import SESSIONS, ssm_session_unrestricted

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = %s%s }] })
}
"""
START = '"ssm:StartSession"'
EVERY = '"arn:aws:ec2:*:*:instance/*"'


@pytest.fixture
def verdict(verdicts):
    return lambda *arguments: verdicts(ssm_session_unrestricted, POLICY % arguments)["aws_iam_policy.p"]


@pytest.mark.parametrize("session", SESSIONS)
def test_each_way_to_a_session_is_judged(session, verdict):
    assert len(expand(session)) == 1
    assert verdict(f'"{session}"', '"*"', "") == "failed"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        (START, EVERY),
        (START, '"arn:aws:ssm:*:111122223333:managed-instance/*"'),
        (START, f'["arn:aws:ec2:eu-west-1:111122223333:instance/i-1", {EVERY}]'),
        ('"ecs:ExecuteCommand"', '"arn:aws:ecs:*:*:task/*"'),
        ('"ec2-instance-connect:Send*"', EVERY),
        ('"ssm:Start*"', '"*"'),
    ],
)
def test_every_machine_is_too_many(action, resource, verdict):
    assert verdict(action, resource, "") == "failed"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        (START, '"arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0"'),
        (START, "aws_instance.bastion.arn"),
        (START, '"arn:aws:ssm:*:*:document/*"'),
        ('"ecs:ExecuteCommand"', '"arn:aws:ecs:*:*:task/reports/*"'),
        ('"ssm:TerminateSession"', '"*"'),
        ('"ssm:GetParameter"', '"*"'),
        ('"ssm:*"', '"*"'),
        ('"ssmmessages:CreateDataChannel"', '"*"'),
    ],
)
def test_some_machines_and_other_actions_are_fine(action, resource, verdict):
    assert verdict(action, resource, "") == "passed"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "aws:ResourceTag/Application" = "reports" }', "passed"),
        ('StringLike = { "ssm:resourceTag/Application" = ["reports-*"] }', "passed"),
        ('Bool = { "aws:MultiFactorAuthPresent" = "true" }', "passed"),
        ('BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" }', "failed"),
        ('StringLike = { "aws:ResourceTag/Application" = "*" }', "failed"),
    ],
)
def test_a_condition_says_which(condition, expected, verdict):
    assert verdict(START, '"*"', f", Condition = {{ {condition} }}") == expected


@pytest.mark.parametrize(
    ("action", "resource", "condition"),
    [("var.action", '"*"', ""), (START, "var.machines", ""), (START, '"*"', ", Condition = var.condition")],
)
def test_what_is_not_known_is_not_evaluated(action, resource, condition, verdict):
    assert verdict(action, resource, condition) == "not_evaluated"


def test_what_denies_is_fine(verdicts):
    hcl = (POLICY % (START, '"*"', "")).replace("Allow", "Deny")
    assert verdicts(ssm_session_unrestricted, hcl) == {"aws_iam_policy.p": "passed"}


def test_the_finding_names_the_actions(messages):
    hcl = POLICY % ('["ssm:StartSession", "ssm:TerminateSession", "ssm:SendCommand"]', '"*"', "")
    assert messages(ssm_session_unrestricted, hcl) == [
        "allows `ssm:StartSession` and `ssm:SendCommand` on every machine, without a condition"
    ]
