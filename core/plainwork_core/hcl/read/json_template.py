"""JSON in a template, of which parts are unknown: the value of the rest, and the line of each part.

A part outside of quotes is one unknown value of a list or a member, or any members of an object or a list. It adds the
commas that it requires, as a `%{ for }` around members does, and repeats no key of its object.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.maps import map_of, map_with
from plainwork_core.model.conversion import number
from plainwork_core.model.values import JsonText, Unknown, Value
from plainwork_core.surrogates import without_half_pairs

HOLE = "\ud800{}\ud801"
"""The mark of an unknown part in the text: half surrogate pairs, which no text of a configuration contains."""
_PIECE = re.compile(
    r'\s*(?P<piece>"(?:[^"\\\x00-\x1f]|\\.)*"|\ud800(?P<hole>[0-9]+)\ud801|[{}\[\],:]|[^\s{}\[\],:"\ud800]+|$)'
)
_HOLE_START = HOLE[0]
_WORDS = {"true": True, "false": False, "null": None}
TRAILING_COMMA = "trailing comma"


class JsonTemplate:
    """A reader of one text.

    Args:
        text: the text, with a mark for each unknown part.
        parts: the unknown parts by their number.
        string: returns the value of a string with marks in it.
        lines: the line of each offset in *text* from which a new line counts.
    """

    def __init__(
        self,
        text: str,
        parts: list[str | Unknown],
        string: Callable[[str], Value],
        lines: Sequence[tuple[int, int]] = ((0, 1),),
    ) -> None:
        self._text, self._parts, self._string = text, parts, string
        self._position = 0
        self._offsets = [offset for offset, _ in lines]
        self._first_lines = [line for _, line in lines]
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[str, int] = {}

    def value(self) -> Value:
        """Return the value of the whole text; `lines` has the lines of its parts by path afterwards.

        Raises:
            Rejected: it is not JSON, or that depends on the unknown parts.
        """
        try:
            found = self._value("")
            rest = self._next()
        except (ValueError, RecursionError):
            raise Rejected("it is not JSON") from None
        if rest:
            raise Rejected("text after the JSON")
        return found

    def _next(self) -> str:
        match = _PIECE.match(self._text, self._position)
        if match is None:
            raise Rejected("a string is not closed")
        self._position = match.end()
        return match["piece"]

    def _peek(self) -> str:
        before, piece = self._position, self._next()
        self._position = before
        return piece

    def _take(self, piece: str) -> bool:
        found = self._peek() == piece
        if found:
            self._next()
        return found

    def _value(self, path: str | None) -> Value:
        if path is not None:
            self.lines[path.rstrip(".")] = self._line()
        piece = self._next()
        if piece == "{":
            return self._object(path)
        if piece == "[":
            return self._list(path)
        if piece.startswith('"'):
            return self._string(json.loads(without_half_pairs(piece)))
        if piece.startswith(_HOLE_START):
            return self._hole(piece)
        found = _WORDS[piece] if piece in _WORDS else number(piece)
        if (found is None and piece != "null") or self._text[self._position : self._position + 1] == _HOLE_START:
            raise Rejected("a value is expected")
        return found

    def _hole(self, piece: str) -> Value:
        if self._text[self._position : self._position + 1].isalnum():
            raise Rejected("text beside an unknown part")
        part = self._part(piece)
        return part.document if isinstance(part, JsonText) else part

    def _part(self, piece: str) -> Any:
        return self._parts[int(piece[1:-1])]

    def _object(self, path: str | None) -> Value:
        pairs: list[tuple[str | Unknown, Value]] = []
        holes: list[Unknown] = []
        while not self._take("}"):
            piece = self._next()
            is_hole = piece.startswith(_HOLE_START)
            if is_hole and self._peek() != ":":
                holes.append(self._part(piece))
            else:
                pairs.append(self._member(self._part(piece) if is_hole else self._key(piece), path))
            self._separator("}", is_hole=is_hole)
        found = map_of(pairs)
        return map_with(found, holes) if holes else found

    def _member(self, key: str | Unknown, path: str | None) -> tuple[str | Unknown, Value]:
        if not self._take(":"):
            raise Rejected("`:` is expected")
        return key, self._value(f"{path}{key}." if path is not None and isinstance(key, str) else None)

    def _key(self, piece: str) -> Value:
        if not piece.startswith('"'):
            raise Rejected("a key is expected")
        return self._string(json.loads(without_half_pairs(piece)))

    def _list(self, path: str | None) -> list[Value]:
        members: list[Value] = []
        while not self._take("]"):
            is_hole = self._peek().startswith(_HOLE_START)
            members.append(self._value(None if path is None else f"{path}{len(members)}."))
            path = None if is_hole else path  # it may be any number of members
            self._separator("]", is_hole=is_hole)
        return members

    def _separator(self, closer: str, *, is_hole: bool) -> None:
        """Pass the comma after a member, which is optional beside an unknown part."""
        if self._take(","):
            if self._peek() == closer:
                raise Rejected(TRAILING_COMMA)
        elif not is_hole and self._peek() != closer and not self._peek().startswith(_HOLE_START):
            raise Rejected("`,` is expected")

    def _line(self) -> int:
        """Return the line of the next piece."""
        match = _PIECE.match(self._text, self._position)
        start = match.start("piece") if match else self._position
        index = bisect_right(self._offsets, start) - 1
        begun = bisect_left(self._newlines, self._offsets[index])
        return self._first_lines[index] + bisect_left(self._newlines, start) - begun
