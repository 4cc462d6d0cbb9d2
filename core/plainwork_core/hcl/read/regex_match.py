"""Searches with the regular expressions of RE2, in time linear in the text, with the results of Go's `regexp`.

All ways to match go through the text side by side, the preferred one first. So no pattern takes exponential time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from plainwork_core.hcl.read import regex_nodes as nodes
from plainwork_core.hcl.read.errors import Unsupported
from plainwork_core.hcl.read.regex_nodes import Node
from plainwork_core.hcl.read.regex_syntax import Parser

_LONGEST_PROGRAM = 5000

Span = tuple[int, int]
Captures = tuple[int, ...]
"""Start and end of the match and of each group; -1 for a group that takes no part in it."""
_Threads = list[tuple[int, Captures]]


class Regex:
    """A compiled pattern.

    Args:
        pattern: in the syntax of RE2.
        spend: is told the steps that a search takes, and raises where they are too many.

    Raises:
        Rejected: it is no regular expression of RE2.
        Unsupported: it has a part that is not evaluated.
    """

    def __init__(self, pattern: str, spend: Callable[[int], None]) -> None:
        parser = Parser(pattern)
        tree = parser.parse()
        self.names = parser.names
        self._spend = spend
        self._program: list[tuple[str, Any, Any]] = []
        self._compile(nodes.Group(0, tree))
        self._add("match")

    def find(self, text: str, start: int = 0) -> Captures | None:
        """Return the first match in *text* at or after *start*."""
        found: Captures | None = None
        none = (-1,) * (2 * len(self.names) + 2)
        threads: _Threads = []
        for position in range(start, len(text) + 1):
            if found is None:
                threads.append((0, none))
            if not threads:
                break
            ready = self._ready(threads, text, position)
            self._spend(len(ready) + 1)
            threads = []
            char = ord(text[position]) if position < len(text) else -1
            for at, captures in ready:
                kind, characters, _ = self._program[at]
                if kind == "match":
                    found = captures
                    break
                if characters.has(char):
                    threads.append((at + 1, captures))
        return found

    def find_all(self, text: str) -> Iterator[Captures]:
        """Yield all matches that do not overlap; an empty one right after another match is none."""
        position, last = 0, -1
        while position <= len(text) and (found := self.find(text, position)):
            start, end = found[:2]
            if end > position or start != last:
                yield found
            position = end if end > position else position + 1
            last = end

    def _ready(self, threads: _Threads, text: str, position: int) -> _Threads:
        """Follow *threads* to their next characters or matches, each once, in order of preference."""
        ready: _Threads = []
        seen: set[int] = set()
        left = threads[::-1]
        while left:
            at, captures = left.pop()
            if at in seen:
                continue
            seen.add(at)
            kind, first, second = self._program[at]
            if kind == "split":
                left += [(second, captures), (first, captures)]
            elif kind == "jump":
                left.append((first, captures))
            elif kind == "save":
                left.append((at + 1, (*captures[:first], position, *captures[first + 1 :])))
            elif kind == "assert":
                if _holds(first, text, position):
                    left.append((at + 1, captures))
            else:
                ready.append((at, captures))
        return ready

    def _add(self, kind: str, first: Any = 0, second: Any = 0) -> int:
        if len(self._program) >= _LONGEST_PROGRAM:
            raise Unsupported("with so long a regular expression")
        self._program.append((kind, first, second))
        return len(self._program) - 1

    def _split(self, at: int, preferred: int, other: int, *, is_greedy: bool) -> None:
        self._program[at] = ("split", preferred, other) if is_greedy else ("split", other, preferred)

    def _compile(self, node: Node) -> None:
        match node:
            case nodes.Characters():
                self._add("characters", node)
            case nodes.Assertion(symbol):
                self._add("assert", symbol)
            case nodes.Group(number, inner):
                self._add("save", 2 * number)
                self._compile(inner)
                self._add("save", 2 * number + 1)
            case nodes.Sequence(parts):
                for part in parts:
                    self._compile(part)
            case nodes.Choice(branches):
                self._compile_choice(branches)
            case nodes.Repeat():
                self._compile_repeat(node)

    def _compile_choice(self, branches: list[Node]) -> None:
        ends = []
        for branch in branches[:-1]:
            at = self._add("split")
            self._compile(branch)
            ends.append(self._add("jump"))
            self._split(at, at + 1, len(self._program), is_greedy=True)
        self._compile(branches[-1])
        for end in ends:
            self._program[end] = ("jump", len(self._program), 0)

    def _compile_repeat(self, repeat: nodes.Repeat) -> None:
        inner, least, most, is_greedy = repeat
        copies = least if most is not None else max(least - 1, 0)
        for _ in range(copies):
            self._compile(inner)
        if most is None:
            self._compile_loop(inner, may_be_empty=least == 0, is_greedy=is_greedy)
            return
        splits = []
        for _ in range(most - least):
            splits.append(self._add("split"))
            self._compile(inner)
        for at in splits:
            self._split(at, at + 1, len(self._program), is_greedy=is_greedy)

    def _compile_loop(self, inner: Node, *, may_be_empty: bool, is_greedy: bool) -> None:
        """Compile `x*` or `x+`; `x*` is `(x+)?` if `x` may match nothing."""
        if may_be_empty and not nodes.is_nullable(inner):
            at = self._add("split")
            self._compile(inner)
            self._add("jump", at)
            self._split(at, at + 1, len(self._program), is_greedy=is_greedy)
            return
        skip = self._add("split") if may_be_empty else None
        start = len(self._program)
        self._compile(inner)
        at = self._add("split")
        self._split(at, start, at + 1, is_greedy=is_greedy)
        if skip is not None:
            self._split(skip, start, len(self._program), is_greedy=is_greedy)


def _holds(symbol: str, text: str, position: int) -> bool:
    before, after = text[position - 1 : position] if position else "", text[position : position + 1]
    match symbol:
        case "A":
            return position == 0
        case "z":
            return position == len(text)
        case "^":
            return before in ("", "\n")
        case "$":
            return after in ("", "\n")
    return (_is_word(before) != _is_word(after)) == (symbol == "b")


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")
