"""Conversion of a value to the type of a variable: `list(object({ name = string, size = optional(number, 1) }))`.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plainwork_core.hcl.read.conversions import to_boolean, to_list, to_number, to_object, to_text
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.read.unification import to_set
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import Unknown, Value

_SIMPLE: dict[str, Callable[[Value], Value]] = {"string": to_text, "number": to_number, "bool": to_boolean}


def converted(value: Value, constraint: Expression | None) -> Value:
    """Return *value* as a variable of the type *constraint* has it; parts that are unknown stay unknown.

    Raises:
        Rejected: it cannot be converted.
    """
    if value is None or isinstance(value, Unknown):
        return value
    match constraint:
        case nodes.Variable(str(name)) | nodes.Literal(str(name)):
            return _SIMPLE[name](value) if name in _SIMPLE else value
        case nodes.Call(name, (of,)) if name in _COLLECTIONS:
            return _COLLECTIONS[name](value, of)
    return value


def _list(value: Value, of: Expression) -> Value:
    return [converted(member, of) for member in to_list(value)]


def _set(value: Value, of: Expression) -> Value:
    members = _list(value, of)
    return to_set(members) if all(isinstance(member, str | int | float) for member in members) else members


def _map(value: Value, of: Expression) -> Value:
    return {key: converted(member, of) for key, member in to_object(value).items()}


def _object(value: Value, of: Expression) -> Value:
    given = to_object(value)
    if not isinstance(of, nodes.Object):
        return given
    return {str(member.key.value): _attribute(given, str(member.key.value), member.value) for member in of.members}


def _attribute(given: dict[str, Value], name: str, constraint: Expression) -> Value:
    optional: Any = constraint.arguments if _is_optional(constraint) else None
    if optional is None:
        if name not in given:
            raise Rejected(f"the attribute `{name}` is required")
        return converted(given[name], constraint)
    type_, *default = optional
    value = given.get(name)
    if value is None and default:
        value = evaluate(default[0], Nowhere())
    return converted(value, type_)


def _is_optional(constraint: Expression) -> bool:
    return isinstance(constraint, nodes.Call) and constraint.name == "optional" and bool(constraint.arguments)


def _tuple(value: Value, of: Expression) -> Value:
    members = to_list(value)
    if not isinstance(of, nodes.Sequence):
        return members
    if len(members) != len(of.items):
        raise Rejected(f"{len(of.items)} members are required, not {len(members)}")
    return [converted(member, type_) for member, type_ in zip(members, of.items, strict=True)]


_COLLECTIONS: dict[str, Callable[[Value, Expression], Value]] = {
    "list": _list,
    "set": _set,
    "map": _map,
    "object": _object,
    "tuple": _tuple,
}
