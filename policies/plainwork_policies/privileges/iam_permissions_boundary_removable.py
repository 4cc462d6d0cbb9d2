"""IAM policy allows removing the permissions boundary of any role or user.

What: A statement of an identity-based policy allows `iam:DeleteRolePermissionsBoundary` or
    `iam:DeleteUserPermissionsBoundary` on all roles or users, without a condition.
Why: A permissions boundary limits the roles that a principal creates. A principal that can remove it has the
    permissions that the boundary denies.
Remedy: Remove the actions, or limit `Resource` to the roles of the principal; deny them where a boundary is required.
Limitations: `*` and `iam:*` are checked by `iam-wildcard-action`. Any condition passes. If a `Deny` statement of the
    stack includes the action, the result is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam import statements
from plainwork_core.iam.reach import includes_action, matches_action, reaches_every, specific_actions
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Stack, cached_per_stack, policy
from plainwork_policies.reading.statement import Statement, statements_of

_ACTIONS = ("iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary")


@policy(
    "PLW_PRIV_022",
    "iam-permissions-boundary-removable",
    severity="medium",
    on=statements_of("identity", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",),
)
def iam_permissions_boundary_removable(statement: Statement, stack: Stack) -> Findings:
    """Check the actions on boundaries."""
    model = statement.owner
    allowed = {action: _removes_any(model, action) for action in _ACTIONS}
    removes = any_of(allowed.values())
    if statement.is_deny or model.conditions or removes is False:
        return
    statement.require_grant("Action", removes, _denial(stack))
    found = enumeration(action for action, answer in allowed.items() if answer is True)
    yield statement["Action"].fail(
        f"`Action` includes {found} without a condition; the principal can remove any permissions boundary",
        remedy="Remove the action, or limit `Resource` to certain roles.",
    )


def _removes_any(statement: ModelStatement, action: str) -> Ternary:
    named = any_of(matches_action(pattern, action.lower()) for pattern in specific_actions(statement))
    return named is not False and all_of((named, reaches_every(statement, action)))


@cached_per_stack
def _denial(stack: Stack) -> Unknown | None:
    """Return why the action may be denied: by a `Deny` statement of the stack, for principals that it does not show."""
    denying = (
        statement.address
        for statement in statements(stack)
        if statement.effect == "Deny"
        if any(includes_action(statement, action.lower()) is True for action in _ACTIONS)
    )
    address = next(denying, None)
    return Unknown(f"a `Deny` statement of `{address}` may apply to the action") if address else None
