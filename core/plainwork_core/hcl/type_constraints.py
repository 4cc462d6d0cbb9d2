"""Type constraints of variables and outputs, such as `string` and `object({ name = optional(string) })`.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse_value

_PRIMITIVE = ("any", "bool", "number", "string")
_OF_TYPES = {
    "list": "list(string)",
    "map": "map(string)",
    "object": "object({ name = string })",
    "set": "set(string)",
    "tuple": "tuple([string, number])",
}
_SHORT = ("list", "map")  # Terraform reads them as `list(any)` and `map(any)`


def type_problem(text: str) -> str | None:
    """Return why *text* is not a type constraint; `None` if it is one."""
    if text in _SHORT:
        return None
    try:
        return _problem(parse_value(text))
    except HclError as error:
        return f"`type` is `{text}`, which is not a type: {error}"


def _problem(node: nodes.Expression) -> str | None:
    if isinstance(node, nodes.Variable) and node.name in _PRIMITIVE:
        return None
    if (parts := _parts(node)) is not None:
        return next(filter(None, map(_problem, parts)), None)
    if not isinstance(node, nodes.Variable | nodes.Call):
        return "`type` has an expression that is not a type"
    if node.name in _OF_TYPES:
        return f"`type` has `{node.name}` without the types in it: `{_OF_TYPES[node.name]}`"
    return f"`type` has `{node.name}`, which is not a type{did_you_mean(node.name, (*_PRIMITIVE, *_OF_TYPES))}"


def _parts(node: nodes.Expression) -> list[nodes.Expression] | None:
    """Return the types in a type; `None` if *node* is no type of other types."""
    match node:
        case nodes.Call("list" | "map" | "set", (element,)):
            return [element]
        case nodes.Call("object", (nodes.Object(members),)):
            return [_without_optional(member.value) for member in members]
        case nodes.Call("tuple", (nodes.Sequence(items),)):
            return list(items)
    return None


def _without_optional(node: nodes.Expression) -> nodes.Expression:
    match node:
        case nodes.Call("optional", (type_, *default)) if len(default) <= 1:
            return type_
    return node
