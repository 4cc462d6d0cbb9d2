"""Values at dotted paths of plain data: the way past every check."""

from __future__ import annotations

from typing import Any


def override(body: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path as CDKTF spells it, `rule.0.filter.prefix`; None removes what is there."""
    *steps, last = path.split(".")
    target: Any = body
    for step in steps:
        target = _inside(target, step)
    if isinstance(target, list):
        target[int(last)] = value
    elif value is None:
        target.pop(last, None)
    else:
        target[last] = value


def _inside(target: Any, step: str) -> Any:
    if isinstance(target, list):
        return target[int(step)]
    if not isinstance(target.get(step), dict | list):
        target[step] = {}
    return target[step]
