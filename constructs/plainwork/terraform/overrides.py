"""Values at dotted paths of plain data: the way past every check."""

from __future__ import annotations

from typing import Any

from plainwork.errors import PlainworkError


def override(body: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path as CDKTF spells it, `rule.0.status`; None removes what is there.

    Raises:
        PlainworkError: the path leads into a list, and goes on with something else than an index of it.
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
        raise PlainworkError(
            f"override {path}: {step!r} must be an index below {len(target)}, because a list stands there"
        )
    return int(step)
