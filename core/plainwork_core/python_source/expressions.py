"""Values of Terraform's JSON syntax as Python: references by variables, templates as f-strings, `jsonencode` as a call.

An expression that has no form in Python remains a string, `"${...}"`. What is written is the same string to Terraform,
character by character; otherwise it remains as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.expressions import NULL, code_of, scan
from plainwork_core.hcl.json_form import value as json_value
from plainwork_core.hcl.syntax import HclError, nodes, parse_template
from plainwork_core.hcl.write.literals import escape_sequences
from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.strings import expression_text
from plainwork_core.hcl.write.values import template
from plainwork_core.python_source.layout import Call, Code, Dictionary, Inserted, Node, Sequence, Text, string

if TYPE_CHECKING:
    from plainwork_core.python_source.scope import Scope

_NAME = r"[A-Za-z_][\w-]*"
_PATH = rf'{_NAME}(?:\.{_NAME}|\[(?:\d+|\*|"[^"\\{{}}]*")\])*'
_KEY = r'\[(?P<key>\d+|"[^"\\${}]*"|[a-z_][\w.]*)\]'
_BLOCK = re.compile(rf"(?P<address>(?:(?:data|ephemeral)\.)?{_NAME}\.{_NAME})(?:{_KEY})?\.(?P<path>{_PATH})", re.ASCII)
_EVERY = re.compile(
    rf"(?:values\((?P<mapped>(?:data\.)?{_NAME}\.{_NAME})\)|(?P<counted>(?:data\.)?{_NAME}\.{_NAME}))"
    rf"\[\*\]\.(?P<path>{_PATH})",
    re.ASCII,
)
_VALUE = re.compile(rf"(?P<address>(?:var|local)\.{_NAME})", re.ASCII)
_LARGEST_EXACT = 2**53
_LONGEST = 70
"""Characters of a reference that Ruff never breaks."""


def python_value(value: Any, scope: Scope) -> Node:
    """Return a value of the configuration as Python; its strings are templates."""
    return _value(value, scope, Code(f'"{NULL}"'))


def python_literal(value: Any) -> Node:
    """Return a value whose strings are literal text."""
    match value:
        case str():
            return string(value)
        case Mapping():
            return Dictionary(tuple((string(key), python_literal(item)) for key, item in value.items()))
        case list() | tuple():
            return Sequence(tuple(map(python_literal, value)))
    return Code(repr(value))


def _value(value: Any, scope: Scope, null: Node) -> Node:
    match value:
        case str():
            return python_string(value, scope)
        case None:
            return null
        case Mapping():
            entries = ((python_string(key, scope), _value(item, scope, null)) for key, item in value.items())
            return Dictionary(tuple(entries))
        case list() | tuple():
            return Sequence(tuple(_value(item, scope, null) for item in value))
        case int() if abs(value) > _LARGEST_EXACT:
            return string(f"${{{value}}}")
    return Code(repr(value))


def python_string(text: str, scope: Scope) -> Node:
    """Return a template as Python."""
    if not scan(text).interpolates:
        return string(text)
    try:
        found = _expression(text, scope) if scan(text).is_expression else _formatted(text, scope)
    except HclError:
        found = None
    return string(text) if found is None else found


def _expression(text: str, scope: Scope) -> Node | None:
    code = code_of(text) or ""
    if f"${{{code}}}" != text:
        return None
    return reference(code, scope) or _encoded(code, scope)


def reference(code: str, scope: Scope) -> Node | None:
    """Return a reference by the variable of its block; None if there is none, or the reference has another form."""
    if match := _VALUE.fullmatch(code):
        found = scope.value(match["address"])
        return None if found is None else Code(found.text('"').strip("{}"))
    if match := _EVERY.fullmatch(code):
        argument = "for_each" if match["mapped"] else "count"
        address = match["mapped"] or match["counted"]
        name = None if address.startswith("module.") else scope.block(address, argument)  # `ModuleCall` has no `every`
        return _call(f"{name}.every", match["path"]) if name else None
    if (match := _BLOCK.fullmatch(code)) and not re.search(r"\.\d", code):
        return _attribute(match["address"], match["key"], match["path"], scope)
    return None


def _call(function: str, path: str) -> Node | None:
    return Call(function, (string(path),)) if len(path) < _LONGEST else None


def _attribute(address: str, key: str | None, path: str, scope: Scope) -> Node | None:
    if len(path) > _LONGEST:
        return None
    if key is None:
        name = scope.block(address, "")
        return Code(f"{name}[{_text(path)}]") if name else None
    name = scope.block(address, "for_each") or scope.block(address, "count")
    key = key if key.isdecimal() or key.startswith('"') else f'"${{{key}}}"'
    return Code(f"{name}.instance({key})[{_text(path)}]") if name else None


def _text(path: str) -> str:
    """Return the path of an attribute as a string."""
    return f"'{path}'" if '"' in path else f'"{path}"'


def _formatted(text: str, scope: Scope) -> Node | None:
    """Return a template whose insertions are all references to an attribute or a value, as an f-string."""
    parsed = parse_template(text)
    if not isinstance(parsed, nodes.TemplateExpr):
        return None
    parts = [_part(part, scope) for part in parsed.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    again = "".join(
        f"${{{expression_text(node)}}}" if isinstance(part, Inserted) else part
        for node, part in zip(parsed.parts, known, strict=True)
    )
    return Text(tuple(known)) if again == text else None


def _part(node: Any, scope: Scope) -> str | Inserted | None:
    if isinstance(node, nodes.Literal) and isinstance(node.value, str):
        return escape_sequences(node.value)
    if isinstance(node, nodes.TemplateIf | nodes.TemplateFor) or node.parenthesized:
        return None
    code = expression_text(node)
    if match := _VALUE.fullmatch(code):
        return scope.value(match["address"])
    match = _BLOCK.fullmatch(code)
    if match and match["key"] is None and '"' not in match["path"] and not re.search(r"\.\d", code):
        name = scope.block(match["address"], "")
        return Inserted(name, (match["path"],)) if name else None
    return None


def _encoded(code: str, scope: Scope) -> Node | None:
    """Return a call of `jsonencode` over plain data."""
    parsed = parse_template(f"${{{code}}}")
    if not isinstance(parsed, nodes.Call) or parsed.name != "jsonencode" or len(parsed.arguments) != 1:
        return None
    data = json_value(parsed.arguments[0])
    if parsed.expanded or not isinstance(data, Mapping | list) or f"jsonencode({one_line(template(data))})" != code:
        return None
    scope.functions.add("jsonencode")
    return Call("jsonencode", (_value(data, scope, Code("None")),))
