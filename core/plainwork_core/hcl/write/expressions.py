"""From the text of expressions and templates to the writer's tree.

The tokens are those of the reader in `plainwork_policies`. What it resolves is not written again: comments inside an
expression, heredocs, which become quoted strings, and `~`, which would strip further in a quoted string than in JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.lexer import lex, lex_template
from plainwork_core.hcl.syntax.parts import Insertion
from plainwork_core.hcl.write.literals import key, number, quoted
from plainwork_core.hcl.write.templates import heredoc, quote
from plainwork_core.hcl.write.tree import CLOSERS, Atom, Entry, Group, Inserted, Object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwork_core.hcl.syntax.parts import Part, Token
    from plainwork_core.hcl.write.tree import Expression, Node, Piece

_REFERENCE = re.compile(r"\$\{([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\d+\])*)\}", re.ASCII)
_ENDS = {"end", *CLOSERS.values()}


def parse(text: str) -> Expression:
    """The tree of an expression that has no `${` and `}` around it, as a variable's `type`.

    Raises:
        plainwork_core.hcl.read.errors.HclError: the text is no expression.
    """
    return _Reader(lex(text)).expression("end")


def reference(text: str) -> Expression:
    """The tree of a bare expression, whether or not `${` and `}` stand around it.

    Raises:
        plainwork_core.hcl.read.errors.HclError: the text is no expression.
    """
    match = _REFERENCE.fullmatch(text)
    return (Atom("name", match[1]),) if match else template(text) if text.startswith("${") else parse(text)


def literal(text: str) -> Expression:
    """A string in which `${` stands for itself."""
    return _string([text])


def template(text: str) -> Expression:
    """A string of Terraform's JSON syntax: a template, or an expression where all of it is one `${ }`.

    Raises:
        plainwork_core.hcl.read.errors.HclError: the text is no template.
    """
    if "{" not in text:
        return literal(text)
    if match := _REFERENCE.fullmatch(text):
        return (Atom("name", match[1]),)
    return _string(_pieces(lex_template(text)))


def template_key(text: str) -> Expression:
    """The key of an object in Terraform's JSON syntax, which is a template too."""
    return _key(_pieces(lex_template(text))) if "{" in text else literal_key(text)


def literal_key(text: str) -> Expression:
    """A key that stands for itself."""
    return (Atom("name", key(text)),)


def _key(pieces: list[Piece]) -> Expression:
    match pieces:
        case [str(text)]:
            return literal_key(text)
        case [Inserted("${", expression)]:
            return (Group("(", (expression,)),)
        case _:
            return (Atom("string", quote(pieces)),)


def _string(pieces: list[Piece]) -> Expression:
    match pieces:
        case [Inserted("${", expression)]:
            return expression
        case [str(text)] if "\n" not in text:
            return (Atom("string", quoted(text)),)
    return (heredoc(pieces) or Atom("string", quote(pieces)),)


def _pieces(parts: Iterable[Part]) -> list[Piece]:
    """Parts with their insertions read, and neighboring text joined."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Insertion):
            pieces.append(Inserted(part.opener, _Reader(part.tokens).expression("end")))
        elif pieces and isinstance(pieces[-1], str):
            pieces[-1] += part.value
        else:
            pieces.append(part.value)
    return pieces or [""]


class _Reader:
    """A position in tokens that end with `end`."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._position = 0

    def expression(self, *stops: str) -> Expression:
        """Everything up to a token of the kinds *stops*; new lines count only where they are one of these."""
        nodes: list[Node] = []
        while (kind := self._kind()) not in stops:
            value = self._take()
            if kind in _ENDS:
                raise HclError(f"`{' or '.join(stops)}` is missing", self._tokens[self._position - 1][2])
            if kind == "template" and not nodes and self._kind() in stops:
                return _string(_pieces(value))
            if kind in CLOSERS:
                nodes.append(self._group(kind))
            elif kind != "newline":
                nodes.append(_atom(kind, value))
        if not nodes:
            raise HclError("an expression is missing", self._tokens[self._position][2])
        return tuple(nodes)

    def _group(self, bracket: str) -> Group | Object:
        closer = CLOSERS[bracket]
        self._skip("newline")
        group: Group | Object
        if bracket != "(" and self._tokens[self._position][:2] == ("name", "for"):
            group = Group(bracket, (self.expression(closer),), is_for=True)
        elif bracket == "{":
            group = Object(tuple(self._entries()))
        else:
            group = Group(bracket, tuple(self._items(closer)))
        self._take()
        return group

    def _items(self, closer: str) -> Iterator[Expression]:
        while self._kind() != closer:
            yield self.expression(",", closer)
            self._skip(",", "newline")

    def _entries(self) -> Iterator[Entry]:
        while self._kind() != "}":
            key_ = self._entry_key()
            self._take()
            yield Entry(key_, self.expression(",", "newline", "}"))
            self._skip(",", "newline")

    def _entry_key(self) -> Expression:
        if self._kind() == "string":
            return literal_key(self._take())
        return _key(_pieces(self._take())) if self._kind() == "template" else self.expression("=", ":")

    def _kind(self) -> str:
        return self._tokens[self._position][0]

    def _take(self) -> Any:
        self._position += 1
        return self._tokens[self._position - 1][1]

    def _skip(self, *kinds: str) -> None:
        while self._kind() in kinds:
            self._position += 1


def _atom(kind: str, value: Any) -> Atom:
    match kind:
        case "string":
            return Atom(kind, quoted(value))
        case "template":
            return Atom("string", quote(_pieces(value)))
        case "number":
            return Atom(kind, number(value))
        case _:
            return Atom(kind, value)
