"""Whether one grant includes what another one has on a resource."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.access.conditions import are_stricter
from plainwork_core.access.grants import Grant, ResourceSet
from plainwork_core.access.patterns import includes, is_partly_unknown, may_overlap


def includes_resource(other: Grant, grant: Grant, resource: ResourceSet) -> bool | None:
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
        answer = all(any(includes(its, mine) for its in narrow.excluded) for mine in wide.excluded)
    else:
        answer = not any(may_overlap(excluded, narrow.pattern.text) for excluded in wide.excluded)
    return answer or (None if _is_partly_unknown(wide) or _is_partly_unknown(narrow) else False)


def _is_partly_unknown(resources: ResourceSet) -> bool:
    return any(map(is_partly_unknown, (resources.pattern.text, *resources.excluded)))


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False
