"""Tells apart values that a provider takes for the same, where Terraform passes them on as they are.

In an argument of a resource, null, empty and absent are mostly one. In a variable, a local value, an output or an
argument of a module they are not: a variable with `default = ""` is optional, and one without is required.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from plainwork_core.diff.masking import Expression
from plainwork_core.diff.pairs import form
from plainwork_core.diff.values import differences
from plainwork_core.model.values import Value

KINDS = ("variable", "local", "output", "module", "variables file")
"""Blocks whose values Terraform passes on as they are."""


def told_apart_arguments(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return both maps; the parts that `differences` takes for the same, and are not, as they are written."""
    parts = {name: _of_member(name, before, after) for name in {**before, **after}}
    return {name: parts[name][0] for name in before}, {name: parts[name][1] for name in after}


def _told_apart(before: Value, after: Value) -> tuple[Value, Value]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return told_apart_arguments(before, after)
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after) > 0:
        pairs = [_told_apart(*pair) for pair in zip(before, after, strict=True)]
        return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return (_written(before), _written(after)) if _is_mistaken(before, after) else (before, after)


def _of_member(name: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Value, Value]:
    if name in before and name in after:
        return _told_apart(before[name], after[name])
    value = before[name] if name in before else after[name]
    shown = _written(value) if value in (None, "", [], {}) else value
    return (shown, None) if name in before else (None, shown)


def _is_mistaken(before: Value, after: Value) -> bool:
    is_text = isinstance(before, str) and isinstance(after, str)
    is_plain = all(value in (None, [], {}) or isinstance(value, str | int | float) for value in (before, after))
    return is_plain and not is_text and form(before) != form(after) and not any(differences(before, after))


def _written(value: Value) -> Expression:
    return Expression(json.dumps(value, ensure_ascii=False))
