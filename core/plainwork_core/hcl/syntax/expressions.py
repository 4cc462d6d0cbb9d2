"""The parser of expressions, by precedence."""

from __future__ import annotations

from dataclasses import replace

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.cursor import Tokens
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.parts import Part
from plainwork_core.hcl.syntax.templates import Templates

PRECEDENCE = {
    operator: strength
    for strength, operators in enumerate((("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), "+-", "*/%"), 1)
    for operator in operators
}
"""How strongly each operator between two operands binds."""
_WORDS = {"true": True, "false": False, "null": None}


def parse_expression(tokens: Tokens) -> Expression:
    """Parse one expression, from the next of *tokens*.

    Raises:
        HclError: the tokens are not an expression.
    """
    line = tokens.line
    condition = _binary(tokens, 1)
    if not tokens.take("?"):
        return condition
    then = parse_expression(tokens)
    if not tokens.take(":"):
        tokens.fail("`:` and the value for when the condition is false")
    return nodes.Conditional(condition, then, parse_expression(tokens), line=line)


def _binary(tokens: Tokens, weakest: int) -> Expression:
    left = _unary(tokens)
    while (strength := PRECEDENCE.get(tokens.kind, 0)) >= weakest:
        line, operator = tokens.line, tokens.next()
        left = nodes.Binary(operator, left, _binary(tokens, strength + 1), line=line)
    return left


def _unary(tokens: Tokens) -> Expression:
    kind, line = tokens.kind, tokens.line
    if kind not in ("-", "!"):
        return _traversal(tokens)
    tokens.next()
    operand = _unary(tokens)
    return nodes.Unary(kind, operand, line=line)


def _traversal(tokens: Tokens) -> Expression:
    return _steps(tokens, _term(tokens))


def _steps(tokens: Tokens, expression: Expression) -> Expression:
    while tokens.kind in (".", "["):
        expression = _splat(tokens, expression) if tokens.follows("*") else _step(tokens, expression)
    return expression


def _step(tokens: Tokens, target: Expression) -> Expression:
    line = tokens.line
    if tokens.take("["):
        with tokens.newlines(significant=False):
            key = parse_expression(tokens)
            _close(tokens, "]")
        return nodes.GetIndex(target, key, line=line)
    tokens.expect(".", "`.`")
    if tokens.kind == "number":
        return nodes.GetIndex(target, nodes.Literal(tokens.next(), line=line), dotted=True, line=line)
    wanted = "an attribute's name, an index or `*` after `.`"
    return nodes.GetAttribute(target, tokens.expect("name", wanted), line=line)


def _splat(tokens: Tokens, target: Expression) -> Expression:
    """Parse `[*]`, which all further steps belong to, or `.*`, which only attributes belong to."""
    line, full = tokens.line, tokens.next() == "["
    tokens.next()
    each: Expression = nodes.Variable("*", line=line)
    if full:
        tokens.expect("]", "`]` after `[*`")
        return nodes.Splat(target, _steps(tokens, each), line=line)
    while tokens.kind == "." and not tokens.follows("*"):
        each = _step(tokens, each)
    return nodes.Splat(target, each, full=False, line=line)


def _term(tokens: Tokens) -> Expression:
    kind, line = tokens.kind, tokens.line
    if kind == "name":
        return _name(tokens)
    if kind in ("string", "number"):
        return nodes.Literal(tokens.next(), line=line)
    if kind == "template":
        return template(tokens.next(), line)
    if kind in _BRACKETS:
        tokens.next()
        return _BRACKETS[kind](tokens, line)
    return tokens.fail("a value")


def _name(tokens: Tokens) -> Expression:
    line, name = tokens.line, str(tokens.next())
    if tokens.kind == "::":
        name = _namespaced(tokens, name)
    if tokens.kind == "(":
        return _call(tokens, name, line)
    if "::" in name:
        tokens.fail(f"`(` and the arguments of the function `{name}`")
    return nodes.Literal(_WORDS[name], line=line) if name in _WORDS else nodes.Variable(name, line=line)


def _namespaced(tokens: Tokens, name: str) -> str:
    while tokens.take("::"):
        name = f"{name}::{tokens.expect('name', 'a name after `::`')}"
    return name


def _call(tokens: Tokens, name: str, line: int) -> Expression:
    tokens.next()
    arguments, expanded = [], False
    with tokens.newlines(significant=False):
        while not tokens.take(")"):
            arguments.append(parse_expression(tokens))
            expanded = tokens.take("...")
            if expanded or not tokens.take(","):
                _close(tokens, ")")
                break
    return nodes.Call(name, tuple(arguments), expanded, line=line)


def template(parts: list[Part], line: int) -> Expression:
    """Parse the parts of a template."""
    return Templates(parts, parse_expression, for_names).expression(line)


def _parenthesis(tokens: Tokens, _line: int) -> Expression:
    with tokens.newlines(significant=False):
        expression = parse_expression(tokens)
        _close(tokens, ")")
    return replace(expression, parenthesized=True)


def _sequence(tokens: Tokens, line: int) -> Expression:
    if tokens.starts_for():
        return _for(tokens, line, "]")
    items = []
    with tokens.newlines(significant=False):
        while not tokens.take("]"):
            items.append(parse_expression(tokens))
            if not tokens.take(","):
                _close(tokens, "]")
                break
    return nodes.Sequence(tuple(items), line=line)


def _object(tokens: Tokens, line: int) -> Expression:
    if tokens.starts_for():
        return _for(tokens, line, "}")
    members: list[nodes.Member] = []
    with tokens.newlines(significant=True):
        while True:
            while tokens.take("newline"):
                pass
            if tokens.take("}"):
                return nodes.Object(tuple(members), line=line)
            members.append(_member(tokens))
            if not tokens.take(",", "newline") and tokens.kind != "}":
                tokens.fail("`,`, a new line or `}` after an object's value")


def _member(tokens: Tokens) -> nodes.Member:
    line = tokens.line
    bare = tokens.kind == "name" and tokens.follows("=", ":")
    key = nodes.Literal(tokens.next(), line=line) if bare else parse_expression(tokens)
    if not tokens.take("=", ":"):
        tokens.fail("`=` or `:` after an object's key")
    return nodes.Member(key, parse_expression(tokens), line=line)


def _for(tokens: Tokens, line: int, closer: str) -> Expression:
    with tokens.newlines(significant=False):
        key, value = for_names(tokens)
        collection = parse_expression(tokens)
        tokens.expect(":", "`:` and the result of the `for`")
        result, result_key = parse_expression(tokens), None
        if closer == "}":
            tokens.expect("=>", "`=>` between the key and the value of a `for` in braces")
            result_key, result = result, parse_expression(tokens)
        grouped = closer == "}" and tokens.take("...")
        condition = parse_expression(tokens) if tokens.take_word("if") else None
        _close(tokens, closer)
    return nodes.For(key, value, collection, result_key, result, condition, grouped, line=line)


def for_names(tokens: Tokens) -> tuple[str | None, str]:
    """Parse `key, value in` or `value in`, after `for`."""
    key, value = None, tokens.expect("name", "a variable's name after `for`")
    if tokens.take(","):
        key, value = value, tokens.expect("name", "the name of the second variable of the `for`")
    if not tokens.take_word("in"):
        tokens.fail("`in` and a collection")
    return key, value


def _close(tokens: Tokens, closer: str) -> None:
    tokens.expect(closer, f"`{closer}`" if closer == "]" else f"`,` or `{closer}`")


_BRACKETS = {"(": _parenthesis, "[": _sequence, "{": _object}
