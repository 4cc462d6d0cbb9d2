"""Expressions over lines: what is on one line, what is broken, and the column of `=`.

`terraform fmt` leaves line breaks to the author. Here objects have an entry a line, lists stay on one line while they
fit, and `jsonencode({...})` is laid out like the object in it, so that one changed value is one changed line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.tree import CLOSERS, Atom, Group, Heredoc, Object

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plainwork_core.hcl.write.tree import Entry, Expression

WIDTH = 100
INDENT = 2

_BROKEN_CALLS = {"jsonencode", "yamlencode", "object", "list", "set", "map", "optional"}
_INDEXED = {"name", "number"}

Row = tuple[str, list[str]]


def value(expression: Expression, column: int, indent: int) -> list[str]:
    """Return the lines right of `=`: the first begins at *column*, the others at the margin *indent*."""
    match expression:
        case (Heredoc(marker, text),):
            return [f"<<-{marker}", *indented(text.split("\n")[:-1]), marker]
        case _:
            return _lines(expression, column, indent)


def aligned(rows: Iterable[Row]) -> list[str]:
    """Return `key = value` for each row; `=` is aligned over neighbors of one line or with a heredoc, as by `fmt`."""
    lines: list[str] = []
    chain: list[Row] = []
    for row in rows:
        if len(row[1]) == 1 or row[1][0].startswith("<<"):
            chain.append(row)
        else:
            lines += [*_chain(chain), *_chain([row])]
            chain = []
    return lines + _chain(chain)


def indented(lines: Iterable[str]) -> list[str]:
    """Return *lines*, one level in."""
    return [f"{'':{INDENT}}{line}" if line else "" for line in lines]


def _chain(rows: Sequence[Row]) -> list[str]:
    width = max((len(key) for key, _ in rows), default=0)
    return [line for key, (first, *rest) in rows for line in (f"{key:{width}} = {first}", *rest)]


def _lines(expression: Expression, column: int, indent: int) -> list[str]:
    text = one_line(expression)
    place = _place_to_break(expression)
    if place is None or (column + len(text) <= WIDTH and not _must_break(expression)):
        return [text]
    before, after = _around(expression, place)
    first, *rest, last = _broken(expression[place], column + len(before), indent)
    return [before + first, *rest, last + after]


def _must_break(expression: Expression) -> bool:
    """Return whether *expression* is an object, or a list or an encoding of one: these take a line for each entry."""
    match expression:
        case (Object(entries),):
            return bool(entries)
        case (Group("[", members, is_for=False),):
            return any(map(_must_break, members))
        case (Atom("name", text), Group("(", members)) if text in _BROKEN_CALLS:
            return any(map(_must_break, members))
    return False


def _place_to_break(expression: Expression) -> int | None:
    """Return the longest brackets that are no index. Only these are broken: `terraform fmt` would move the rest."""
    places = [place for place in range(len(expression)) if _can_break(expression, place)]
    return max(places, key=lambda place: len(one_line((expression[place],))), default=None)


def _can_break(expression: Expression, place: int) -> bool:
    match expression[place]:
        case Object(entries):
            return bool(entries)
        case Group(bracket, members):
            return bool(members) and not (bracket == "[" and place and _is_indexed(expression[place - 1 :]))
    return False


def _is_indexed(expression: Expression) -> bool:
    """Return whether brackets after the first node are its index."""
    match expression[0]:
        case Atom(kind):
            return kind in _INDEXED
    return True


def _around(expression: Expression, place: int) -> tuple[str, str]:
    """Return the text before and after one node, with the spaces between."""
    whole, length = one_line(expression), len(one_line((expression[place],)))
    end = len(one_line(expression[: place + 1]))
    return whole[: end - length], whole[end:]


def _broken(node: object, column: int, indent: int) -> list[str]:
    inner = indent + INDENT
    match node:
        case Object(entries):
            return ["{", *indented(aligned(_row(entry, inner) for entry in entries)), "}"]
        case Group("(", members):
            return _arguments(members, column, indent)
        case Group(bracket, members, is_for):
            lines = [line for member in members for line in (_lines if is_for else _item)(member, inner, inner)]
            return [bracket, *indented(lines), CLOSERS[bracket]]
    raise TypeError(node)


def _row(entry: Entry, indent: int) -> Row:
    key = one_line(entry.key)
    return key, value(entry.value, indent + len(key) + len(" = "), indent)


def _item(expression: Expression, column: int, indent: int) -> list[str]:
    *lines, last = _lines(expression, column + len(","), indent)
    return [*lines, f"{last},"]


def _arguments(members: Sequence[Expression], column: int, indent: int) -> list[str]:
    """Return the arguments of a call: `(a, {` where only the last takes several lines, else an argument a line."""
    *others, last = members
    opening = "(" + "".join(f"{one_line(member)}, " for member in others)
    if not any(map(_must_break, others)):
        first, *rest = _lines(last, column + len(opening), indent)
        if rest and column + len(opening) + len(first) <= WIDTH:
            return [opening + first, *rest[:-1], f"{rest[-1]})"]
    *items, end = [line for member in members for line in _item(member, indent + INDENT, indent + INDENT)]
    return ["(", *indented([*items, end.removesuffix(",")]), ")"]
