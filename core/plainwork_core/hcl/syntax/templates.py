"""The parser of templates: interpolations, and the directives `%{ if }` and `%{ for }`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.cursor import Tokens
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.parts import Insertion, Part, Text

_WORDS = ("if", "else", "endif", "for", "endfor")


class Templates:
    """The parts of one template and the position of the next one.

    Args:
        parts: what the lexer found.
        parse: parses an expression.
        names: parses the names of a `for`.
    """

    def __init__(
        self,
        parts: list[Part],
        parse: Callable[[Tokens], Expression],
        names: Callable[[Tokens], tuple[str | None, str]],
    ) -> None:
        self._parts = parts
        self._position = 0
        self._parse = parse
        self._names = names

    def expression(self, line: int) -> Expression:
        """Parse all parts.

        Returns:
            A `Literal` where there is only text, the expression itself where there is one interpolation and nothing
            else, a `TemplateExpr` otherwise.

        Raises:
            HclError: a directive without its end, or an end without its directive.
        """
        template, word = self._template(line)
        if word:
            raise HclError(f"`%{{ {word} }}` has no beginning", self._parts[self._position - 1].line)
        match template.parts:
            case ():
                return nodes.Literal("", line=line)
            case (nodes.Literal(str(text)) as only,):
                return nodes.Literal(text, line=line, text_line=only.line)
            case (only,) if len(self._parts) == 1 and not isinstance(only, nodes.TemplateIf | nodes.TemplateFor):
                return only
        return template

    def _template(self, line: int) -> tuple[nodes.TemplateExpr, str]:
        """Parse parts up to an `else`, `endif` or `endfor`, whose word is returned too, or up to the end."""
        found: list[Expression] = []
        while self._position < len(self._parts):
            part = self._parts[self._position]
            self._position += 1
            if isinstance(part, Text):
                found.append(nodes.Literal(part.value, line=part.line))
            elif part.opener == "${":
                found.append(self._interpolation(part))
            else:
                tokens = Tokens(part.tokens, newlines=False)
                word = _word(tokens)
                if word not in _OPENERS:
                    _end(tokens)
                    return nodes.TemplateExpr(_joined(found), line=line), word
                found.append(_OPENERS[word](self, tokens, part.line))
        return nodes.TemplateExpr(_joined(found), line=line), ""

    def _interpolation(self, part: Insertion) -> Expression:
        tokens = Tokens(part.tokens, newlines=False)
        expression = self._parse(tokens)
        _end(tokens)
        return expression

    def _if(self, tokens: Tokens, line: int) -> Expression:
        condition = self._parse(tokens)
        _end(tokens)
        then, word = self._template(line)
        otherwise = nodes.TemplateExpr((), line=line)
        if word == "else":
            otherwise, word = self._template(line)
        _closed("if", word, line)
        return nodes.TemplateIf(condition, then, otherwise, line=line)

    def _for(self, tokens: Tokens, line: int) -> Expression:
        key, value = self._names(tokens)
        collection = self._parse(tokens)
        _end(tokens)
        body, word = self._template(line)
        _closed("for", word, line)
        return nodes.TemplateFor(key, value, collection, body, line=line)


_OPENERS = {"if": Templates._if, "for": Templates._for}  # noqa: SLF001  a table of this module's own methods


def _word(tokens: Tokens) -> str:
    word = tokens.expect("name", "`if`, `else`, `endif`, `for` or `endfor` after `%{`")
    if word not in _WORDS:
        raise HclError(f"`%{{ {word} }}` is not a directive: expected {', '.join(_WORDS)}", tokens.line)
    return str(word)


def _end(tokens: Tokens) -> None:
    if tokens.kind != "end":
        tokens.fail("`}`, the end of the insertion")


def _closed(word: str, end: str, line: int) -> None:
    if end != f"end{word}":
        found = f"`%{{ {end} }}`" if end else "the end of the text"
        raise HclError(f"`%{{ {word} }}` is not closed: expected `%{{ end{word} }}`, found {found}", line)


def _joined(parts: list[Expression]) -> tuple[Expression, ...]:
    """Join neighboring texts, such as the lines of a heredoc, and drop empty ones."""
    joined: list[Expression] = []
    for is_text, group in groupby((part for part in parts if part != nodes.Literal("")), _is_text):
        members = list(group)
        if is_text:
            members = [nodes.Literal("".join(member.value for member in members), line=members[0].line)]
        joined += members
    return tuple(joined)


def _is_text(part: Expression) -> bool:
    return isinstance(part, nodes.Literal) and isinstance(part.value, str)
