"""Overrides: values at dotted paths of a body, without any check."""

from __future__ import annotations

from typing import Any

from plainwork.errors import PlainworkError


def override(body: dict[str, Any], path: str, value: Any) -> None:
    """Set a value at a path in CDKTF's spelling, such as `rule.0.status`; None removes the value.

    Raises:
        PlainworkError: a step of the path is not an index of the list that it leads into.
    """
    *steps, last = path.split(".")
    target: Any = body
    for step in steps:
        target = _inside(target, step, path)
    if isinstance(target, list):
        target[_index(target, last, path)] = value
    elif value is None:
        target.pop(last, None)
    else:
        target[last] = value


def _inside(target: Any, step: str, path: str) -> Any:
    if isinstance(target, list):
        return target[_index(target, step, path)]
    if not isinstance(target.get(step), dict | list):
        target[step] = {}
    return target[step]


def _index(target: list[Any], step: str, path: str) -> int:
    if not step.isdecimal() or int(step) >= len(target):
        raise PlainworkError(f"override {path}: {step!r} must be an index of a list, from 0 to {len(target) - 1}")
    return int(step)
