"""Decisions on a request of each principal that has a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork_core.iam.documents import statements_by_owner
from plainwork_core.iam.evaluation import Policies, Request, RequestPrincipal, decide
from plainwork_core.iam.identities import holders_by_policy, identities
from plainwork_core.iam.stack_requests.names import Names, names_of
from plainwork_core.iam.stack_requests.principals import KINDS, StackPrincipal, principal_of
from plainwork_core.iam.statement import Statement
from plainwork_core.model.stack import Stack
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown


def may_any_holder(stack: Stack, statement: Statement, request: Callable[[RequestPrincipal], Request]) -> Ternary:
    """Return whether AWS allows a request to a principal that has *statement*, by all its policies and its boundary.

    A policy whose document is unknown is omitted: it could deny any request.

    Args:
        stack: with the statement.
        statement: of an identity-based policy. Without a principal in the stack, its document is the only policy.
        request: makes the request of a principal.
    """
    return any_of(may(who, request(who.request)) for who in holders_of(stack, statement))


def may(who: StackPrincipal, request: Request) -> Ternary:
    """Return whether AWS allows *request* of *who*, by its policies whose documents are known and its boundary."""
    known = tuple(one for one in who.identity if one.unread is None)
    decision = decide(request, Policies(identity=known, boundary=who.boundary))
    return Unknown(decision.reason) if decision.is_unknown else decision.is_allowed


def holders_of(stack: Stack, statement: Statement) -> Iterator[StackPrincipal]:
    """Yield the principals that have *statement*; without one in the stack, its document as a principal of its own."""
    names = names_of(stack)
    held = [identities(stack)[index] for index in holders_by_policy(stack).get(statement.address, ())]
    for holder in held:
        if holder.resource.type in KINDS:
            yield principal_of(names, holder.resource)
        else:
            yield _unnamed(names, holder.address, holder.statements)
    if not held:
        yield _unnamed(names, statement.address, statements_by_owner(stack)[statement.address])


def _unnamed(names: Names, name: str, statements: list[Statement]) -> StackPrincipal:
    why = Unknown(f"the principals that have the policy of `{name}` are not defined in this stack")
    request = RequestPrincipal(why, account=why, tags=why, session_arn=why)
    return StackPrincipal(name, request, tuple(map(names.statement, statements)))
