"""The types of values for arguments of any type, such as `input` of `terraform_data`.

There a list differs from a tuple: a list that is written as its value is `tolist([...])`.
"""

from __future__ import annotations

from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.known import Known, content
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.shapes import EACH_VALUE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.read.variable_values import type_of

ARGUMENTS = {"terraform_data": ("input", "triggers_replace")}
"""The arguments of any type, by resource type."""
_CONVERSIONS = {"tolist": "list", "tomap": "map", "toset": "set"}
_FUNCTIONS = {kind: function for function, kind in _CONVERSIONS.items()}
_OF_STRINGS = frozenset(("compact", "formatlist", "keys", "sort", "split"))
"""Functions whose result is a list of strings."""
_SAME = frozenset(("concat", "distinct", "merge", "nonsensitive", "reverse", "sensitive", "slice"))
"""Functions whose result has the type of their first argument; `concat` and `merge` if all are lists or maps."""
_ANY = nodes.Variable("any")


def typed(placed: Placed, name: str, value: Expression) -> Expression:
    """Return *value*, of the argument *name*, with the types that it has in the module."""
    expression = placed.declared.block.body.attribute(name)
    return value if expression is None else _typed(value, _type(expression, placed))


def _typed(node: Expression, type_: Expression) -> Expression:
    found = content(node)
    if isinstance(node, Known) and node.names:
        node = found
    match type_:
        case nodes.Call("list" | "map" | "set" as kind, (of,)) if not isinstance(found, nodes.Call):
            if not isinstance(node, Known):
                node = _with_members(node, lambda _: of)
            return nodes.Call(_FUNCTIONS[kind], (node,)) if _is_literal(found) else node
        case nodes.Call("object", (nodes.Object(members),)) if not isinstance(node, Known):
            types = {str(member.key.value): member.value for member in members}
            return _with_members(node, lambda key: types.get(str(key), _ANY))
        case nodes.Call("tuple", (nodes.Sequence(items),)) if not isinstance(node, Known):
            return _with_members(node, lambda place: items[place] if place < len(items) else _ANY)
        case nodes.Call("optional", (of, *_)):
            return _typed(node, of)
    return node


def _with_members(node: Expression, type_at: Any) -> Expression:
    if isinstance(node, nodes.Sequence):
        return nodes.Sequence(tuple(_typed(item, type_at(place)) for place, item in enumerate(node.items)))
    members = known.members_of(node)
    if members is None:
        return node
    return known.object_of({key: _typed(value, type_at(key)) for key, value in members.items()})


def _is_literal(node: Expression) -> bool:
    """Return whether *node* is a tuple or an object: written as such, or one of several that are."""
    if isinstance(node, nodes.GetIndex):
        return _is_literal(content(node.target))
    return node == EACH_VALUE or isinstance(node, (nodes.Sequence, nodes.Object, nodes.For, nodes.Splat))


def _type(node: Expression, placed: Placed) -> Expression:
    """Return the type of *node*, an expression of the module, as a constraint of a variable; `any` if not known."""

    def of(inner: Expression) -> Expression:
        return _type(inner, placed)

    match node:
        case nodes.GetAttribute():
            found = _of_attribute(node, placed)
        case nodes.GetIndex(target, _):
            found = _member(of(target), "")
        case nodes.Sequence(items):
            found = nodes.Call("tuple", (nodes.Sequence(tuple(map(of, items))),))
        case nodes.Object() if (members := known.members_of(node)) is not None:
            found = nodes.Call("object", (known.object_of({key: of(value) for key, value in members.items()}),))
        case nodes.Conditional(_, then, otherwise):
            found = _first([of(then), of(otherwise)])
        case nodes.Call(name, arguments):
            found = _result(name, list(map(of, arguments)))
        case _:
            found = _ANY
    return found


def _of_attribute(node: nodes.GetAttribute, placed: Placed) -> Expression:
    declarations = placed.scope.module.declarations
    match node.target:
        case nodes.Variable("var") if declared := declarations.blocks.get(f"var.{node.name}"):
            return type_of(declared.block.body) or _ANY
        case nodes.Variable("local") if attribute := declarations.locals.get(node.name):
            return _type(attribute.expression, placed)
        case nodes.Variable("each") if node == EACH_VALUE and placed.shape.argument == "for_each":
            return _member(_type(placed.declared.block.body.attribute("for_each"), placed), "")
    return _member(_type(node.target, placed), node.name)


def _result(name: str, arguments: list[Expression]) -> Expression:
    """Return the type of the result of a function."""
    if name in _CONVERSIONS:
        return nodes.Call(_CONVERSIONS[name], (_member(arguments[0], 0),))
    if name in _OF_STRINGS:
        return nodes.Call("list", (nodes.Variable("string"),))
    if name in _SAME and all(map(_is_collection, arguments if name in ("concat", "merge") else arguments[:1])):
        return arguments[0]
    if name == "values" and _is_collection(arguments[0]):
        return nodes.Call("list", (_member(arguments[0], 0),))
    return _first(arguments) if name in ("try", "coalescelist", "coalesce") else _ANY


def _is_collection(type_: Expression) -> bool:
    return isinstance(type_, nodes.Call) and type_.name in _FUNCTIONS


def _first(types: list[Expression]) -> Expression:
    """Return the type that several values are converted to: that of a list or map among them."""
    return next((type_ for type_ in types if _is_collection(type_)), types[0])


def _member(type_: Expression, name: str | int) -> Expression:
    match type_:
        case nodes.Call("list" | "map" | "set", (of,)):
            return of
        case nodes.Call("tuple", (nodes.Sequence((first, *_)),)) if name == 0:
            return first
        case nodes.Call("object", (nodes.Object() as members,)):
            types = known.members_of(members) or {}
            return types.get(str(name), next(iter(types.values()), _ANY) if name == 0 else _ANY)
    return _ANY
