"""From the syntax tree of an expression back to HCL text, which parses to the same tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

_NAME = re.compile(r"[^\W\d][\w-]*")
_INDEX = re.compile(r"\[([0-9]+)\]")
_SIGNS = re.compile(r"[$%]+\Z")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ITEM = nodes.Variable("*")


def source(node: Expression) -> str:
    """Write *node* on one line."""
    return _WRITERS[type(node)](node)


def template_source(node: Expression) -> str:
    """Write *node* as a template without quotes and backslash escapes: a string of Terraform's JSON syntax."""
    return _whole(node, _marked) if isinstance(node, nodes.TemplateExpr) else _parts((node,), _marked)


def _marked(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def _escaped(text: str) -> str:
    plain = "".join(_ESCAPES.get(character, character) for character in text)
    return _marked(re.sub(r"[\x00-\x1f]", lambda match: f"\\u{ord(match.group()):04x}", plain))


def _parts(parts: tuple[Expression, ...], escape: Callable[[str], str], *, before_insertion: bool = False) -> str:
    pieces = [_part(part, escape) for part in parts]
    last = len(pieces) if before_insertion else len(pieces) - 1
    return "".join([*(_before_insertion(piece) for piece in pieces[:last]), *pieces[last:]])


def _before_insertion(piece: str) -> str:
    """Write `$` and `%` at the end as an interpolation, because before `${` or `%{` they would be an escape."""
    return _SIGNS.sub(r'${"\g<0>"}', piece)


def _part(part: Expression, escape: Callable[[str], str]) -> str:
    match part:
        case nodes.Literal(str(text)):
            return escape(text)
        case nodes.TemplateIf(condition, then, otherwise):
            other = f"%{{ else }}{_directive_body(otherwise, escape)}" if otherwise.parts else ""
            return f"%{{ if {source(condition)} }}{_directive_body(then, escape)}{other}%{{ endif }}"
        case nodes.TemplateFor(key, value, collection, body):
            opener = f"%{{ for {_variables(key, value)} in {source(collection)} }}"
            return f"{opener}{_directive_body(body, escape)}%{{ endfor }}"
    return f"${{{source(part)}}}"


def _directive_body(body: nodes.TemplateExpr, escape: Callable[[str], str]) -> str:
    return _parts(body.parts, escape, before_insertion=True)


def _variables(key: str | None, value: str) -> str:
    return f"{key}, {value}" if key else value


def _literal(node: nodes.Literal) -> str:
    match node.value:
        case str(text):
            return f'"{_escaped(text)}"'
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[node.value]
    return format(Decimal(repr(node.value)), "f")


def _template(node: nodes.TemplateExpr) -> str:
    return f'"{_whole(node, _escaped)}"'


def _whole(node: nodes.TemplateExpr, escape: Callable[[str], str]) -> str:
    """Write all of a template; one interpolation alone would be no string, so that an empty one goes with it."""
    text = _parts(node.parts, escape)
    alone = len(node.parts) == 1 and text.startswith("${")
    return f'{text}${{""}}' if alone else text


def _sequence(node: nodes.Sequence) -> str:
    return f"[{', '.join(source(item) for item in node.items)}]"


def _object(node: nodes.Object) -> str:
    members = (f"{_key(member.key)} = {source(member.value)}" for member in node.members)
    return f"{{ {', '.join(members)} }}" if node.members else "{}"


def _key(key: Expression) -> str:
    if isinstance(key, nodes.Literal) and isinstance(key.value, str):
        return key.value if _NAME.fullmatch(key.value) and key.value != "for" else source(key)
    return f"({source(key)})"


def _for(node: nodes.For) -> str:
    head = f"for {_variables(node.key, node.value)} in {source(node.collection)} : "
    tail = f" if {source(node.condition)}" if node.condition is not None else ""
    if node.result_key is None:
        return f"[{head}{source(node.result)}{tail}]"
    return f"{{{head}{source(node.result_key)} => {source(node.result)}{'...' if node.grouped else ''}{tail}}}"


def _operand(node: Expression) -> str:
    text = source(node)
    return f"({text})" if isinstance(node, nodes.Unary | nodes.Binary | nodes.Conditional) else text


def _target(node: Expression) -> str:
    """Write what a step follows; digits and splats would take the step for their own."""
    is_open = isinstance(node, nodes.Splat) or (isinstance(node, nodes.Literal) and not isinstance(node.value, str))
    return f"({source(node)})" if is_open else _operand(node)


def _splat(node: nodes.Splat) -> str:
    each = source(node.each)
    steps = f"[*]{each}" if node.full else ".*" + _INDEX.sub(r".\1", each)
    return _target(node.target) + steps


def _call(node: nodes.Call) -> str:
    arguments = ", ".join(source(argument) for argument in node.arguments)
    return f"{node.name}({arguments}{'...' if node.expanded else ''})"


def _conditional(node: nodes.Conditional) -> str:
    return f"{_operand(node.condition)} ? {_operand(node.then)} : {_operand(node.otherwise)}"


_WRITERS: dict[type[nodes.Node], Callable[[Any], str]] = {
    nodes.Literal: _literal,
    nodes.TemplateExpr: _template,
    nodes.Sequence: _sequence,
    nodes.Object: _object,
    nodes.For: _for,
    nodes.Variable: lambda node: "" if node == _ITEM else node.name,
    nodes.GetAttribute: lambda node: f"{_target(node.target)}.{node.name}",
    nodes.GetIndex: lambda node: f"{_target(node.target)}[{source(node.key)}]",
    nodes.Splat: _splat,
    nodes.Call: _call,
    nodes.Unary: lambda node: f"{node.operator}{_operand(node.operand)}",
    nodes.Binary: lambda node: f"{_operand(node.left)} {node.operator} {_operand(node.right)}",
    nodes.Conditional: _conditional,
}
