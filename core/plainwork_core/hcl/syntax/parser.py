"""The parser of files: bodies, blocks and attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.cursor import Tokens
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.expressions import parse_expression, template
from plainwork_core.hcl.syntax.lexer import lex, lex_template
from plainwork_core.hcl.syntax.literals import BYTE_ORDER_MARK, normal
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.recursion import deep_recursion

_Parsed = TypeVar("_Parsed")


def parse(text: str) -> nodes.Body:
    """Parse a file in HCL's native syntax.

    Raises:
        HclError: what is wrong, what was expected, and the line.
    """
    return _guarded(lambda: _body(Tokens(lex(text)), "end", 1))


def parse_value(text: str) -> Expression:
    """Parse one expression that is the whole *text*."""

    def read() -> Expression:
        tokens = Tokens(lex(text), newlines=False)
        expression = parse_expression(tokens)
        tokens.expect("end", "the end of the expression")
        return expression

    return _guarded(read)


def parse_template(text: str, line: int = 1) -> Expression:
    """Parse *text* as a template without quotes, which is how a string of Terraform's JSON syntax is read."""
    if "${" not in text and "%{" not in text:
        return nodes.Literal(normal(text.removeprefix(BYTE_ORDER_MARK)), line=line)
    return _guarded(lambda: template(lex_template(text, line), line))


def _guarded(read: Callable[[], _Parsed]) -> _Parsed:
    try:
        with deep_recursion():
            return read()
    except RecursionError:
        raise HclError("nested too deeply to be read", 1) from None


def _body(tokens: Tokens, closer: str, line: int) -> nodes.Body:
    attributes: dict[str, nodes.Attribute] = {}
    blocks: list[nodes.Block] = []
    while not tokens.take(closer):
        if tokens.take("newline"):
            continue
        start, name = tokens.line, str(tokens.expect("name", _ITEM if closer == "end" else f"{_ITEM}, or `}}`"))
        if tokens.take("="):
            _add(attributes, nodes.Attribute(name, parse_expression(tokens), line=start))
        else:
            blocks.append(_block(tokens, name, start))
        if tokens.kind != "end" or closer != "end":
            tokens.expect("newline", "a new line after an argument or a block")
    return nodes.Body(tuple(attributes.values()), tuple(blocks), line=line)


_ITEM = "the name of an argument or of a block"


def _add(attributes: dict[str, nodes.Attribute], attribute: nodes.Attribute) -> None:
    first = attributes.setdefault(attribute.name, attribute)
    if first is not attribute:
        message = f"the argument `{attribute.name}` is set twice, first on line {first.line}: keep one"
        raise HclError(message, attribute.line)


def _block(tokens: Tokens, type_: str, line: int) -> nodes.Block:
    labels = []
    while tokens.kind in ("name", "string", "template"):
        labels.append(_label(tokens))
    if not tokens.take("{"):
        tokens.fail(f"`=` and a value, or `{{`, after `{' '.join((type_, *labels))}`")
    if tokens.take("newline"):
        return nodes.Block(type_, tuple(labels), _body(tokens, "}", line), line=line)
    return nodes.Block(type_, tuple(labels), _one_line(tokens, line), line=line)


def _label(tokens: Tokens) -> str:
    kind, line = tokens.kind, tokens.line
    label = template(tokens.next(), line) if kind == "template" else nodes.Literal(tokens.next())
    if not isinstance(label, nodes.Literal) or not isinstance(label.value, str):
        raise HclError("a block's label is plain text: it has no `${`", line)
    return label.value


def _one_line(tokens: Tokens, line: int) -> nodes.Body:
    if tokens.take("}"):
        return nodes.Body(line=line)
    start = tokens.line
    name = tokens.expect("name", "a new line, or one argument and `}`, after `{`")
    tokens.expect("=", "`=`: a block within a block has lines of its own")
    attribute = nodes.Attribute(name, parse_expression(tokens), line=start)
    tokens.expect("}", "`}`: a block on one line has one argument")
    return nodes.Body((attribute,), (), line=line)
