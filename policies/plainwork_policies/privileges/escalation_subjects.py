"""The principals that may escalate their privileges: with the policies of their groups and their boundary."""

from __future__ import annotations

from plainwork_core.iam.escalation import EscalationPath, grants_of
from plainwork_core.iam.identities import IamPrincipal, identities, identities_by_key
from plainwork_core.iam.stack_requests.groups import groups_of
from plainwork_core.iam.stack_requests.names import names_of
from plainwork_core.iam.stack_requests.principals import boundary_of
from plainwork_core.iam.statement import Statement
from plainwork_core.model.stack import Stack
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import Unknown


def principals(stack: Stack) -> tuple[IamPrincipal, ...]:
    """Return the principals with policies, and the users without policies of their own that are in a group."""
    found = identities(stack)
    known = {principal.address for principal in found}
    users = (user for user in stack.managed("aws_iam_user") if user.address not in known)
    return (*found, *(IamPrincipal(user) for user in users if any(True for _ in groups_of(stack, user))))


def statements_of_groups(stack: Stack, principal: IamPrincipal) -> list[list[Statement]]:
    """Return the statements of each group of a user."""
    held = (identities_by_key(stack).get(key) for key in groups_of(stack, principal.resource) if isinstance(key, str))
    return [[*group.statements, *group.of_aws] for group in held if group is not None]


def does_boundary_allow(stack: Stack, principal: IamPrincipal, path: EscalationPath) -> Ternary:
    """Return whether the permissions boundary of *principal*, if any, allows *path* as a policy would grant it."""
    boundary = boundary_of(names_of(stack), principal.resource)
    if boundary is None:
        return True
    grants = grants_of(path, boundary)
    return next((grant for grant in grants if isinstance(grant, Unknown)), bool(grants))
