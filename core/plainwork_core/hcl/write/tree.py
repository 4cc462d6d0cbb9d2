"""The writer's tree of an expression: tokens, and brackets with their content, which is what layout depends on."""

from __future__ import annotations

from typing import TypeAlias

from plainwork_core.frozen import frozen

CLOSERS = {"(": ")", "[": "]", "{": "}"}


@frozen(slots=True)
class Atom:
    """A token; *kind* is `name`, `number`, `string`, or an operator, which is its own kind."""

    kind: str
    text: str


@frozen(slots=True)
class Heredoc:
    """Text of several lines, the marker that ends it, and the same text *quoted*, for use on one line."""

    marker: str
    text: str
    quoted: str


@frozen(slots=True)
class Entry:
    """`key = value` in an object."""

    key: Expression
    value: Expression


@frozen(slots=True)
class Object:
    """`{ key = value, ... }`."""

    entries: tuple[Entry, ...]


@frozen(slots=True)
class Group:
    """Brackets with expressions between commas: a tuple, the arguments of a call, an index, parentheses.

    A `for` expression is a group of one member, which holds everything between its brackets.
    """

    bracket: str
    members: tuple[Expression, ...]
    is_for: bool = False


Node: TypeAlias = Atom | Heredoc | Object | Group
Expression: TypeAlias = tuple[Node, ...]


@frozen(slots=True)
class Inserted:
    """`${ ... }` or `%{ ... }` in a template; *opener* is its first two characters."""

    opener: str
    expression: Expression


Piece: TypeAlias = str | Inserted
