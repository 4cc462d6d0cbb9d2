"""From parsed HCL to Terraform's JSON syntax, as CDKTF writes it: the same configuration, another spelling.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import singledispatch
from typing import Any

from plainwork_policies.hcl import syntax
from plainwork_policies.hcl.syntax import Expression

_BARE = {"depends_on", "provider", "providers", "type", "ignore_changes", "replace_triggered_by"}
"""Arguments that Terraform reads as references or types, never as templates."""


def to_json(body: syntax.Body) -> dict[str, Any]:
    """Return *body*, the whole of a file, as JSON; of the same labels or type, several blocks become a list."""
    document: dict[str, Any] = {attribute.name: _argument(attribute) for attribute in body.attributes}
    for block in body.blocks:
        place = document
        for step in (block.type, *block.labels)[:-1]:
            place = place.setdefault(step, {})
        _put(place, (block.type, *block.labels)[-1], to_json(block.body))
    return document


def _put(place: dict[str, Any], name: str, block: dict[str, Any]) -> None:
    if name not in place:
        place[name] = block
    elif isinstance(place[name], list):
        place[name].append(block)
    else:
        place[name] = [place[name], block]


def _argument(attribute: syntax.Attribute) -> Any:
    if attribute.name in _BARE and not isinstance(attribute.expression, syntax.Literal):
        return _value(attribute.expression, spell)
    return _value(attribute.expression, lambda expression: f"${{{spell(expression)}}}")


def _value(expression: Expression, other: Callable[[Expression], str]) -> Any:
    match expression:
        case syntax.Literal(str(text)):
            return _escaped(text)
        case syntax.Literal(value):
            return value
        case syntax.Template(parts):
            return _template(parts)
        case syntax.Sequence(items):
            return [_value(item, other) for item in items]
        case syntax.Object(members) if all(isinstance(member.key, syntax.Literal) for member in members):
            return {str(member.key.value): _value(member.value, other) for member in members}
        case _:
            return other(expression)


def _escaped(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def _template(parts: tuple[Expression, ...]) -> str:
    return "".join(
        _escaped(str(part.value)) if isinstance(part, syntax.Literal) else f"${{{spell(part)}}}" for part in parts
    )


@singledispatch
def spell(expression: Expression) -> str:
    """Return *expression* as text in HCL's native syntax.

    Raises:
        TypeError: a kind of expression that the examples do not have.
    """
    raise TypeError(f"no spelling for {type(expression).__name__}")


@spell.register
def _(literal: syntax.Literal) -> str:
    text = _escaped(literal.value) if isinstance(literal.value, str) else literal.value
    return json.dumps(text, ensure_ascii=False)


@spell.register
def _(template: syntax.Template) -> str:
    inside = (
        spell(part)[1:-1] if isinstance(part, syntax.Literal) else f"${{{spell(part)}}}" for part in template.parts
    )
    return f'"{"".join(inside)}"'


@spell.register
def _(sequence: syntax.Sequence) -> str:
    return f"[{', '.join(map(spell, sequence.items))}]"


@spell.register
def _(object_: syntax.Object) -> str:
    members = (f"{_key(member.key)} = {spell(member.value)}" for member in object_.members)
    return f"{{ {', '.join(members)} }}"


@spell.register
def _(variable: syntax.Variable) -> str:
    return variable.name


@spell.register
def _(attribute: syntax.GetAttribute) -> str:
    return f"{spell(attribute.target)}.{attribute.name}"


@spell.register
def _(index: syntax.GetIndex) -> str:
    return f"{spell(index.target)}[{spell(index.key)}]"


@spell.register
def _(call: syntax.Call) -> str:
    return f"{call.name}({', '.join(map(spell, call.arguments))}{'...' if call.expanded else ''})"


@spell.register
def _(conditional: syntax.Conditional) -> str:
    condition, then, otherwise = map(spell, (conditional.condition, conditional.then, conditional.otherwise))
    return f"({condition} ? {then} : {otherwise})"


@spell.register
def _(binary: syntax.Binary) -> str:
    return f"({spell(binary.left)} {binary.operator} {spell(binary.right)})"


def _key(key: Expression) -> str:
    return spell(key) if isinstance(key, syntax.Literal) else f"({spell(key)})"
