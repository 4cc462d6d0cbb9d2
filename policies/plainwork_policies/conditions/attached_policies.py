"""Policies from outside the stack on the identities that hold a statement."""

from __future__ import annotations

from plainwork_core.iam.attachments import has_unknown_holder
from plainwork_core.iam.identities import IamPrincipal, holders_by_policy, identities
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_policies.reading.statement import Statement


def policy_from_outside(statement: Statement, stack: Stack) -> str | None:
    """Return why a policy that *stack* does not define may also grant to an identity with *statement*, if one may."""
    own = [identities(stack)[index] for index in holders_by_policy(stack).get(statement.address, ())]
    is_own_unknown = any(has_unknown_holder(stack, principal.resource) for principal in own)
    for principal in _with_policies_from_outside(stack):
        is_own = any(principal is one for one in own)
        if is_own or is_own_unknown or has_unknown_holder(stack, principal.resource):
            has = "has" if is_own else "may be the same identity and has"
            policy = f"`{quote(principal.elsewhere[0].arn)}`"
            return f"`{principal.address}` {has} the policy {policy}, which is not defined in this stack"
    return None


@cached_per_stack
def _with_policies_from_outside(stack: Stack) -> list[IamPrincipal]:
    return [principal for principal in identities(stack) if principal.elsewhere]
