"""Folds changes that are one line for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plainwork_core.access.change import AccessChange

_ORDER = {"gained": 0, "lost": 1, "unknown": 2}


def folded(changes: Iterable[AccessChange]) -> list[AccessChange]:
    """Return *changes* by principal, those with gains first; several with one reach and statement are one."""
    found: dict[tuple[object, ...], AccessChange] = {}
    for change in changes:
        key = (
            change.kind,
            change.change,
            change.principal,
            change.resources,
            change.conditions,
            change.is_deny,
            change.via,
            change.reason,
            change.address if change.change != "unknown" else "",
        )
        if key in found:
            actions = tuple(dict.fromkeys((*found[key].actions, *change.actions)))
            found[key] = replace(found[key], actions=actions)
        else:
            found[key] = change
    lines = _with_policies_together(found.values())
    first: dict[str, int] = {}
    worst: dict[str, int] = {}
    for change in lines:
        first.setdefault(change.principal, len(first))
        worst[change.principal] = min(_rank(change), worst.get(change.principal, len(_ORDER)))

    def place(change: AccessChange) -> tuple[int, int, int]:
        return worst[change.principal], first[change.principal], _ORDER[change.change]

    return sorted(lines, key=place)


def _with_policies_together(changes: Iterable[AccessChange]) -> list[AccessChange]:
    """Return *changes*; those by several statements of an AWS managed policy are one, without resources."""
    found: dict[object, list[AccessChange]] = {}
    for index, change in enumerate(changes):
        is_of_aws = change.via and not change.is_deny
        key = (change.principal, change.change, change.via, change.address) if is_of_aws else index
        found.setdefault(key, []).append(change)
    return [_together(group) if len(group) > 1 else group[0] for group in found.values()]


def _together(group: Sequence[AccessChange]) -> AccessChange:
    actions = dict.fromkeys(action for change in group for action in change.actions)
    return replace(group[0], actions=tuple(actions), resources=(), conditions=())


def _rank(change: AccessChange) -> int:
    """Return the rank of a change: what everyone gains is before all others."""
    return -1 if change.principal == "*" and change.change == "gained" else _ORDER[change.change]
