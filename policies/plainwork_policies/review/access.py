"""What the plan newly allows or no longer allows, as lines of the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork_core.access import AccessChange, access_changes, state_before
from plainwork_core.diff.masking import Writer
from plainwork_core.model.stack import Stack
from plainwork_policies.report import place
from plainwork_policies.review.headline import type_of
from plainwork_policies.review.model import Access

_EVERYONE = ("*", "0.0.0.0/0", "::/0")
_ORDER = ("gained", "unknown", "lost")
_ALL_PORTS, _ALL_TRAFFIC, _WEB = 65_536, "all traffic", ("tcp 80", "tcp 443")
_MAX_LISTED = 6
_ROUTE = "route "
_SERVICE = ".amazonaws.com"
_BLOCK, _NO_TYPE = "_public_access_block", "none.none"


def access_of(stack: Stack, write: Writer) -> tuple[Access, ...]:
    """Return the access diff of the plan *stack*: what is open to everyone first, then gained, unknown and lost."""
    changes = sorted(access_changes(state_before(stack), stack), key=_rank)
    return tuple(_lines(changes, stack, write))


def _rank(change: AccessChange) -> tuple[int, int, int]:
    """Return the order of a change: everyone, then all actions or all resources, and services of AWS last.

    Of connections, those with the most ports are first.
    """
    is_broad = "*" in change.actions or ("*" in change.resources and any(":*" in action for action in change.actions))
    ranks = (_is_public(change), is_broad and not change.is_deny, not _is_service(change))
    ports = sum(map(_ports, change.actions)) if change.kind == "network" else 0
    return _ORDER.index(change.change), ranks.index(True) if True in ranks else len(ranks), -ports


def _ports(traffic: str) -> int:
    """Return the number of ports of `tcp 22-25`; 0 of HTTP and HTTPS, which a public load balancer serves."""
    if traffic.startswith("all "):
        return _ALL_PORTS * (2 if traffic == _ALL_TRAFFIC else 1)
    first, _, last = traffic.rpartition(" ")[2].partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        return 1
    return 0 if traffic in _WEB else max(int(last or first) - int(first), 0) + 1


def _lines(changes: Iterable[AccessChange], stack: Stack, write: Writer) -> Iterator[Access]:
    for change in changes:
        found = place(stack, change.address, change.location)
        yield Access(
            change.change,
            write.text(change.principal) or "unknown",
            write.text(_what(change)),
            change.address,
            _is_public(change),
            _is_service(change),
            found if found.line else None,
        )


def _is_public(change: AccessChange) -> bool:
    """Return whether everyone gets it, without a condition.

    A route is a way out, and without a public access block the policies and ACLs of a bucket decide.
    """
    is_open = change.principal in _EVERYONE and not change.is_deny and not change.conditions and change.kind != "limit"
    is_route = any(action.startswith(_ROUTE) for action in change.actions)
    return is_open and not is_route and not type_of(change.address or _NO_TYPE).endswith(_BLOCK)


def _is_service(change: AccessChange) -> bool:
    """Return whether a service of AWS may assume a role."""
    return change.kind == "trust" and change.principal.endswith(_SERVICE)


def _what(change: AccessChange) -> str:
    if change.change == "unknown" or len(change.actions) <= _MAX_LISTED:
        return change.what
    more = len(change.actions) - _MAX_LISTED
    return change.what.replace(
        ", ".join(change.actions), f"{', '.join(change.actions[:_MAX_LISTED])} and {more} more", 1
    )
