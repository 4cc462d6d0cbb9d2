import pytest

from plainwork_core.aws.iam_actions import expand
from plainwork_policies.privileges.ssm_session_unrestricted import ssm_session_unrestricted
from plainwork_policies.privileges.subjects import SESSION_ACTIONS

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = %s%s }] })
}
"""
START = '"ssm:StartSession"'
EVERY = '"arn:aws:ec2:*:*:instance/*"'


@pytest.fixture
def status(statuses):
    return lambda *arguments: statuses(ssm_session_unrestricted, POLICY % arguments)["aws_iam_policy.p"]


@pytest.mark.parametrize("session", SESSION_ACTIONS)
def test_each_action_that_opens_a_session_fails(session, status):
    assert len(expand(session)) == 1
    assert status(f'"{session}"', '"*"', "") == "failed"


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
def test_all_instances_or_tasks_fail(action, resource, status):
    assert status(action, resource, "") == "failed"


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
def test_some_instances_and_other_actions_pass(action, resource, status):
    assert status(action, resource, "") == "passed"


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
def test_a_condition_limits_the_instances(condition, expected, status):
    assert status(START, '"*"', f", Condition = {{ {condition} }}") == expected


@pytest.mark.parametrize(
    ("action", "resource", "condition"),
    [("var.action", '"*"', ""), (START, "var.machines", ""), (START, '"*"', ", Condition = var.condition")],
)
def test_an_unknown_value_is_not_evaluated(action, resource, condition, status):
    assert status(action, resource, condition) == "not_evaluated"


def test_a_deny_statement_passes(statuses):
    hcl = (POLICY % (START, '"*"', "")).replace("Allow", "Deny")
    assert statuses(ssm_session_unrestricted, hcl) == {"aws_iam_policy.p": "passed"}


def test_the_message_lists_the_actions(messages):
    hcl = POLICY % ('["ssm:StartSession", "ssm:TerminateSession", "ssm:SendCommand"]', '"*"', "")
    (message,) = messages(ssm_session_unrestricted, hcl)
    assert message.startswith("`Resource` is `*`; `ssm:StartSession` and `ssm:SendCommand` are allowed")


SEND = '"ssm:SendCommand"'


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ('"arn:aws:ssm:*:*:document/AWS-RunPatchBaseline"', "passed"),
        ("aws_ssm_document.restart.arn", "passed"),
        ('"arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"', "failed"),
        ('"arn:aws:ssm:*:*:document/AWS-*"', "failed"),
        ('"arn:aws:ssm:*:*:document/*"', "failed"),
        ("var.document", "not_evaluated"),
    ],
)
def test_a_command_passes_if_the_document_runs_no_command_of_the_caller(documents, expected, status):
    assert status(SEND, f"[{documents}, {EVERY}]", "") == expected


def test_the_message_names_a_condition_that_is_true_for_untagged_instances(messages):
    condition = ', Condition = { StringEqualsIfExists = { "aws:ResourceTag/App" = "x" } }'
    (tagged,) = messages(ssm_session_unrestricted, POLICY % (START, '"*"', condition))
    (plain,) = messages(ssm_session_unrestricted, POLICY % (START, '"*"', ""))
    assert tagged.endswith("; `StringEqualsIfExists` on `aws:ResourceTag/App` is true for those without the tag")
    assert plain.endswith("allowed on all instances or tasks without a condition")
