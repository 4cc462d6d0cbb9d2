"""What one version of a stack allows and the other does not, over all policies of each principal.

A permission is gained if no statement of the former version includes it: with the same or more actions and resources,
and the same or fewer conditions. So a statement that moves to another policy of a role is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plainwork_core.access.actions import ActionSet, remainder
from plainwork_core.access.change import AccessChange, Direction, Kind
from plainwork_core.access.conditions import are_stricter
from plainwork_core.access.folding import folded
from plainwork_core.access.grants import Grant, Missing, ResourceSet
from plainwork_core.access.names import Names, renamed_identities
from plainwork_core.access.network_changes import network_changes
from plainwork_core.access.patterns import includes, may_overlap
from plainwork_core.access.reading import StackGrants, grants_of
from plainwork_core.model.stack import Stack

_KINDS: Mapping[str, Kind] = {"identity": "permission", "resource": "permission", "trust": "trust", "limit": "limit"}
_SERVICE = ".amazonaws.com"
_Scope = tuple[str, str, str]


def access_changes(before: Stack, after: Stack) -> tuple[AccessChange, ...]:
    """Return what *after* allows that *before* does not, and the reverse; network openings are at the end.

    Args:
        before: the former version; `state_before` gives that of a plan.
        after: the version that it is compared with.
    """
    moves = after.moves if after.format != "plan" or before.format != "plan" else ()
    former = before if before.format == "plan" and after.format == "plan" else None
    names = Names(before, renamed_identities(before, after), moves), Names(after, former=former)
    old, new = (grants_of(stack, its) for stack, its in zip((before, after), names, strict=True))
    left, right = _by_scope(old, new.unattached), _by_scope(new, old.unattached)
    found: list[AccessChange] = []
    for scope in dict.fromkeys((*right, *left)):
        public = _public(scope)
        found += _Comparison(
            left.get(scope, ()),
            right.get(scope, ()),
            left.get(public, ()) if public else (),
            right.get(public, ()) if public else (),
        ).changes()
    found += _missing_changes(old.missing, new.missing)
    return (*folded(found), *network_changes(before, after, *names))


def _by_scope(version: StackGrants, unattached_in_other: frozenset[str]) -> dict[_Scope, list[Grant]]:
    """Return the grants that are compared with each other: those of an identity, or of the policy of a resource.

    A policy that no principal holds is compared if the other version has the same.
    """
    found: dict[_Scope, list[Grant]] = defaultdict(list)
    identities = {grant.principal.text for grant in version.grants if grant.plane == "identity"}
    for grant in version.grants:
        principal = grant.principal.text
        if principal in version.unattached and principal not in unattached_in_other:
            continue
        if grant.plane in ("identity", "resource"):
            found["access", principal, "" if principal in identities else grant.target].append(grant)
        else:
            found[grant.plane, principal, grant.target].append(grant)
    return found


def _public(scope: _Scope) -> _Scope | None:
    """Return the scope of `*` that includes the principal of *scope*: an account or an identity, and no service."""
    plane, principal, target = scope
    return None if principal == "*" or not target or _SERVICE in principal else (plane, "*", target)


class _Comparison:
    """The grants of one scope in two versions, and those of all principals on the same resource."""

    def __init__(
        self,
        before: Sequence[Grant],
        after: Sequence[Grant],
        public_before: Sequence[Grant],
        public_after: Sequence[Grant],
    ) -> None:
        self.before, self.after = before, after
        self.all_before, self.all_after = (*before, *public_before), (*after, *public_after)

    def changes(self) -> Iterator[AccessChange]:
        """Yield what is gained, lost and unknown."""
        common = {_key(grant) for grant in self.before} & {_key(grant) for grant in self.after}
        old = [grant for grant in self.before if _key(grant) not in common]
        new = [grant for grant in self.after if _key(grant) not in common]
        if not old and not new:
            return
        before, after = self.all_before, self.all_after
        yield from _Side(new, after, before, old, "gained", is_deny=False).changes()
        yield from _Side(old, after, after, new, "gained", is_deny=True).changes()
        yield from _Side(old, before, after, new, "lost", is_deny=False).changes()
        yield from _Side(new, before, before, old, "lost", is_deny=True).changes()
        yield from (_unknown(grant, grant.unknown) for grant in new if grant.unknown)


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
                yield _line(grant, self.change, actions, [resource.shown for resource in resources])
            for doubt in doubts:
                yield _unknown(self.hidden or grant, doubt)

    def _left(self, grant: Grant, resource: ResourceSet) -> tuple[tuple[str, ...], str]:
        """Return the actions on *resource* that the other version does not include, and why that is not certain."""
        certain: list[ActionSet] = []
        possible: list[ActionSet] = []
        for other in (*self.other, *self.denying):
            answer = _includes(other, grant, resource)
            if answer is not False:
                (possible if answer is None else certain).extend(other.actions)
        left = tuple(name for actions in grant.actions for name in remainder(actions, certain))
        if not left or not possible:
            return left, ""
        rest = tuple(name for actions in grant.actions for name in remainder(actions, (*certain, *possible)))
        return left, "" if rest == left else "unknown values of the two versions may be the same"

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


def _includes(other: Grant, grant: Grant, resource: ResourceSet) -> bool | None:
    """Return whether *other* includes *resource* under the conditions of *grant*."""
    if other.plane != grant.plane and _is_of_kms(grant):
        return False  # a key policy and an identity-based policy allow only together
    covered = _any(_covers(mine, resource) for mine in other.resources)
    if covered is False:
        return False
    stricter = are_stricter(grant.limits, other.limits)
    return False if stricter is False else None if covered is None or stricter is None else True


def _is_of_kms(grant: Grant) -> bool:
    return any(actions.pattern.startswith("kms:") for actions in grant.actions)


def _covers(wide: ResourceSet, narrow: ResourceSet) -> bool | None:
    if wide == narrow:
        return True
    if not wide.excluded:
        return includes(wide.pattern.text, narrow.pattern.text)
    if narrow.excluded:
        return all(any(includes(its, mine) for its in narrow.excluded) for mine in wide.excluded) or None
    return not any(may_overlap(excluded, narrow.pattern.text) for excluded in wide.excluded) or None


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False


def _key(grant: Grant) -> tuple[object, ...]:
    """Return what two grants that allow the same have in common."""
    if grant.unknown:
        return grant.plane, grant.unknown, grant.statement.address
    content = grant.via or (
        tuple((actions.pattern, actions.excluded) for actions in grant.actions),
        tuple((resource.pattern.text, resource.excluded) for resource in grant.resources),
    )
    return grant.plane, grant.is_deny, content, tuple(limit.identity for limit in grant.limits)


def _line(grant: Grant, change: Direction, actions: tuple[str, ...], resources: Sequence[str]) -> AccessChange:
    is_hidden = grant.statement.is_sensitive
    return AccessChange(
        kind=_KINDS[grant.plane],
        change=change,
        principal=grant.principal.shown,
        actions=("(sensitive)",) if is_hidden else tuple(dict.fromkeys(actions)),
        resources=(grant.target or "(sensitive)",) if is_hidden else tuple(dict.fromkeys(resources)),
        conditions=() if is_hidden else tuple(limit.shown for limit in grant.limits),
        is_deny=grant.is_deny,
        via=grant.via,
        address=grant.address,
        location=grant.location,
    )


def _unknown(grant: Grant, reason: str) -> AccessChange:
    return AccessChange(
        kind=_KINDS[grant.plane],
        change="unknown",
        principal=grant.principal.shown if grant.plane == "identity" else grant.target,
        address=grant.address,
        location=grant.location,
        reason=reason,
    )


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
