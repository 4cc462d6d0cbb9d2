"""What else is attached to the identity that holds a policy document."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.references import is_computed_by_provider, referents
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value

_IDENTITIES = ("role", "roles", "role_name", "user", "users", "user_name", "group", "groups", "group_name")
_POLICIES = ("policy_arn", "policy_arns", "managed_policy_arns")


def foreign_policy(owner: Resource, stack: Stack) -> str | None:
    """Say which policy from outside *stack* is attached to an identity that holds the document of *owner*, if one is.

    Args:
        owner: an `aws_iam_policy`, an inline policy or a role.
        stack: where both are looked for.
    """
    attachments = _attachments(stack)
    holders = _identities(owner, stack)
    for attachment, arn in attachments:
        if _is_of(arn, owner, attachment, stack):
            holders |= _identities(attachment, stack)
    for attachment, arn in attachments:
        if holders & _identities(attachment, stack) and not _is_made_here(arn, attachment, stack):
            return f"`{attachment.address}` also attaches {_shown(arn)}, which is not defined in this stack"
    return None


@cached_per_stack
def _attachments(stack: Stack) -> list[tuple[Resource, Value]]:
    return [(each, arn) for each in stack.managed() for arn in _attached(each)]


def _attached(resource: Resource) -> Iterator[Value]:
    if not resource.type.startswith("aws_iam_"):
        return
    for name in _POLICIES:
        found = resource.get(name)
        if not is_computed_by_provider(found):
            yield from found if isinstance(found, list) else [found] if found is not None else []


def _identities(resource: Resource, stack: Stack) -> set[str]:
    """Return the addresses and the names, as far as they are known, of the identities that *resource* is about."""
    if resource.type in ("aws_iam_role", "aws_iam_user", "aws_iam_group"):
        return _names(resource)
    found: set[str] = set()
    for argument in _IDENTITIES:
        value = resource.get(argument)
        for member in value if isinstance(value, list) else [value]:
            if isinstance(member, Unknown):
                found.update(name for one in referents(stack, resource, member) for name in _names(one))
            elif member is not None:
                found.add(str(member))
    return found


def _names(identity: Resource) -> set[str]:
    name = identity.get("name")
    return {identity.address, name} if isinstance(name, str) else {identity.address}


def _is_of(arn: Value, owner: Resource, attachment: Resource, stack: Stack) -> bool:
    if isinstance(arn, Unknown):
        return owner in referents(stack, attachment, arn)
    return isinstance(arn, str) and arn == str(owner.get("arn"))


def _is_made_here(arn: Value, attachment: Resource, stack: Stack) -> bool:
    return any(_is_of(arn, policy, attachment, stack) for policy in stack.managed("aws_iam_policy"))


def _shown(arn: Value) -> str:
    text = render(arn) if isinstance(arn, str | Unknown) else None
    return f"`{text}`" if text else "a policy"
