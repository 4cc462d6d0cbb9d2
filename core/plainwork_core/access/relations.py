"""What gives or limits access beside statements: boundaries, members of groups, assignments of permission sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.access.change import AccessChange, Direction
from plainwork_core.access.names import Names
from plainwork_core.frozen import frozen
from plainwork_core.iam.attachments import IDENTITIES
from plainwork_core.model.connections import resolve_reference
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown, Value

_BOUNDARY = "permissions_boundary"


@frozen(slots=True)
class Relation:
    """A relation of a principal.

    Args:
        principal: an address, or a name.
        added: what an added relation means.
        removed: what a removed one means.
        is_limit: whether it removes access.
        address: of the block that has it.
        location: of the argument.
    """

    principal: str
    added: str
    removed: str
    is_limit: bool
    address: str
    location: Location


def relation_changes(before: Stack, after: Stack, names_before: Names, names_after: Names) -> Iterator[AccessChange]:
    """Yield the relations that one version has and the other does not.

    The boundary of a new or removed identity is no change: what it limits is new or removed, too.
    """
    old, new = _relations(before, names_before), _relations(after, names_after)
    kept = {names_before.renamed(one.address) for one in before.managed(*IDENTITIES)}
    kept &= {one.address for one in after.managed(*IDENTITIES)}
    for mine, others, is_added in ((new, old, True), (old, new, False)):
        for key, relation in mine.items():
            if key not in others and not (relation.is_limit and relation.principal not in kept):
                yield _change(relation, is_added=is_added)


def _change(relation: Relation, *, is_added: bool) -> AccessChange:
    change: Direction = "gained" if is_added is not relation.is_limit else "lost"
    return AccessChange(
        kind="limit" if relation.is_limit else "permission",
        change=change,
        principal=relation.principal,
        address=relation.address,
        location=relation.location,
        reason=relation.added if is_added else relation.removed,
    )


def _relations(stack: Stack, names: Names) -> Mapping[tuple[str, str], Relation]:
    reader = _Reader(stack, names)
    return {(relation.principal, relation.added): relation for relation in reader.relations()}


class _Reader:
    def __init__(self, stack: Stack, names: Names) -> None:
        self.stack, self.names = stack, names

    def relations(self) -> Iterator[Relation]:
        """Yield the relations of the stack."""
        for identity in self.stack.managed(*IDENTITIES):
            value = identity.get(_BOUNDARY)
            if (isinstance(value, str) and value) or (isinstance(value, Unknown) and not value.is_computed):
                name = f"`{self._policy(identity, value)}`"
                yield self._relation(
                    identity, _BOUNDARY, identity.address, f"limited by {name}", f"no longer limited by {name}"
                )
        for membership in self.stack.managed("aws_iam_user_group_membership"):
            for group in _members(membership, "groups"):
                yield self._member(membership, "groups", membership.get("user"), group)
        for membership in self.stack.managed("aws_iam_group_membership"):
            for user in _members(membership, "users"):
                yield self._member(membership, "users", user, membership.get("group"))
        for assignment in self.stack.managed("aws_ssoadmin_account_assignment"):
            name = self._name(assignment, assignment.get("permission_set_arn"), "aws_ssoadmin_permission_set", "arn")
            holder = f"{_text(assignment.get('principal_type'))} {_text(assignment.get('principal_id'))}"
            use = f"use of `{name}` in account {_text(assignment.get('target_id'))}"
            yield self._relation(assignment, "permission_set_arn", holder, use, use)

    def _member(self, owner: Resource, argument: str, user: Value, group: Value) -> Relation:
        names = [
            self._name(owner, value, type_, "name")
            for value, type_ in ((user, "aws_iam_user"), (group, "aws_iam_group"))
        ]
        membership = f"all that `{names[1]}` may do, as a member"
        return self._relation(owner, argument, names[0], membership, membership)

    def _relation(self, owner: Resource, argument: str, principal: str, added: str, removed: str) -> Relation:
        is_limit = argument == _BOUNDARY
        return Relation(self.names.renamed(principal), added, removed, is_limit, owner.address, owner.at(argument))

    def _policy(self, owner: Resource, value: Value) -> str:
        return self._name(owner, value, "aws_iam_policy", "arn")

    def _name(self, owner: Resource, value: Value, type_: str, attribute: str) -> str:
        """Return the address of the resource that *value* refers to; its text if it is not in the stack."""
        if not isinstance(value, (str, Unknown)):
            return owner.address
        found = resolve_reference(owner, value, self.stack, type_, attribute)
        return quote(value) if isinstance(found, Unknown) else self.names.renamed(found.address)


def _members(owner: Resource, argument: str) -> list[Value]:
    value = owner.get(argument)
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Value) -> str:
    return quote(value) if isinstance(value, (str, Unknown)) else str(value)
