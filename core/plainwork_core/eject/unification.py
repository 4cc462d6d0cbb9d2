"""Expressions that differ by the key of their instance alone, as one expression with `count.index` or `each.key`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression


def unified(values: Sequence[Any], keys: Sequence[str | int], key: Expression) -> Any:
    """Return what all *values* are if *key* is that of their instance in *keys*; `None` if they differ otherwise.

    `cidrsubnet(local.cidr, 8, 4)` and `cidrsubnet(local.cidr, 8, 5)` are `cidrsubnet(local.cidr, 8, count.index + 4)`.
    """
    first = values[0]
    if all(value == first for value in values):
        return first
    if any(type(value) is not type(first) for value in values):
        return None
    if isinstance(first, nodes.Literal):
        return _literal([value.value for value in values], keys, key)
    if isinstance(first, tuple):
        return _members(values, keys, key)
    if not isinstance(first, nodes.Node):
        return None
    parts = {name: unified([getattr(value, name) for value in values], keys, key) for name in type(first).__slots__}
    is_whole = all(part is not None or getattr(first, name) is None for name, part in parts.items())
    return replace(first, **parts) if is_whole else None


def _members(values: Sequence[tuple[Any, ...]], keys: Sequence[str | int], key: Expression) -> tuple[Any, ...] | None:
    if len({len(value) for value in values}) > 1:
        return None
    members = tuple(unified(each, keys, key) for each in zip(*values, strict=True))
    return None if None in members else members


def _literal(values: Sequence[Any], keys: Sequence[str | int], key: Expression) -> Expression | None:
    if list(values) == list(keys):
        return key
    numbers = [value for value in (*values, *keys) if isinstance(value, int) and not isinstance(value, bool)]
    if len(numbers) < len(values) + len(keys):
        return None
    steps = {value - place for value, place in zip(values, keys, strict=True)}
    step = min(steps)
    return nodes.Binary("+", key, nodes.Literal(step)) if len(steps) == 1 and step > 0 else None
