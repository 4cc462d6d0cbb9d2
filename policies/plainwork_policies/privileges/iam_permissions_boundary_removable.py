"""IAM policy allows removing the permissions boundary of any role or user.

What: A statement of an identity-based policy allows `iam:DeleteRolePermissionsBoundary` or
    `iam:DeleteUserPermissionsBoundary` on all roles or users, without a condition.
Why: A permissions boundary limits the roles that a principal creates. A principal that can remove it has the
    permissions that the boundary denies.
Remedy: Remove the actions, or limit `Resource` to the roles of the principal; deny them where a boundary is required.
Limitations: `*` and `iam:*` are checked by `iam-wildcard-action`. Any condition passes. All policies of the principal
    and its permissions boundary count, as far as the stack contains them; a `Deny` statement for a part of the roles
    ends in not evaluated.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.evaluation import Request, RequestPrincipal, RequestResource
from plainwork_core.iam.reach import covering, matches_action, reaches_every, specific_actions
from plainwork_core.iam.stack_requests.holders import may_any_holder
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Stack, policy
from plainwork_policies.reading.statement import Statement, statements_of

_ACTIONS = {
    "iam:DeleteRolePermissionsBoundary": "arn:aws:iam::*:role/*",
    "iam:DeleteUserPermissionsBoundary": "arn:aws:iam::*:user/*",
}
"""The resources of each action."""


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
    statement.require_grant("Action", removes)
    held = {
        action: may_any_holder(stack, model, partial(_removal, model, action))
        for action in allowed
        if allowed[action] is True
    }
    if not statement.resolve("Action", any_of(held.values())):
        return
    found = enumeration(action for action, answer in held.items() if answer is True)
    yield statement["Action"].fail(
        f"`Action` includes {found} without a condition; the principal can remove any permissions boundary",
        remedy="Remove the action, or limit `Resource` to certain roles.",
    )


def _removes_any(statement: ModelStatement, action: str) -> Ternary:
    named = any_of(matches_action(pattern, action.lower()) for pattern in specific_actions(statement))
    return named is not False and all_of((named, reaches_every(statement, action)))


def _removal(statement: ModelStatement, action: str, principal: RequestPrincipal) -> Request:
    """Return the request of *principal* to remove the boundary of any role or user that *statement* includes."""
    named = covering(statement, action)
    resource = _ACTIONS[action] if named is None or named == "*" else named
    return Request(principal, action, RequestResource(resource, principal.account_id), complete=False)
