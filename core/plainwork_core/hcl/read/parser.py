"""The parser of files: bodies, blocks and attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from plainwork_core.hcl.read import syntax
from plainwork_core.hcl.read.errors import HclError
from plainwork_core.hcl.read.expressions import parse_expression, template
from plainwork_core.hcl.read.lexer import lex, lex_template
from plainwork_core.hcl.read.literals import normal
from plainwork_core.hcl.read.syntax import Expression
from plainwork_core.hcl.read.tokens import Tokens

_Parsed = TypeVar("_Parsed")


def parse(text: str) -> syntax.Body:
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
        return syntax.Literal(normal(text), line=line)
    return _guarded(lambda: template(lex_template(text, line), line))


def _guarded(read: Callable[[], _Parsed]) -> _Parsed:
    try:
        return read()
    except RecursionError:
        raise HclError("nested too deeply to be read", 1) from None


def _body(tokens: Tokens, closer: str, line: int) -> syntax.Body:
    attributes: dict[str, syntax.Attribute] = {}
    blocks: list[syntax.Block] = []
    while not tokens.take(closer):
        if tokens.take("newline"):
            continue
        start, name = tokens.line, str(tokens.expect("name", _ITEM if closer == "end" else f"{_ITEM}, or `}}`"))
        if tokens.take("="):
            _add(attributes, syntax.Attribute(name, parse_expression(tokens), line=start))
        else:
            blocks.append(_block(tokens, name, start))
        if tokens.kind != "end" or closer != "end":
            tokens.expect("newline", "a new line after an argument or a block")
    return syntax.Body(tuple(attributes.values()), tuple(blocks), line=line)


_ITEM = "the name of an argument or of a block"


def _add(attributes: dict[str, syntax.Attribute], attribute: syntax.Attribute) -> None:
    first = attributes.setdefault(attribute.name, attribute)
    if first is not attribute:
        message = f"the argument `{attribute.name}` is set twice, first on line {first.line}: keep one"
        raise HclError(message, attribute.line)


def _block(tokens: Tokens, type_: str, line: int) -> syntax.Block:
    labels = []
    while tokens.kind in ("name", "string", "template"):
        labels.append(_label(tokens))
    if not tokens.take("{"):
        tokens.fail(f"`=` and a value, or `{{`, after `{' '.join((type_, *labels))}`")
    if tokens.take("newline"):
        return syntax.Block(type_, tuple(labels), _body(tokens, "}", line), line=line)
    return syntax.Block(type_, tuple(labels), _one_line(tokens, line), line=line)


def _label(tokens: Tokens) -> str:
    kind, line = tokens.kind, tokens.line
    label = template(tokens.next(), line) if kind == "template" else syntax.Literal(tokens.next())
    if not isinstance(label, syntax.Literal) or not isinstance(label.value, str):
        raise HclError("a block's label is plain text: it has no `${`", line)
    return label.value


def _one_line(tokens: Tokens, line: int) -> syntax.Body:
    if tokens.take("}"):
        return syntax.Body(line=line)
    start = tokens.line
    name = tokens.expect("name", "a new line, or one argument and `}`, after `{`")
    tokens.expect("=", "`=`: a block within a block stands on lines of its own")
    attribute = syntax.Attribute(name, parse_expression(tokens), line=start)
    tokens.expect("}", "`}`: a block on one line has one argument")
    return syntax.Body((attribute,), (), line=line)
