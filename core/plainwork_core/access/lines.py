"""The lines of grants in a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plainwork_core.access.change import AccessChange, Direction, Kind
from plainwork_core.access.grants import Grant
from plainwork_core.access.reading import HIDDEN

_KINDS: Mapping[str, Kind] = {"identity": "permission", "resource": "permission", "trust": "trust", "limit": "limit"}


def line_of(grant: Grant, change: Direction, actions: tuple[str, ...], resources: Sequence[str]) -> AccessChange:
    """Return the line of *actions* on *resources* of *grant*."""
    is_hidden = grant.statement.is_sensitive
    return AccessChange(
        kind=_KINDS[grant.plane],
        change=change,
        principal=grant.target if grant.plane == "limit" else grant.principal.shown,
        actions=("(sensitive)",) if is_hidden else tuple(dict.fromkeys(actions)),
        resources=(grant.target or "(sensitive)",) if is_hidden else tuple(dict.fromkeys(resources)),
        conditions=() if is_hidden else (*_of_principal(grant), *(limit.shown for limit in grant.limits)),
        is_deny=grant.is_deny,
        via=grant.via,
        address=grant.address,
        location=grant.location,
    )


def _of_principal(grant: Grant) -> Iterator[str]:
    """Yield a condition for the principal of a limit, which is listed by its own address."""
    if grant.plane == "limit" and grant.principal.shown not in ("*", grant.target):
        yield f"the principal is {grant.principal.shown}"


def unknown_line(grant: Grant, reason: str) -> AccessChange:
    """Return the line of what is not known of *grant*."""
    return AccessChange(
        kind=_KINDS[grant.plane],
        change="unknown",
        principal=grant.target if grant.principal == HIDDEN else grant.principal.shown,
        address=grant.address,
        location=grant.location,
        reason=reason,
    )
