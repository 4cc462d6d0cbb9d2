"""An expression as the writer sees it: tokens, and brackets with what is in them.

It is a tree of brackets, not of meanings, so that whatever stands in an expression comes out as it went in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

CLOSERS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Atom:
    """A token; *kind* is `name`, `number`, `string`, or an operator, which is its own kind."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Heredoc:
    """Text over several lines, the marker that ends it, and the same text *quoted*, for where there is but one line."""

    marker: str
    text: str
    quoted: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`key = value` in an object."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Object:
    """`{ key = value, ... }`."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Brackets with expressions between commas: a tuple, the arguments of a call, an index, parentheses.

    A `for` expression is a group of one member, which holds everything between its brackets.
    """

    bracket: str
    members: tuple[Expression, ...]
    is_for: bool = False


Node: TypeAlias = Atom | Heredoc | Object | Group
Expression: TypeAlias = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Inserted:
    """`${ ... }` or `%{ ... }` in a template; *opener* is its first two characters."""

    opener: str
    expression: Expression


Piece: TypeAlias = str | Inserted
