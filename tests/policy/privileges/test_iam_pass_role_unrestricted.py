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
def verdict(statuses):
    return lambda *arguments: statuses(iam_pass_role_unrestricted, POLICY % arguments)["aws_iam_policy.p"]


@pytest.mark.parametrize("resource", EVERY)
@pytest.mark.parametrize("condition", ["", TO_LAMBDA])
def test_every_role_is_too_many_whoever_gets_it(resource, condition, verdict):
    assert verdict(PASS, resource, condition) == "failed"


@pytest.mark.parametrize(("condition", "expected"), [("", "failed"), (TO_LAMBDA, "passed")])
def test_a_pattern_of_roles_needs_a_service(condition, expected, verdict):
    assert verdict(PASS, PATTERN, condition) == expected


def test_a_pattern_fails_whatever_stands_beside_it(verdict):
    assert verdict(PASS, f"[{PATTERN}, var.role]", "") == "failed"


@pytest.mark.parametrize(
    "resource", [ROLE, "aws_iam_role.task.arn", '"arn:aws:iam::${var.account}:role/task"', "module.m.role_arn"]
)
def test_a_role_that_is_named_passes_or_is_not_known(resource, verdict):
    assert verdict(PASS, resource, "") == ("not_evaluated" if "module" in resource else "passed")


def test_a_role_that_is_named_can_be_made_to_need_a_service(statuses):
    settings = Settings(tables=(IamSettings(require_passed_to_service="always"),))
    named = {condition: POLICY % (PASS, ROLE, condition) for condition in ("", TO_LAMBDA)}
    assert statuses(iam_pass_role_unrestricted, named[""], settings) == {"aws_iam_policy.p": "failed"}
    assert statuses(iam_pass_role_unrestricted, named[TO_LAMBDA], settings) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ['"iam:PassRole"', '"IAM:passrole"', '"iam:Pass*"', '["s3:GetObject", "iam:*Role"]'])
def test_the_action_may_be_a_pattern(action, verdict):
    assert verdict(action, '"*"', "") == "failed"


@pytest.mark.parametrize("action", ['"iam:GetRole"', '"iam:*"', '"*"', '"s3:${var.action}"'])
def test_other_actions_and_those_of_wildcard_action_are_not_judged(action, verdict):
    assert verdict(action, '"*"', "") == "passed"


def test_the_star_of_another_service_is_not_one_for_roles(verdict):
    assert verdict('["iam:PassRole", "s3:GetObject"]', f'[{ROLE}, "arn:aws:s3:::*"]', "") == "passed"


@pytest.mark.parametrize(
    ("action", "resource", "condition"),
    [
        ("var.action", '"*"', ""),
        ('"iam:${var.action}"', '"*"', ""),
        (PASS, "var.role", ""),
        (PASS, PATTERN, ", Condition = var.condition"),
    ],
)
def test_what_is_not_known_is_not_evaluated(action, resource, condition, verdict):
    assert verdict(action, resource, condition) == "not_evaluated"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "iam:ResourceTag/Team" = "web" }', "passed"),
        ('StringLike = { "iam:PassedToService" = "*" }', "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
    ],
)
def test_a_tag_says_which_roles(condition, expected, verdict):
    assert verdict(PASS, '"*"', f", Condition = {{ {condition} }}") == expected


def test_what_denies_is_fine(statuses):
    hcl = (POLICY % (PASS, '"*"', "")).replace("Allow", "Deny")
    assert statuses(iam_pass_role_unrestricted, hcl) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("resource", "condition", "message"),
    [
        ('"*"', "", "allows passing every role to any service"),
        ('"*"', TO_LAMBDA, "allows passing every role to the services that it names"),
        (PATTERN, "", "allows passing `arn:aws:iam::111122223333:role/app-*` to any service"),
    ],
)
def test_the_finding_says_which_roles_and_to_whom(resource, condition, message, messages):
    assert messages(iam_pass_role_unrestricted, POLICY % (PASS, resource, condition)) == [message]
