"""Groups the real changes: by Python construct, by module, and otherwise as those of the root module."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from plainwork_core.addresses import KEY
from plainwork_core.model.stack import Stack
from plainwork_policies.review.model import Group, ReviewedChange

_MODULE = re.compile(rf"(?:module\.[\w-]+(?:{KEY.pattern})?\.?)+")
_ROOT = "root module"
_STACK = "the stack itself"
Kind = Literal["construct", "module", "root"]


def groups(changes: Iterable[ReviewedChange], stack: Stack) -> tuple[Group, ...]:
    """Return the groups of *changes*, that with the worst change first; within a group the worst change first."""
    found: dict[tuple[str, Kind], list[ReviewedChange]] = {}
    for change in changes:
        found.setdefault(group_of(change.address, stack), []).append(change)
    made = [Group(name, kind, tuple(sorted(members, key=_rank))) for (name, kind), members in found.items()]
    return tuple(sorted(made, key=lambda group: group.level))


def group_of(address: str, stack: Stack) -> tuple[str, Kind]:
    """Return name and kind of the group of the resource at *address*."""
    construct = stack.constructs.get(address) or stack.constructs.get(address.partition("[")[0])
    if construct:
        return construct, "construct"
    if module := _MODULE.match(address):
        return module[0].rstrip("."), "module"
    return (_STACK if stack.constructs else _ROOT), "root"


def _rank(change: ReviewedChange) -> tuple[int, int]:
    return change.level, ("replace", "delete", "update", "create").index(change.verb) if change.verb in _VERBS else 9


_VERBS = ("replace", "delete", "update", "create")
