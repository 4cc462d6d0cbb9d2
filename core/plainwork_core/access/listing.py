"""What each principal of a stack may do, by service and access level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field, replace

from plainwork_core.access.actions import ActionSet
from plainwork_core.access.grants import Grant
from plainwork_core.access.levels import levels_of, ordered
from plainwork_core.access.reading import HIDDEN, grants_of
from plainwork_core.frozen import frozen
from plainwork_core.iam.attachments import IDENTITIES
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown

_NOUNS = {
    "aws_iam_group": "group",
    "aws_iam_role": "role",
    "aws_iam_user": "user",
    "aws_ssoadmin_permission_set": "permission set",
}


@frozen(kw_only=True)
class Permission:
    """Services that a principal may use in the same way.

    Args:
        services: prefixes such as `s3`; `*` for all.
        levels: access levels in lower case, in the order of `levels.LEVELS`; `all` if every action is included.
        resources: as the policies have them.
        conditions: for people.
        is_deny: whether it is denied.
        via: the AWS managed policy that has it, or `""`.
        location: of the first statement.
    """

    services: tuple[str, ...]
    levels: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    is_deny: bool = False
    via: str = ""
    location: Location = Location("")


@frozen(slots=True)
class Trust:
    """A principal that may assume a role, with the conditions."""

    principal: str
    conditions: tuple[str, ...] = ()


@frozen(kw_only=True)
class PrincipalAccess:
    """What one principal may do.

    Args:
        principal: the address of an identity of the stack, or the principal as the policies have it.
        noun: `role`, `user`, `group`, `permission set`, `policy` for one that no principal of the stack holds, `limit`
            for a boundary, an SCP or RCP, and an endpoint policy; `""` for a principal outside the stack.
        location: of the identity, or of the first statement.
        trusted: the principals that may assume the role.
        permissions: folded.
        boundary: the permissions boundary, or `""`.
        unknown: the reasons why something of it is not known.
    """

    principal: str
    noun: str
    location: Location
    trusted: tuple[Trust, ...] = ()
    permissions: tuple[Permission, ...] = ()
    boundary: str = ""
    unknown: tuple[str, ...] = field(default=())


def access_of(stack: Stack) -> tuple[PrincipalAccess, ...]:
    """Return the access of each principal of *stack*: identities first, then others, then limits."""
    return _Lister(stack).listed()


class _Lister:
    def __init__(self, stack: Stack) -> None:
        self.stack, self.found = stack, grants_of(stack)
        self.levels: dict[int, _Levels] = {}
        self.reasons: dict[str, list[str]] = {}
        for missing in self.found.missing:
            self.reasons.setdefault(missing.principal, []).append(missing.reason)

    def listed(self) -> tuple[PrincipalAccess, ...]:
        """Return the access of each principal."""
        by_principal: dict[tuple[str, str], list[Grant]] = {}
        trusts: dict[str, list[Grant]] = {}
        for grant in self.found.grants:
            if grant.plane == "trust":
                trusts.setdefault(grant.target, []).append(grant)
            else:
                by_principal.setdefault(self._entry(grant), []).append(grant)
        identities = [
            self._identity(identity, by_principal.pop(("", identity.address), []), trusts.get(identity.address, []))
            for identity in self.stack.managed(*IDENTITIES)
        ]
        others = [self._other(noun, principal, grants) for (noun, principal), grants in by_principal.items()]
        left = [
            PrincipalAccess(principal=principal, noun="", location=Location(""), unknown=tuple(reasons))
            for principal, reasons in self.reasons.items()
        ]
        return (*identities, *left, *sorted(_joined(others), key=lambda access: access.noun == "limit"))

    def _entry(self, grant: Grant) -> tuple[str, str]:
        """Return noun and name of the entry that lists *grant*."""
        if grant.plane == "limit":
            return "limit", grant.target
        if grant.principal == HIDDEN:
            return "policy of a resource", grant.target
        return "policy" if grant.principal.text in self.found.unattached else "", grant.principal.shown

    def _identity(self, identity: Resource, grants: Sequence[Grant], trusts: Sequence[Grant]) -> PrincipalAccess:
        boundary = identity.get("permissions_boundary")
        trusted = (grant for grant in trusts if not grant.unknown and not grant.is_deny)
        return PrincipalAccess(
            principal=identity.address,
            noun=_NOUNS[identity.type],
            location=identity.location,
            trusted=tuple(
                Trust(grant.principal.shown, tuple(limit.shown for limit in grant.limits)) for grant in trusted
            ),
            permissions=tuple(permissions(grants, self.levels)),
            boundary=quote(boundary) if isinstance(boundary, (str, Unknown)) else "",
            unknown=self._unknown(identity.address, (*grants, *trusts)),
        )

    def _other(self, noun: str, principal: str, grants: Sequence[Grant]) -> PrincipalAccess:
        return PrincipalAccess(
            principal=principal,
            noun=noun,
            location=grants[0].location,
            permissions=tuple(permissions(grants, self.levels)),
            unknown=self._unknown(principal, grants),
        )

    def _unknown(self, principal: str, grants: Iterable[Grant]) -> tuple[str, ...]:
        reasons = self.reasons.pop(principal, [])
        return tuple(dict.fromkeys((*reasons, *(grant.unknown for grant in grants if grant.unknown))))


def _joined(others: Iterable[PrincipalAccess]) -> list[PrincipalAccess]:
    """Return *others*; several endpoints with one policy are one entry."""
    found: dict[tuple[object, ...], PrincipalAccess] = {}
    for access in others:
        rules = tuple(replace(permission, location=Location("")) for permission in access.permissions)
        key = ("limit", rules, access.unknown) if access.noun == "limit" else (access.noun, access.principal)
        same = found.get(key)
        found[key] = replace(same, principal=f"{same.principal}, {access.principal}") if same else access
    return list(found.values())


_Key = tuple[tuple[str, ...], tuple[str, ...], bool, str]


_Levels = Mapping[str, Set[str]]


def permissions(grants: Iterable[Grant], known: dict[int, _Levels]) -> Iterator[Permission]:
    """Yield the permissions of *grants*: services with the same levels, resources and conditions are one.

    Args:
        grants: of one principal.
        known: the levels by the identity of a tuple of actions, which all principals with a policy of AWS have.
    """
    by_reach: dict[_Key, dict[str, set[str]]] = {}
    first: dict[_Key, Location] = {}
    for grant in grants:
        if grant.unknown:
            continue
        key = _reach(grant)
        first.setdefault(key, grant.location)
        levels = by_reach.setdefault(key, {})
        if id(grant.actions) not in known:
            known[id(grant.actions)] = _levels(grant.actions)
        for service, of_service in known[id(grant.actions)].items():
            levels.setdefault(service, set()).update(of_service)
    for key, levels in by_reach.items():
        resources, conditions, is_deny, via = key
        by_levels: dict[tuple[str, ...], list[str]] = {}
        for service, of_service in levels.items():
            by_levels.setdefault(ordered(of_service), []).append(service)
        for names, services in by_levels.items():
            yield Permission(
                services=tuple(sorted(services)),
                levels=names,
                resources=resources,
                conditions=conditions,
                is_deny=is_deny,
                via=via,
                location=first[key],
            )


def _levels(actions: Iterable[ActionSet]) -> _Levels:
    found: dict[str, set[str]] = {}
    for one in actions:
        for service, levels in levels_of(one).items():
            found.setdefault(service, set()).update(levels)
    return found


def _reach(grant: Grant) -> _Key:
    if grant.statement.is_sensitive:
        return ("(sensitive)",), ("(sensitive)",), grant.is_deny, grant.via
    resources = tuple(dict.fromkeys(resource.shown for resource in grant.resources))
    return resources, tuple(limit.shown for limit in grant.limits), grant.is_deny, grant.via
