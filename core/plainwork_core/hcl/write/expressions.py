"""From the syntax tree of an expression to the writer's tree of tokens and brackets.

The parser resolves what the writer does not restore: comments inside an expression, heredocs, which become quoted
strings, and `~`, which would strip further in a quoted string than in JSON.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.expressions import PRECEDENCE
from plainwork_core.hcl.write.literals import key, number, quoted
from plainwork_core.hcl.write.templates import heredoc, quote
from plainwork_core.hcl.write.tree import Atom, Entry, Group, Inserted, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plainwork_core.hcl.write.tree import Expression, Piece

_WORDS = {None: "null", True: "true", False: "false"}
_DOT, _COMMA, _COLON, _EXPANSION = (Atom(mark, mark) for mark in (".", ",", ":", "..."))
_STAR, _EMPTY = Atom("*", "*"), Inserted("${", (Atom("string", '""'),))
_UNARY = 1 + max(PRECEDENCE.values())


def literal(text: str) -> Expression:
    """Return a string in which `${` has no meaning."""
    return _string([text]) if "\n" in text else (Atom("string", quoted(text)),)


def literal_key(text: str) -> Expression:
    """Return a key in which `${` has no meaning."""
    return (Atom("name", key(text)),)


def tree(node: nodes.Expression) -> Expression:
    """Return the writer's tree of an expression that is alone: a value, an item, an argument."""
    if node.parenthesized:
        return _parenthesized(node)
    match node:
        case nodes.Literal(str(text)):
            return literal(text)
        case nodes.TemplateExpr():
            return _string(list(pieces_of(node)))
    return _TREES[type(node)](node)


def _operand(node: nodes.Expression, weakest: int = 0) -> Expression:
    """Return the tree of a part of an expression, in parentheses where it binds more weakly than *weakest*."""
    if node.parenthesized or _strength(node) < weakest:
        return _parenthesized(node)
    return _TREES[type(node)](node)


def _parenthesized(node: nodes.Expression) -> Expression:
    return (Group("(", (tree(replace(node, parenthesized=False)),)),)


def _strength(node: nodes.Expression) -> int:
    match node:
        case nodes.Conditional():
            return 0
        case nodes.Binary(operator):
            return PRECEDENCE[operator]
    return _UNARY if isinstance(node, nodes.Unary) else _UNARY + 1


def _is_number(node: nodes.Literal) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def _literal(node: nodes.Literal) -> Expression:
    value: Any = node.value
    if isinstance(value, str):
        return (Atom("string", quoted(value)),)
    return (Atom("number", number(value)),) if _is_number(node) else (Atom("name", _WORDS[value]),)


def _string(pieces: Sequence[Piece]) -> Expression:
    return (heredoc(pieces) or Atom("string", quote(pieces)),)


def pieces_of(node: nodes.Expression) -> Iterator[Piece]:
    """Yield the pieces of a string; a single insertion has an empty piece beside it, because alone it is no string."""
    match node:
        case nodes.TemplateExpr(parts):
            pieces = [piece for part in parts for piece in _part(part)]
            yield from pieces or [""]
            if len(parts) == len(pieces) == 1 and isinstance(pieces[0], Inserted):
                yield _EMPTY
        case _:
            yield from _part(node)


def _part(node: nodes.Expression) -> Iterator[Piece]:
    match node:
        case nodes.Literal(str(text)):
            yield text
        case nodes.TemplateIf(condition, then, otherwise):
            yield _directive("if", *_operand(condition))
            yield from _body(then)
            if otherwise.parts:
                yield _directive("else")
                yield from _body(otherwise)
            yield _directive("endif")
        case nodes.TemplateFor(key_, value, collection, body):
            yield _directive("for", *_variables(key_, value), *_operand(collection))
            yield from _body(body)
            yield _directive("endfor")
        case _:
            yield Inserted("${", tree(node))


def _body(template_: nodes.TemplateExpr) -> Iterator[Piece]:
    return (piece for part in template_.parts for piece in _part(part))


def _directive(word: str, *rest: Any) -> Inserted:
    return Inserted("%{", (Atom("name", word), *rest))


def _variables(key_: str | None, value: str) -> Expression:
    """Return `key, value in` or `value in`."""
    names = (Atom("name", key_), _COMMA, Atom("name", value)) if key_ else (Atom("name", value),)
    return (*names, Atom("name", "in"))


def _object(node: nodes.Object) -> Expression:
    return (Object(tuple(Entry(key_of(member.key), tree(member.value)) for member in node.members)),)


def key_of(node: nodes.Expression) -> Expression:
    """Return the tree of an object's key."""
    if node.parenthesized:
        return _parenthesized(node)
    match node:
        case nodes.Literal(str(text)):
            return literal_key(text)
        case nodes.TemplateExpr():
            return (Atom("string", quote(list(pieces_of(node)))),)
        case nodes.Literal() if _is_number(node):
            return _literal(node)
    return _parenthesized(node)


def _for(node: nodes.For) -> Expression:
    result = _operand(node.result)
    if node.result_key is not None:
        result = (*_operand(node.result_key), Atom("=>", "=>"), *result, *([_EXPANSION] if node.grouped else []))
    condition = (Atom("name", "if"), *_operand(node.condition)) if node.condition is not None else ()
    head = (Atom("name", "for"), *_variables(node.key, node.value), *_operand(node.collection), _COLON)
    return (Group("[" if node.result_key is None else "{", ((*head, *result, *condition),), is_for=True),)


def _variable(node: nodes.Variable) -> Expression:
    return () if node.name == "*" else (Atom("name", node.name),)


def _attribute(node: nodes.GetAttribute) -> Expression:
    return (*_target(node.target), _DOT, Atom("name", node.name))


def _index(node: nodes.GetIndex) -> Expression:
    if node.dotted:
        return (*_target(node.target), _DOT, *_literal(node.key))
    return (*_target(node.target, in_brackets=True), Group("[", (tree(node.key),)))


def _splat(node: nodes.Splat) -> Expression:
    star = (Group("[", ((_STAR,),)),) if node.full else (_DOT, _STAR)
    return (*_target(node.target, in_brackets=True), *star, *_operand(node.each))


def _target(node: nodes.Expression, *, in_brackets: bool = False) -> Expression:
    """Return the operand of a step: digits and splats would absorb the step, `.*` only one without brackets."""
    match node:
        case nodes.Literal() if _is_number(node):
            return _parenthesized(node)
        case nodes.Splat(full=full) if full or not in_brackets:
            return _parenthesized(node)
    return _operand(node, _UNARY + 1)


def _call(node: nodes.Call) -> Expression:
    arguments = [tree(argument) for argument in node.arguments]
    if node.expanded:
        arguments[-1] = (*_operand(node.arguments[-1]), _EXPANSION)
    return Atom("name", node.name), Group("(", tuple(arguments))


def _unary(node: nodes.Unary) -> Expression:
    return (Atom(node.operator, node.operator), *_operand(node.operand, _UNARY))


def _binary(node: nodes.Binary) -> Expression:
    """Return a loop over the left operands: a chain of many operators is not deep."""
    left: nodes.Expression = node
    chain: list[Expression] = []
    strength = 0
    while isinstance(left, nodes.Binary) and not (chain and left.parenthesized) and _strength(left) >= strength:
        strength = _strength(left)
        chain.append((Atom(left.operator, left.operator), *_operand(left.right, strength + 1)))
        left = left.left
    return (*_operand(left, strength), *(part for operation in reversed(chain) for part in operation))


def _conditional(node: nodes.Conditional) -> Expression:
    condition, then, otherwise = _operand(node.condition, 1), _operand(node.then), _operand(node.otherwise)
    return (*condition, Atom("?", "?"), *then, _COLON, *otherwise)


_TREES: dict[type[nodes.Node], Callable[[Any], Expression]] = {
    nodes.Literal: _literal,
    nodes.TemplateExpr: lambda node: (Atom("string", quote(list(pieces_of(node)))),),
    nodes.Sequence: lambda node: (Group("[", tuple(map(tree, node.items))),),
    nodes.Object: _object,
    nodes.For: _for,
    nodes.Variable: _variable,
    nodes.GetAttribute: _attribute,
    nodes.GetIndex: _index,
    nodes.Splat: _splat,
    nodes.Call: _call,
    nodes.Unary: _unary,
    nodes.Binary: _binary,
    nodes.Conditional: _conditional,
}
