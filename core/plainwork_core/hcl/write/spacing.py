"""Expressions on one line, with the spaces that `terraform fmt` puts between tokens.

The rules are those of the formatter itself: https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.hcl.write.tree import CLOSERS, Atom, Group, Heredoc, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork_core.hcl.write.tree import Entry, Expression, Node

_NEGATED_AFTER = {
    "",
    "(",
    "{",
    "[",
    "=",
    ":",
    ",",
    "?",
    "+",
    "*",
    "/",
    "%",
    "-",
    "==",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
    "&&",
    "||",
    "!",
}
_INDEXED = {"name", "number", ")", "]", "}"}


def one_line(expression: Expression, opener: str = "") -> str:
    """Return *expression* on one line, after *opener*."""
    match expression:
        case (Atom(_, text),):
            return text
        case _:
            return "".join(_spaced(expression, opener))


def insertion(opener: str, expression: Expression) -> str:
    """Return `${expression}` or `%{expression}`; a brace next to a brace has a space."""
    text = one_line(expression, opener)
    before, after = (" " if text.startswith("{") else ""), (" " if text.endswith("}") else "")
    return f"{opener}{before}{text}{after}}}"


def entry(member: Entry) -> str:
    """Return `key = value`."""
    return f"{one_line(member.key)} = {one_line(member.value)}"


def _spaced(expression: Expression, opener: str) -> Iterator[str]:
    earlier, previous = "", opener
    for node in expression:
        first, last, text = _described(node)
        if previous not in {"", opener} and _is_spaced(earlier, previous, first):
            yield " "
        yield text
        earlier, previous = previous, "in" if text == "in" and previous == "name" else last


def _described(node: Node) -> tuple[str, str, str]:
    """Return the kinds of a node's first and last token, and its text."""
    match node:
        case Atom(kind, text):
            return kind, kind, text
        case Object(entries):
            return "{", "}", f"{{ {', '.join(map(entry, entries))} }}" if entries else "{}"
        case Group(bracket):
            return bracket, CLOSERS[bracket], _group(node)
        case Heredoc(_, _, quoted):
            return "string", "string", quoted


def _group(group: Group) -> str:
    inside = ", ".join(map(one_line, group.members))
    return f"{{ {inside} }}" if group.bracket == "{" else f"{group.bracket}{inside}{CLOSERS[group.bracket]}"


def _is_spaced(earlier: str, previous: str, following: str) -> bool:
    """Return whether `terraform fmt` puts a space between tokens of these kinds; `in` is the keyword of `for`."""
    if following == "(" and previous in {"name", "in"}:
        return False
    if previous in {".", "::"} or following in {".", "::", ",", "..."}:
        return False
    if following == "[" and previous in _INDEXED:
        return False
    return not (previous == "!" or (previous == "-" and earlier in _NEGATED_AFTER))
