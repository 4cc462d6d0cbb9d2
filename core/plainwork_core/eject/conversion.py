"""The value of a variable by its type: defaults of optional attributes, strings from numbers, sets from lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plainwork_core.eject import known
from plainwork_core.eject.known import Known, content
from plainwork_core.hcl.read.conversions import to_boolean, to_number, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

_SIMPLE = {"string": to_text, "number": to_number, "bool": to_boolean}


def converted(node: Expression, constraint: Expression | None) -> Expression:
    """Return *node* as a variable of the type *constraint* has it, as far as it is known."""
    if constraint is None or known.is_null(node):
        return node
    found = _converted(content(node), constraint)
    if found == content(node):
        return node
    if isinstance(constraint, nodes.Call) and constraint.name == "set":
        return Known(_as_set(node), found, known.names_of(node)) if isinstance(node, Known) else found
    return replace(node, content=found, is_whole=True) if isinstance(node, Known) else found


def _as_set(node: Expression) -> Expression:
    return nodes.Call("toset", (node,))


def _converted(node: Expression, constraint: Expression) -> Expression:
    match constraint:
        case nodes.Variable(str(name)) | nodes.Literal(str(name)) if name in _SIMPLE:
            return _simple(node, name)
        case nodes.Call("list" | "set" as name, (of,)):
            items = _list(node, of)
            is_list = name == "list" or (isinstance(items, nodes.Call) and items.name == "toset")
            return items if is_list else _as_set(items)
        case nodes.Call("tuple", (nodes.Sequence(types),)) if isinstance(node, nodes.Sequence):
            pairs = zip(node.items, types, strict=False)
            return replace(node, items=tuple(converted(item, type_) for item, type_ in pairs))
        case nodes.Call("map", (of,)) if (members := known.members_of(node)) is not None:
            return known.object_of({key: converted(value, of) for key, value in members.items()})
        case nodes.Call("object", (nodes.Object() as of,)):
            return _object(node, of)
    return node


def _simple(node: Expression, name: str) -> Expression:
    if not isinstance(node, nodes.Literal) or (isinstance(node.value, str) and known.PATH in node.value):
        return node
    try:
        return nodes.Literal(_SIMPLE[name](node.value))
    except (Rejected, Unsupported):
        return node


def _list(node: Expression, of: Expression) -> Expression:
    items = known.items_of(node)
    return node if items is None else nodes.Sequence(tuple(converted(item, of) for item in items))


def _object(node: Expression, of: nodes.Object) -> Expression:
    members = known.members_of(node)
    if members is None:
        return node
    found = {_name(one): _attribute(members.get(_name(one)), one.value) for one in of.members}
    return known.object_of({key: value for key, value in found.items() if value is not None})


def _name(member: nodes.Member) -> str:
    return str(member.key.value)


def _attribute(given: Expression | None, constraint: Expression) -> Expression | None:
    optional = constraint.arguments if isinstance(constraint, nodes.Call) and constraint.name == "optional" else None
    if optional is None:
        return None if given is None else converted(given, constraint)
    type_, *default = optional
    if given is None or (known.is_null(given) and default):
        given = default[0] if default else known.NULL
    return converted(given, type_)


def _tolist(of: Expression) -> Expression | None:
    items = known.items_of(of)
    return None if items is None else of if isinstance(content(of), nodes.Sequence) else nodes.Sequence(tuple(items))


def _toset(of: Expression) -> Expression | None:
    found = content(of)
    return of if isinstance(found, nodes.Call) and found.name == "toset" else None


def _tomap(of: Expression) -> Expression | None:
    return of if known.members_of(of) is not None else None


def _tostring(of: Expression) -> Expression | None:
    return of if isinstance(content(of), nodes.TemplateExpr) else None


CONVERSIONS: dict[str, Callable[[Expression], Expression | None]] = {
    "tolist": _tolist,
    "tomap": _tomap,
    "toset": _toset,
    "tostring": _tostring,
}
"""The conversion functions whose result is known although members of their argument are not."""
