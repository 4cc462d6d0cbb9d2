import pytest

from plainwork_policies.privileges.iam_permissions_boundary_removable import iam_permissions_boundary_removable

STATEMENT = '{ Effect = "%s", Action = %s, Resource = %s%s }'
POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [%s] })
}
"""
DELETE = '"iam:DeleteRolePermissionsBoundary"'
ROLES = '"arn:aws:iam::111122223333:role/*"'


@pytest.fixture
def status(results):
    def status(*statements):
        found = results(iam_permissions_boundary_removable, POLICY % ", ".join(statements))
        return found[0].status

    return status


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        (DELETE, ROLES, "failed"),
        (DELETE, '"*"', "failed"),
        ('"iam:Delete*"', '"*"', "failed"),
        ('"iam:DeleteUserPermissionsBoundary"', '"arn:aws:iam::*:user/*"', "failed"),
        (DELETE, '"arn:aws:iam::111122223333:role/app-*"', "passed"),
        (DELETE, "aws_iam_role.app.arn", "passed"),
        ('"iam:PutRolePermissionsBoundary"', ROLES, "passed"),
        ('"iam:*"', '"*"', "passed"),
        ('"*"', '"*"', "passed"),
        ("var.action", ROLES, "not_evaluated"),
        (DELETE, "var.roles", "not_evaluated"),
    ],
)
def test_removing_the_boundary_of_any_role_or_user_fails(action, resource, expected, status):
    assert status(STATEMENT % ("Allow", action, resource, "")) == expected


def test_a_condition_passes(status):
    condition = ', Condition = { StringEquals = { "aws:ResourceTag/team" = "a" } }'
    assert status(STATEMENT % ("Allow", DELETE, ROLES, condition)) == "passed"


def test_a_deny_statement_of_the_action_ends_in_not_evaluated(status):
    deny = STATEMENT % ("Deny", DELETE, '"*"', "")
    assert status(STATEMENT % ("Allow", DELETE, ROLES, ""), deny) == "not_evaluated"
    assert status(deny) == "passed"


def test_the_message_has_the_actions(messages):
    (message,) = messages(iam_permissions_boundary_removable, POLICY % (STATEMENT % ("Allow", DELETE, ROLES, "")))
    assert message.startswith("`Action` includes `iam:DeleteRolePermissionsBoundary` without a condition")
