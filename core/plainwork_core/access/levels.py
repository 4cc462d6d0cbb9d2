"""The access levels of actions.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from plainwork_core.access.actions import ALL, ActionSet
from plainwork_core.aws.iam_actions import expand
from plainwork_core.wildcards import is_any

LEVELS = ("List", "Read", "Write", "Tagging", "Permissions management")
_ALL_LEVELS = ("all",)
_UNKNOWN = "unknown"


def ordered(levels: Set[str]) -> tuple[str, ...]:
    """Return *levels* in lower case, in the order of `LEVELS`."""
    if "all" in levels:
        return _ALL_LEVELS
    known = [level.lower() for level in LEVELS if level in levels]
    if len(known) == len(LEVELS):
        return ("all levels",)
    return (*known, *sorted(levels - {*LEVELS}))


def levels_of(actions: ActionSet) -> Mapping[str, set[str]]:
    """Return the access levels of *actions* by service: `all` for a wildcard, `unknown` for an unknown action."""
    if actions.excluded:
        return {actions.shown: {"all"}}
    service, _, name = actions.pattern.partition(":")
    if actions.pattern == ALL:
        return {ALL: {"all"}}
    if actions.is_partly_unknown:
        return {actions.shown: {_UNKNOWN}}
    if is_any(name):
        return {service: {"all"}}
    found: dict[str, set[str]] = {}
    for action in expand(actions.pattern):
        found.setdefault(action.service, set()).add(action.level)
    return found or {service: {_UNKNOWN}}


def levels_of_names(names: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """Return the access levels of the actions of an `AccessChange`, and the number of their services."""
    levels: set[str] = set()
    services: set[str] = set()
    for name in names:
        for service, of_service in levels_of(ActionSet(name.lower(), name)).items():
            services.add(service)
            levels |= of_service
    return ordered(levels - {_UNKNOWN} or levels), len(services)
