"""The outline of a file in HCL's native syntax: where blocks, arguments and the members of objects are in its text.

An edit replaces a part of the text, so that comments and layout stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax.lexer import spans

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}", "~}")
_COMMENTS = ("blank", "comment")
_Span = tuple[str, int, int]


@frozen(slots=True)
class Entry:
    """`name = value` in a body, or a member of an object.

    Attributes:
        name: without quotes.
        start: where the name begins; `name_end`: where it ends.
        value_start: where the value begins; `end`: where it ends.
        depth: the number of brackets around a member of an object.
    """

    name: str
    start: int
    name_end: int
    value_start: int
    end: int
    depth: int = 0


@frozen(slots=True)
class BlockOutline:
    """A block, or the whole file.

    Attributes:
        type: `""` for the file.
        start: where the type begins.
        open: after `{`; `close`: at `}`.
        entries: its arguments.
        blocks: its blocks.
    """

    type: str
    start: int
    open: int
    close: int
    entries: tuple[Entry, ...]
    blocks: tuple[BlockOutline, ...]

    def innermost(self, position: int) -> Iterator[BlockOutline]:
        """Yield the blocks around *position*, the innermost first."""
        for block in self.blocks:
            if block.start <= position <= block.close:
                yield from block.innermost(position)
        yield self


def outline(text: str) -> BlockOutline:
    """Return the outline of a file that the parser accepts."""
    tokens = [span for span in spans(text) if span[0] not in _COMMENTS]
    return _Reader(text, tokens).body("", 0, 0)


def members(text: str, start: int, end: int) -> Iterator[Entry]:
    """Yield the members of each object in the expression from *start* to *end*, at any depth."""
    tokens = [span for span in spans(text) if span[0] not in (*_COMMENTS, "newline") and start <= span[1] < end]
    depth = 0
    for index, (kind, first, last) in enumerate(tokens[:-2]):
        depth += (kind in _OPENING) - (kind in _CLOSING)
        is_name = index and kind in ("name", "string") and tokens[index + 1][0] in ("=", ":")
        if is_name and (tokens[index - 1][0] in ("{", ",") or _ends_member(text, tokens[index - 1], first)):
            closing = _end_of(tokens, index + 2, text)
            yield Entry(text[first:last].strip('"'), first, last, tokens[index + 2][1], closing, depth)


def _ends_member(text: str, previous: _Span, position: int) -> bool:
    """Return whether a member can begin at *position*: it is on another line than the *previous* token."""
    return "\n" in text[previous[2] : position]


def _end_of(tokens: Sequence[_Span], index: int, text: str) -> int:
    """Return where the expression that begins with the token at *index* ends."""
    depth, end = 0, tokens[index][2]
    for position, (kind, start, last) in enumerate(tokens[index:]):
        if depth == 0 and position and (kind == "," or kind in _CLOSING or "\n" in text[end:start]):
            break
        depth += (kind in _OPENING) - (kind in _CLOSING)
        end = last
    return end


class _Reader:
    """A position in the tokens of a file."""

    def __init__(self, text: str, tokens: Sequence[_Span]) -> None:
        self._text = text
        self._tokens = tokens
        self._index = 0

    def body(self, type_: str, start: int, opened: int) -> BlockOutline:
        """Return the block whose body begins at the position."""
        entries: list[Entry] = []
        blocks: list[BlockOutline] = []
        while self._index < len(self._tokens):
            kind, first, last = self._tokens[self._index]
            self._index += 1
            if kind == "}":
                return BlockOutline(type_, start, opened, first, tuple(entries), tuple(blocks))
            if kind == "name":
                name = self._text[first:last]
                if self._tokens[self._index][0] == "=":
                    entries.append(self._entry(name, first, last))
                else:
                    blocks.append(self._block(name, first))
        return BlockOutline(type_, start, opened, len(self._text), tuple(entries), tuple(blocks))

    def _entry(self, name: str, start: int, name_end: int) -> Entry:
        self._index += 1
        value_start = self._tokens[self._index][1]
        depth, end = 0, value_start
        while self._index < len(self._tokens):
            kind, _, last = self._tokens[self._index]
            if depth == 0 and kind in ("newline", "}"):
                break
            depth += (kind in _OPENING) - (kind in _CLOSING)
            self._index += 1
            end = last
        return Entry(name, start, name_end, value_start, end)

    def _block(self, name: str, start: int) -> BlockOutline:
        while self._tokens[self._index][0] != "{":
            self._index += 1
        opened = self._tokens[self._index][2]
        self._index += 1
        return self.body(name, start, opened)
