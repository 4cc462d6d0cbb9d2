"""The groups of a user."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value


def groups_of(stack: Stack, user: Resource) -> Iterator[str | Unknown]:
    """Yield the key (`attachments.holders`) of each group of *user*, and an `Unknown` for each that may be one."""
    if user.type != "aws_iam_user":
        return
    for users, groups in _memberships(stack):
        if user.address in users:
            yield from groups
        elif any(isinstance(one, Unknown) for one in users):
            yield from (
                Unknown(f"a user of a group is unknown: {one.reason}") for one in users if isinstance(one, Unknown)
            )


@cached_per_stack
def _memberships(stack: Stack) -> list[tuple[list[str | Unknown], list[str | Unknown]]]:
    """Return the users and the groups of each membership."""
    rows = [(one, one.get("user"), one.get("groups")) for one in stack.managed("aws_iam_user_group_membership")]
    rows += [(one, one.get("users"), one.get("group")) for one in stack.managed("aws_iam_group_membership")]
    return [
        (_keys(stack, owner, users, "aws_iam_user"), _keys(stack, owner, groups, "aws_iam_group"))
        for owner, users, groups in rows
    ]


def _keys(stack: Stack, owner: Resource, value: Value, type_: str) -> list[str | Unknown]:
    members = value if isinstance(value, list) else [value]
    return [_key(stack, owner, member, type_) for member in members if member is not None]


def _key(stack: Stack, owner: Resource, member: Value, type_: str) -> str | Unknown:
    if isinstance(member, Unknown):
        found = only_referent(stack, owner, member)
        return found.address if found and found.type == type_ else member
    by_name = (one.address for one in stack.managed(type_) if one.get("name") == member)
    return next(by_name, f"{type_} {member}")
