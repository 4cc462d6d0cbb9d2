"""What one version of a stack allows and the other does not, over all policies of each principal.

A permission is gained if no statement of the former version includes it: with the same or more actions and resources,
and the same or fewer conditions. So a statement that moves to another policy of a role is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from plainwork_core.access.actions import ActionSet, remainder, services_of
from plainwork_core.access.change import AccessChange, Direction
from plainwork_core.access.folding import folded
from plainwork_core.access.grants import Grant, Missing, ResourceSet
from plainwork_core.access.inclusion import includes_resource
from plainwork_core.access.lines import line_of, unknown_line
from plainwork_core.access.names import Names, renamed_identities
from plainwork_core.access.network_changes import network_changes
from plainwork_core.access.patterns import may_overlap
from plainwork_core.access.reading import HIDDEN, StackGrants, actions_of_services, grants_of
from plainwork_core.access.relations import relation_changes
from plainwork_core.access.targets import in_one_version
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any

_MOST_NAMES = 5
_OF_RESOURCES = ("resource", "trust")
_SERVICE = ".amazonaws.com"
_Scope = tuple[str, str, str]


def access_changes(before: Stack, after: Stack) -> tuple[AccessChange, ...]:
    """Return what *after* allows that *before* does not, and the reverse; network openings are at the end.

    Args:
        before: the former version; `state_before` gives that of a plan.
        after: the version that it is compared with.
    """
    moves = after.moves if after.format != "plan" or before.format != "plan" else ()
    state = before if before.format == "plan" and after.format == "plan" else None
    names = Names(before, renamed_identities(before, after), moves), Names(after, former=state)
    old, new = (grants_of(stack, its) for stack, its in zip((before, after), names, strict=True))
    identities = {
        grant.principal.text for version in (old, new) for grant in version.grants if grant.plane == "identity"
    }
    left, right = _by_scope(old, new.unattached, identities), _by_scope(new, old.unattached, identities)
    alone = in_one_version(before, after, *names)
    found: list[AccessChange] = []
    for scope in dict.fromkeys((*right, *left)):
        former, latter = (_Version(version.get(scope, ()), *_others(version, scope)) for version in (left, right))
        found += _Comparison(former, latter, alone).changes()
    found += _missing_changes(old.missing, new.missing)
    found += relation_changes(before, after, *names)
    return (*folded(found), *network_changes(before, after, *names))


def _by_scope(
    version: StackGrants, unattached_in_other: frozenset[str], identities: Set[str]
) -> dict[_Scope, list[Grant]]:
    """Return the grants that are compared with each other: those of an identity, or of the policy of a resource.

    A policy that no principal holds is compared if the other version has the same.
    """
    found: dict[_Scope, list[Grant]] = defaultdict(list)
    for grant in version.grants:
        principal = grant.principal.text
        if principal in version.unattached and principal not in unattached_in_other:
            continue
        if grant.plane in ("identity", "resource"):
            found["access", principal, "" if principal in identities else grant.target].append(grant)
        else:
            found[grant.plane, principal, grant.target].append(grant)
    return found


@frozen(slots=True)
class _Version:
    """The grants of one scope in one version, those of all principals on its resource, and what is hidden there."""

    grants: Sequence[Grant]
    public: Sequence[Grant]
    hidden: Sequence[Grant]

    @property
    def all(self) -> tuple[Grant, ...]:
        """The grants that include those of the principal."""
        return (*self.grants, *self.public)


def _others(version: Mapping[_Scope, list[Grant]], scope: _Scope) -> tuple[Sequence[Grant], Sequence[Grant]]:
    """Return the grants of `*`, which includes accounts and identities and no service, and the hidden policies."""
    plane, principal, target = scope
    if not target:
        return (), ()
    has_public = principal != "*" and _SERVICE not in principal
    public = version.get((plane, "*", target), ()) if has_public else ()
    return public, version.get((plane, HIDDEN.text, target), ()) if principal != HIDDEN.text else ()


class _Comparison:
    """The grants of one scope in two versions.

    Args:
        before: the former version.
        after: the version that it is compared with.
        alone: the resources that only one version has. A `Deny` in their policies is no change: without the resource
            there is no access to deny.
    """

    def __init__(self, before: _Version, after: _Version, alone: Set[str]) -> None:
        self.before, self.after, self.alone = before, after, alone

    def changes(self) -> Iterator[AccessChange]:
        """Yield what is gained, lost and unknown."""
        old = _without(self.before.grants, self.after.grants)
        new = _without(self.after.grants, self.before.grants)
        if not old and not new:
            return
        before, after = self.before.all, self.after.all
        hidden_before = [*old, *_without(self.before.hidden, self.after.hidden)]
        hidden_after = [*new, *_without(self.after.hidden, self.before.hidden)]
        yield from _Side(new, after, before, hidden_before, "gained", is_deny=False).changes()
        yield from _Side(self._of_both(old), after, after, hidden_after, "gained", is_deny=True).changes()
        yield from _Side(old, before, after, hidden_after, "lost", is_deny=False).changes()
        yield from _Side(self._of_both(new), before, before, hidden_before, "lost", is_deny=True).changes()
        yield from (unknown_line(grant, grant.unknown) for grant in new if grant.unknown)

    def _of_both(self, grants: Sequence[Grant]) -> list[Grant]:
        """Return *grants* without the policies of resources that only one version has."""
        return [grant for grant in grants if grant.plane not in _OF_RESOURCES or grant.target not in self.alone]


def _without(grants: Sequence[Grant], others: Sequence[Grant]) -> list[Grant]:
    """Return *grants* without those that *others* has as they are."""
    keys = {_key(grant) for grant in others}
    return [grant for grant in grants if _key(grant) not in keys]


class _Side:
    """The grants of one version that the other may not have.

    Args:
        changed: those that the other version does not have as they are.
        own: all of their version.
        other: all of the other version.
        other_changed: those of the other version that this one does not have.
        change: what it is if the other version does not include them.
        is_deny: whether `Deny` statements are compared.
    """

    def __init__(
        self,
        changed: Sequence[Grant],
        own: Sequence[Grant],
        other: Sequence[Grant],
        other_changed: Sequence[Grant],
        change: Direction,
        *,
        is_deny: bool,
    ) -> None:
        self.changed = [grant for grant in changed if grant.is_deny is is_deny and not grant.unknown]
        self.allowing = [grant for grant in own if not grant.is_deny] if is_deny else []
        self.denying = [] if is_deny else [grant for grant in own if grant.is_deny and not grant.unknown]
        self.other = [grant for grant in other if grant.is_deny is is_deny and not grant.unknown]
        self.hidden = next((grant for grant in other_changed if grant.unknown), None)
        self.change, self.is_deny = change, is_deny

    def changes(self) -> Iterator[AccessChange]:
        """Yield a line for each group of resources of a grant of which the same actions are left."""
        for grant in self.changed:
            by_actions: dict[tuple[str, ...], list[ResourceSet]] = defaultdict(list)
            doubts: dict[str, None] = {}
            for resource in grant.resources:
                actions, doubt = self._left(grant, resource)
                if actions and self._matters(grant, resource):
                    if self.hidden or doubt:
                        doubts[self.hidden.unknown if self.hidden else doubt] = None
                    else:
                        by_actions[actions].append(resource)
            for actions, resources in by_actions.items():
                yield line_of(grant, self.change, actions, [resource.shown for resource in resources])
            for doubt in doubts:
                yield unknown_line(self.hidden or grant, doubt)

    def _left(self, grant: Grant, resource: ResourceSet) -> tuple[tuple[str, ...], str]:
        """Return the actions on *resource* that the other version does not include, and why that is not certain."""
        text = resource.pattern.text
        services = services_of(grant.actions)
        certain: list[ActionSet] = []
        possible: list[ActionSet] = []
        for other in (*self.other, *self.denying):
            answer = includes_resource(other, grant, resource)
            if answer is not False:
                related = actions_of_services(other, services) if other.via and services else other.actions
                (possible if answer is None else certain).extend(related)
        if not certain and not possible and is_any(text):
            return tuple(actions.shown for actions in grant.actions), ""
        left = tuple(name for actions in grant.actions for name in remainder(actions, certain, text))
        if not left or not possible:
            return left, ""
        rest = tuple(name for actions in grant.actions for name in remainder(actions, (*certain, *possible), text))
        verb = "lost" if (self.change == "lost") is not self.is_deny else "new"
        what = f"{enumeration(left[:_MOST_NAMES])} on `{resource.shown}`"
        return left, "" if rest == left else f"whether {what} is {verb} depends on unknown values"

    def _matters(self, grant: Grant, resource: ResourceSet) -> bool:
        """Return whether a `Deny` denies an identity something that a policy allows it."""
        if not self.is_deny or grant.plane != "identity":
            return True
        return any(
            other.unknown
            or (
                any(mine.may_have_some_of(its) for mine in grant.actions for its in other.actions)
                and any(may_overlap(resource.pattern.text, its.pattern.text) for its in other.resources)
            )
            for other in self.allowing
        )


def _key(grant: Grant) -> tuple[object, ...]:
    """Return what two grants that allow the same have in common."""
    if grant.unknown:
        return grant.plane, grant.unknown, grant.statement.address
    content = grant.via or (
        tuple((actions.pattern, actions.excluded) for actions in grant.actions),
        tuple((resource.pattern.text, resource.excluded) for resource in grant.resources),
    )
    return grant.plane, grant.is_deny, content, tuple(limit.identity for limit in grant.limits)


def _missing_changes(before: Sequence[Missing], after: Sequence[Missing]) -> Iterator[AccessChange]:
    """Yield the policies that are attached or detached and whose documents are not known."""
    for first, second, verb in ((after, before, "attached"), (before, after, "detached")):
        others = {(missing.principal, missing.policy) for missing in second}
        for missing in first:
            if (missing.principal, missing.policy) not in others:
                yield AccessChange(
                    kind="permission",
                    change="unknown",
                    principal=missing.principal,
                    address=missing.address,
                    location=missing.location,
                    reason=f"`{missing.policy}` is {verb}; {missing.reason}",
                )
