"""Folds changes that are one line for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plainwork_core.access.change import AccessChange

_ORDER = {"gained": 0, "lost": 1, "unknown": 2}


def folded(changes: Iterable[AccessChange]) -> list[AccessChange]:
    """Return *changes* by principal, what is gained first; those with the same resources and conditions are one."""
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
    first: dict[str, int] = {}
    for change in found.values():
        first.setdefault(change.principal, len(first))
    return sorted(found.values(), key=lambda change: (first[change.principal], _ORDER[change.change]))
