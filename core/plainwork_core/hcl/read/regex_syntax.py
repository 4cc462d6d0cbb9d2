"""The regular expressions of Go's package `regexp`, parsed: the syntax of RE2.

See https://pkg.go.dev/regexp/syntax. Classes of Unicode, such as that of all letters, are not evaluated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.regex_nodes import (
    LAST,
    PERL,
    POSIX,
    Assertion,
    Characters,
    Choice,
    Group,
    Node,
    Ranges,
    Repeat,
    Sequence,
    folded,
    inverted,
    normalized,
)

_MOST_COPIES = 1000
_REPETITIONS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_ASSERTIONS = ("A", "b", "B", "z")
_OF_TEXT = {"^": "A", "$": "z"}
_CONTROL = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_GROUP = re.compile(r"\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?([:)]))", re.ASCII)
_COUNT = re.compile(r"\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}")
_ESCAPED_NUMBER = re.compile(r"x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))|([1-7][0-7]{1,2}|0[0-7]{0,2})")


@dataclass
class Parser:
    """Parses one pattern.

    Attributes:
        names: the name of each group, in order; `None` where it has none.
    """

    pattern: str
    names: list[str | None] = field(default_factory=list)
    _position: int = 0
    _flags: frozenset[str] = frozenset()

    def parse(self) -> Node:
        """Return the tree of the pattern.

        Raises:
            Rejected: it is no regular expression of RE2.
            Unsupported: it has a part that is not evaluated.
        """
        node = self._choice()
        if self._position < len(self.pattern):
            raise Rejected("the regular expression has an unexpected `)`")
        return node

    def _choice(self) -> Node:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(branches)

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._position < len(self.pattern) and self.pattern[self._position] not in "|)":
            if self._take("\\Q"):
                end = self.pattern.find("\\E", self._position)
                quoted = self.pattern[self._position :] if end < 0 else self.pattern[self._position : end]
                self._position = len(self.pattern) if end < 0 else end + 2
                parts += [self._literal(ord(char)) for char in quoted]
            elif (atom := self._atom()) is not None:
                parts.append(atom)
            else:
                continue
            if parts:
                parts[-1] = self._repeated(parts[-1])
        return parts[0] if len(parts) == 1 else Sequence(parts)

    def _atom(self) -> Node | None:
        if self._is_repetition():
            raise Rejected("the regular expression has a repetition of nothing, or of a repetition")
        char = self._next()
        match char:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escaped()
            case ".":
                return Characters(((0, LAST),) if "s" in self._flags else ((0, 9), (11, LAST)))
            case "^" | "$":
                return Assertion(char if "m" in self._flags else _OF_TEXT[char])
        return self._literal(ord(char))

    def _group(self) -> Node | None:
        outer = self._flags
        match = _GROUP.match(self.pattern, self._position)
        if self.pattern.startswith("?", self._position) and not match:
            raise Rejected("the regular expression has a group that Go does not have")
        name, on, off, end = match.groups() if match else ("", None, None, None)
        self._position = match.end() if match else self._position
        if end is None:
            if name and name in self.names:
                raise Unsupported(f"with two groups of the name `{name}`")
            self.names.append(name or None)
            number = len(self.names)
            inner: Node = Group(number, self._choice())
        else:
            self._flags = (self._flags | set(on or "")) - set(off or "")
            if end == ")":
                return None
            inner = self._choice()
        if not self._take(")"):
            raise Rejected("the regular expression has a `(` without `)`")
        self._flags = outer
        return inner

    def _repeated(self, atom: Node) -> Node:
        count = _COUNT.match(self.pattern, self._position)
        if self._symbol() in _REPETITIONS:
            least, most = _REPETITIONS[self._next()]
        elif count:
            least = int(count[1])
            most = least if count[2] is None else int(count[3]) if count[3] else None
            self._position = count.end()
        else:
            return atom
        if max(least, most or 0) > _MOST_COPIES or (most is not None and least > most):
            raise Rejected("the regular expression has an invalid number of repetitions")
        is_greedy = self._take("?") == ("U" in self._flags)
        return Repeat(atom, least, most, is_greedy)

    def _is_repetition(self) -> bool:
        return self._symbol() in _REPETITIONS or bool(_COUNT.match(self.pattern, self._position))

    def _symbol(self) -> str:
        return self.pattern[self._position : self._position + 1]

    def _escaped(self) -> Node:
        if self._symbol() in _ASSERTIONS:
            return Assertion(self._next())
        if (ranges := self._perl_class()) is not None:
            return Characters(ranges)
        return self._literal(self._escaped_number())

    def _perl_class(self) -> Ranges | None:
        symbol = self._symbol()
        if symbol in ("p", "P"):
            raise Unsupported("with classes of Unicode")
        if symbol.lower() not in PERL:
            return None
        self._position += 1
        ranges = self._folded(PERL[symbol.lower()])
        return ranges if symbol.islower() else inverted(ranges)

    def _escaped_number(self) -> int:
        """Return the code point of an escape whose backslash is behind."""
        if match := _ESCAPED_NUMBER.match(self.pattern, self._position):
            self._position = match.end()
            number = int(match[3], 8) if match[3] else int(match[1] or match[2], 16)
            if number > LAST:
                raise Rejected("the regular expression has an invalid character")
            return number
        symbol = self._next()
        if symbol in _CONTROL:
            return _CONTROL[symbol]
        if symbol.isascii() and not symbol.isalnum():
            return ord(symbol)
        raise Rejected(f"the regular expression has an invalid escape, `\\{symbol}`")

    def _class(self) -> Node:
        is_inverted = self._take("^")
        found: list[tuple[int, int]] = []
        is_first = True
        while is_first or not self._take("]"):
            is_first = False
            if self._take("[:"):
                found += self._posix_class()
            elif self.pattern.startswith("\\", self._position) and self._is_perl_class(self._position + 1):
                self._position += 1
                found += self._perl_class() or ()
            else:
                first = self._member()
                is_range = self._is_range()
                last = self._member() if is_range else first
                if last < first:
                    raise Rejected("the regular expression has an invalid range of characters")
                found += self._folded(((first, last),))
        ranges = normalized(found)
        return Characters(inverted(ranges) if is_inverted else ranges)

    def _is_perl_class(self, position: int) -> bool:
        symbol = self.pattern[position : position + 1]
        return bool(symbol) and symbol in "dDsSwWpP"

    def _is_range(self) -> bool:
        follows = self.pattern[self._position : self._position + 2]
        if len(follows) == 2 and follows[0] == "-" and follows[1] != "]":  # noqa: PLR2004
            self._position += 1
            return True
        return False

    def _posix_class(self) -> Ranges:
        end = self.pattern.find(":]", self._position)
        name = self.pattern[self._position : end]
        if end < 0 or name.removeprefix("^") not in POSIX:
            raise Rejected("the regular expression has an invalid class of characters")
        self._position = end + 2
        ranges = self._folded(POSIX[name.removeprefix("^")])
        return inverted(ranges) if name.startswith("^") else ranges

    def _member(self) -> int:
        char = self._next()
        return self._escaped_number() if char == "\\" else ord(char)

    def _literal(self, char: int) -> Node:
        return Characters(self._folded(((char, char),)))

    def _folded(self, ranges: Ranges) -> Ranges:
        return folded(ranges) if "i" in self._flags else ranges

    def _take(self, text: str) -> bool:
        if self.pattern.startswith(text, self._position):
            self._position += len(text)
            return True
        return False

    def _next(self) -> str:
        if self._position >= len(self.pattern):
            raise Rejected("the regular expression ends too early")
        self._position += 1
        return self.pattern[self._position - 1]
