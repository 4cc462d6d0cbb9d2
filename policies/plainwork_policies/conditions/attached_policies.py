"""Policies from outside the stack on the identities that hold a statement."""

from __future__ import annotations

from plainwork_core.iam.attachments import has_unknown_holder
from plainwork_core.iam.identities import IamPrincipal, identities
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Stack
from plainwork_policies.reading.statement import Statement


def policy_from_outside(statement: Statement, stack: Stack) -> str | None:
    """Return why a policy that *stack* does not define may also grant to an identity with *statement*, if one may."""
    principals = identities(stack)
    own = [principal for principal in principals if _holds(principal, statement)]
    is_own_unknown = any(has_unknown_holder(stack, principal.resource) for principal in own)
    for principal in principals:
        if principal.elsewhere and (
            principal in own or is_own_unknown or has_unknown_holder(stack, principal.resource)
        ):
            has = "has" if principal in own else "may be the same identity and has"
            policy = f"`{quote(principal.elsewhere[0])}`"
            return f"`{principal.address}` {has} the policy {policy}, which is not defined in this stack"
    return None


def _holds(principal: IamPrincipal, statement: Statement) -> bool:
    return any(held.address == statement.address for held in principal.statements)
