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


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        (DELETE, '"*"', "passed"),
        ('"iam:*Boundary"', ROLES, "passed"),
        ('"s3:*"', '"*"', "failed"),
        (DELETE, '"arn:aws:iam::111122223333:role/admin"', "not_evaluated"),
    ],
)
def test_a_deny_statement_of_the_same_policy_counts(action, resource, expected, status):
    assert status(STATEMENT % ("Allow", DELETE, ROLES, ""), STATEMENT % ("Deny", action, resource, "")) == expected


ROLE = """
resource "aws_iam_role" "r" {
  name = "pipeline"
%s}

resource "aws_iam_role_policy_attachment" "p" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}

resource "aws_iam_policy" "boundary" {
  policy = jsonencode({ Statement = [%s] })
}
"""


@pytest.mark.parametrize(
    ("allowed", "expected"), [('"iam:*"', "failed"), ('"s3:*"', "passed"), ("var.allowed", "not_evaluated")]
)
def test_the_boundary_of_the_principal_counts(allowed, expected, results):
    boundary = "  permissions_boundary = aws_iam_policy.boundary.arn\n"
    hcl = POLICY % (STATEMENT % ("Allow", DELETE, ROLES, ""))
    hcl += ROLE % (boundary, STATEMENT % ("Allow", allowed, '"*"', ""))

    (found,) = [one for one in results(iam_permissions_boundary_removable, hcl) if one.address == "aws_iam_policy.p"]

    assert found.status == expected


def test_a_deny_statement_of_another_principal_does_not_count(results):
    other = POLICY.replace('"p"', '"q"') % (STATEMENT % ("Deny", DELETE, '"*"', ""))

    found = results(iam_permissions_boundary_removable, POLICY % (STATEMENT % ("Allow", DELETE, ROLES, "")) + other)

    assert {one.address: one.status for one in found} == {"aws_iam_policy.p": "failed", "aws_iam_policy.q": "passed"}


def test_the_message_has_the_actions(messages):
    (message,) = messages(iam_permissions_boundary_removable, POLICY % (STATEMENT % ("Allow", DELETE, ROLES, "")))
    assert message.startswith("`Action` includes `iam:DeleteRolePermissionsBoundary` without a condition")
