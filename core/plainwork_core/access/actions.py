"""Sets of actions: of a pattern such as `s3:Get*`, and of all actions except some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from plainwork_core.access.applicable import applies
from plainwork_core.access.patterns import Pattern, includes, is_partly_unknown, may_overlap
from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.frozen import frozen
from plainwork_core.wildcards import is_any

ALL = "*"
_FEW = 6
"""Actions that are listed; of more, the pattern with its exceptions is shorter."""


@frozen(slots=True)
class ActionSet:
    """The actions of one entry of `Action`, or of a whole `NotAction`.

    Args:
        pattern: of the actions, in lower case; `*` of a `NotAction`.
        shown: for people, with the case of the input.
        excluded: the patterns of a `NotAction`.
    """

    pattern: str
    shown: str
    excluded: tuple[str, ...] = ()

    @property
    def is_partly_unknown(self) -> bool:
        """Whether a part of a pattern is unknown."""
        return any(map(is_partly_unknown, (self.pattern, *self.excluded)))

    @property
    def names(self) -> frozenset[str]:
        """The actions by the Service Authorization Reference; a name that it does not have is one action."""
        return _names(self.pattern).difference(*map(_names, self.excluded))

    def covers(self, other: ActionSet) -> bool:
        """Return whether the set certainly has all actions of *other*, by their patterns alone."""
        if self == other:
            return True
        if not self.excluded:
            return includes(self.pattern, other.pattern) is True
        if other.excluded:
            return all(any(includes(its, mine) for its in other.excluded) for mine in self.excluded)
        return not any(may_overlap(mine, other.pattern) for mine in self.excluded)

    def may_have_some_of(self, other: ActionSet) -> bool:
        """Return whether the two sets may have an action in common."""
        if any(includes(excluded, other.pattern) is True for excluded in self.excluded):
            return False
        return may_overlap(self.pattern, other.pattern) and not any(
            includes(excluded, self.pattern) is True for excluded in other.excluded
        )


def action_sets(actions: Sequence[Pattern], not_actions: Sequence[Pattern]) -> tuple[ActionSet, ...]:
    """Return the sets of a statement: one for each entry of its `Action`, or one for its `NotAction`."""
    if not_actions:
        names = ", ".join(action.shown for action in not_actions)
        return (ActionSet(ALL, f"* except {names}", tuple(sorted(action.text.lower() for action in not_actions))),)
    return tuple(ActionSet(_lower(action.text), action.shown) for action in actions)


def _lower(pattern: str) -> str:
    return ALL if is_any(pattern.replace(":", "")) else pattern.lower()


def services_of(sets: Iterable[ActionSet]) -> tuple[str, ...]:
    """Return the services of *sets*, sorted; none if one of them is of an unknown service or of several."""
    found = sorted({actions.pattern.partition(":")[0] for actions in sets})
    return (
        () if any(is_partly_unknown(service) or "*" in service or "?" in service for service in found) else tuple(found)
    )


def remainder(actions: ActionSet, others: Iterable[ActionSet], resource: str) -> tuple[str, ...]:
    """Return what *actions* has and none of *others* has, for people: `("s3:Get* except s3:GetObject",)`.

    Args:
        actions: of a statement.
        others: of the other version.
        resource: the pattern of the resources. Actions that cannot be used on them are nothing.
    """
    common = []
    for other in others:
        if _are_apart(other.pattern, actions.pattern):
            continue
        if other.covers(actions):
            return ()
        if other.may_have_some_of(actions) and not other.is_partly_unknown:
            common.append(other)
    if actions.is_partly_unknown or (not common and actions.pattern == ALL):
        return (actions.shown,)
    names = _applicable(actions, resource)
    left = names.difference(*(other.names for other in common))
    return () if not left else (actions.shown,) if left == names else _shown(actions, left, common)


@lru_cache(maxsize=65536)
def _are_apart(one: str, other: str) -> bool:
    """Return whether two patterns are of different services."""
    services = {pattern.partition(":")[0] for pattern in (one, other)}
    return len(services) > 1 and not any(is_partly_unknown(name) or "*" in name or "?" in name for name in services)


def _applicable(actions: ActionSet, resource: str) -> frozenset[str]:
    if actions.pattern == ALL or is_any(resource):
        return actions.names
    return frozenset(name for name in actions.names if applies(name, resource))


def _shown(actions: ActionSet, left: frozenset[str], common: Sequence[ActionSet]) -> tuple[str, ...]:
    without = sorted({other.shown for other in common if not other.excluded})
    if len(left) <= _FEW or len(without) < len(common):
        return _listed(actions, left)
    if len(without) <= _FEW:
        return (f"{actions.shown} except {', '.join(without)}",)
    return _listed(actions, left)


def _listed(actions: ActionSet, left: frozenset[str]) -> tuple[str, ...]:
    """Return the names in *left*; all actions of a service are its wildcard."""
    services = {name.partition(":")[0] for name in left} if len(left) > _FEW else set()
    whole = sorted(f"{service}:*" for service in services if _names(f"{service}:*") <= left)
    names = (*whole, *sorted(left.difference(*map(_names, whole))))
    return names if len(names) <= _FEW else (*names[: _FEW - 1], f"{len(names) - _FEW + 1} more of {actions.shown}")


@lru_cache(maxsize=8192)
def _names(pattern: str) -> frozenset[str]:
    return frozenset(map(str, actions_of(pattern))) or frozenset({pattern})


@lru_cache(maxsize=8192)
def actions_of(pattern: str) -> tuple[Action, ...]:
    """Return the actions that *pattern* matches."""
    return () if is_partly_unknown(pattern) else expand(pattern)
