"""Values of a plan: the known values, and an `Unknown` for each value that is known only after apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from plainwork_core.aws.computed_arguments import computed_arguments
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.plan_configuration import Scope

Path = tuple[str | int, ...]
MakeUnknown = Callable[[Path], Unknown]
_KNOWN = ("var.", "count.", "each.key", "path.", "terraform.")
"""Beginnings of references to what is known while planning, variables of the root module included."""


def overlay(values: Value, unknown: Any, make: MakeUnknown, path: Path = ()) -> Value:
    """Lay a change's `after_unknown` over its `after`: same shape, `true` where a value is not yet known.

    Args:
        values: `after`, or a resource's planned values; null where nothing is known.
        unknown: `after_unknown`, or a part of it.
        make: returns the `Unknown` for the path of an argument.
        path: the path of *values* in the resource.
    """
    if unknown is True:
        return make(path)
    if not unknown:
        return values
    if isinstance(unknown, dict):
        return _overlay_map(values, unknown, make, path)
    if isinstance(unknown, list):
        return _overlay_list(values, unknown, make, path)
    raise TypeError(f"after_unknown has a value of type {type(unknown).__name__}")


def after_apply(scope: Scope, block: Mapping[str, Any], resource: Mapping[str, Any], path: Path) -> Unknown:
    """Return the `Unknown` for the argument at *path* of *resource*, with what it is made of.

    Args:
        scope: the module of the resource.
        block: the block that the resource is an instance of.
        resource: the planned resource.
        path: of the argument.
    """
    reason = f"`{resource['address']}.{_spell(path)}` is known only after apply"
    expressions = block.get("expressions") or {}
    if path[0] not in expressions:
        return Unknown(reason, is_computed=not _is_dynamic(resource, path))
    expression = _nearest(expressions, path)
    if not _is_set(expression):
        return Unknown(reason, is_computed=True)
    references = scope.references(expression)
    is_null = "references" in expression and all(name.startswith(_KNOWN) for name in references)
    return Unknown(reason, references, is_computed=is_null and _may_be_computed(resource, path))


def marked(mask: Any, path: Path = ()) -> Iterator[str]:
    """Yield the path (`tags.Owner`) of each value for which *mask* (`sensitive_values`, `after_sensitive`) is true."""
    if mask is True:
        yield ".".join(map(str, path))
    for key, part in mask.items() if isinstance(mask, dict) else enumerate(mask) if isinstance(mask, list) else ():
        yield from marked(part, (*path, key))


def _may_be_computed(resource: Mapping[str, Any], path: Path) -> bool:
    """Return whether the provider computes the argument at *path* if its expression is null.

    An expression of known values is known, so if such an argument is unknown, its expression is null.
    """
    table = computed_arguments(resource["type"])
    return len(path) == 1 and (path[0] in table.arguments or path[0] in table.blocks)


def _is_dynamic(resource: Mapping[str, Any], path: Path) -> bool:
    """Return whether *path*, which the configuration does not show, is or is in a `dynamic` block.

    If a `dynamic` block and the provider may both make a block, it is the provider's if all of it is unknown.
    """
    if resource["mode"] == "data":
        return len(path) > 1
    table = computed_arguments(resource["type"])
    return path[0] in table.own_blocks or (len(path) > 1 and path[0] in table.blocks)


def _overlay_map(values: Value, unknown: Mapping[str, Any], make: MakeUnknown, path: Path) -> Value:
    known = values if isinstance(values, dict) else {}
    laid = ((key, overlay(known.get(key), part, make, (*path, key))) for key, part in unknown.items() if part)
    changed = {key: value for key, value in laid if value is not None}
    return known | changed if changed else values


def _overlay_list(values: Value, unknown: list[Any], make: MakeUnknown, path: Path) -> Value:
    known = values if isinstance(values, list) else []
    pairs = enumerate(zip_longest(known, unknown))
    laid = [overlay(value, part, make, (*path, index)) for index, (value, part) in pairs]
    return laid if values is not None or any(member is not None for member in laid) else None


def _nearest(expressions: Any, path: Path) -> Any:
    """Return the expression of the argument at *path*, or the nearest that encloses it; `None` if none is written."""
    for step in path:
        if expressions is None:
            return None
        if isinstance(expressions, list) and isinstance(step, int) and step < len(expressions):
            expressions = expressions[step]
        elif isinstance(expressions, dict) and not _is_leaf(expressions):
            expressions = expressions.get(str(step))
    return expressions


def _is_leaf(expression: Mapping[str, Any]) -> bool:
    return "references" in expression or "constant_value" in expression


def _is_set(expression: Any) -> bool:
    """Return whether the configuration sets an argument: `null` does not, and a function without references does."""
    if isinstance(expression, dict) and expression.get("constant_value", ...) is None:
        return False
    return expression is not None


def _spell(path: Path) -> str:
    """Write *path* as Terraform does: `statement[0].resources[1]`."""
    if len(path) == 1:
        return str(path[0])
    first, *rest = path
    return f"{first}{''.join(f'[{step}]' if isinstance(step, int) else f'.{step}' for step in rest)}"
