import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_pass_role_unrestricted import iam_pass_role_unrestricted
from plainwork_policies.privileges.settings import IamSettings

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = %s%s }] })
}
"""
PASS = '"iam:PassRole"'
ROLE = '"arn:aws:iam::111122223333:role/task"'
PATTERN = '"arn:aws:iam::111122223333:role/app-*"'
TO_LAMBDA = ', Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }'
EVERY = [
    '"*"',
    '"arn:aws:iam::111122223333:role/*"',
    '"arn:aws:iam::${var.account}:role/*"',
    '"arn:aws:iam::*:role/*"',
    '"arn:aws:iam::111122223333:*"',
    '"arn:aws:iam::*"',
    f'[{ROLE}, "*"]',
]


@pytest.fixture
def status(statuses):
    return lambda *arguments: statuses(iam_pass_role_unrestricted, POLICY % arguments)["aws_iam_policy.p"]


@pytest.mark.parametrize("resource", EVERY)
@pytest.mark.parametrize("condition", ["", TO_LAMBDA])
def test_all_roles_fail_with_or_without_a_condition_on_the_service(resource, condition, status):
    assert status(PASS, resource, condition) == "failed"


@pytest.mark.parametrize(("condition", "severity"), [("", None), (TO_LAMBDA, "medium")])
def test_a_condition_on_the_service_makes_all_roles_medium(condition, severity, results):
    (result,) = results(iam_pass_role_unrestricted, POLICY % (PASS, '"*"', condition))
    assert [finding.severity for finding in result.findings] == [severity]


@pytest.mark.parametrize(("condition", "expected"), [("", "failed"), (TO_LAMBDA, "passed")])
def test_a_wildcard_of_roles_requires_a_condition_on_the_service(condition, expected, status):
    assert status(PASS, PATTERN, condition) == expected


def test_a_wildcard_fails_beside_an_unknown_role(status):
    assert status(PASS, f"[{PATTERN}, var.role]", "") == "failed"


def test_an_unknown_role_is_not_evaluated_even_with_a_condition_on_the_service(status):
    assert status(PASS, "var.role", TO_LAMBDA) == "not_evaluated"


@pytest.mark.parametrize(
    "resource", [ROLE, "aws_iam_role.task.arn", '"arn:aws:iam::${var.account}:role/task"', "module.m.role_arn"]
)
def test_a_role_arn_passes_and_an_unknown_role_is_not_evaluated(resource, status):
    assert status(PASS, resource, "") == ("not_evaluated" if "module" in resource else "passed")


def test_a_condition_for_every_role_is_a_setting(statuses):
    settings = Settings(tables=(IamSettings(require_passed_to_service="always"),))
    named = {condition: POLICY % (PASS, ROLE, condition) for condition in ("", TO_LAMBDA)}
    assert statuses(iam_pass_role_unrestricted, named[""], settings) == {"aws_iam_policy.p": "failed"}
    assert statuses(iam_pass_role_unrestricted, named[TO_LAMBDA], settings) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ['"iam:PassRole"', '"IAM:passrole"', '"iam:Pass*"', '["s3:GetObject", "iam:*Role"]'])
def test_the_action_may_be_a_pattern(action, status):
    assert status(action, '"*"', "") == "failed"


@pytest.mark.parametrize("action", ['"iam:GetRole"', '"iam:*"', '"*"', '"s3:${var.action}"'])
def test_other_actions_and_service_wildcards_pass(action, status):
    assert status(action, '"*"', "") == "passed"


def test_a_wildcard_of_another_service_passes(status):
    assert status('["iam:PassRole", "s3:GetObject"]', f'[{ROLE}, "arn:aws:s3:::*"]', "") == "passed"


@pytest.mark.parametrize(
    ("action", "resource", "condition"),
    [
        ("var.action", '"*"', ""),
        ('"iam:${var.action}"', '"*"', ""),
        (PASS, "var.role", ""),
        (PASS, PATTERN, ", Condition = var.condition"),
    ],
)
def test_an_unknown_value_is_not_evaluated(action, resource, condition, status):
    assert status(action, resource, condition) == "not_evaluated"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "iam:ResourceTag/Team" = "web" }', "passed"),
        ('StringLike = { "iam:PassedToService" = "*" }', "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
    ],
)
def test_a_condition_on_a_tag_limits_the_roles(condition, expected, status):
    assert status(PASS, '"*"', f", Condition = {{ {condition} }}") == expected


def test_a_deny_statement_passes(statuses):
    hcl = (POLICY % (PASS, '"*"', "")).replace("Allow", "Deny")
    assert statuses(iam_pass_role_unrestricted, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("resource", "condition", "shown", "ending"),
    [
        ('"*"', "", "`*`", "on all roles without a condition on `iam:PassedToService`"),
        ('"*"', TO_LAMBDA, "`*`", "on all roles"),
        (PATTERN, "", f"`{PATTERN[1:-1]}`", "on it without a condition on `iam:PassedToService`"),
    ],
)
def test_the_message_has_the_roles_and_the_missing_condition(resource, condition, shown, ending, messages):
    (message,) = messages(iam_pass_role_unrestricted, POLICY % (PASS, resource, condition))
    assert message.startswith(f"`Resource` is {shown};")
    assert message.endswith(ending)
