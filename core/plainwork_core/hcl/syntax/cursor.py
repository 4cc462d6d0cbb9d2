"""A cursor over tokens, which every part of the parser uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parts import Token

_SHOWN = {"newline": "the end of the line", "template": "a string", "string": "a string"}


class Tokens:
    """Tokens and the position of the next one. A new line is a token, except within brackets."""

    def __init__(self, tokens: list[Token], *, newlines: bool = True) -> None:
        self._tokens = tokens
        self._position = 0
        self._newlines = newlines

    @property
    def kind(self) -> str:
        """The kind of the next token."""
        tokens = self._tokens
        if not self._newlines:
            while tokens[self._position][0] == "newline":
                self._position += 1
        return tokens[self._position][0]

    @property
    def value(self) -> Any:
        """The value of the next token, whose `kind` has been asked for."""
        return self._tokens[self._position][1]

    @property
    def line(self) -> int:
        """The line of the next token."""
        return self._tokens[self._position][2]

    def take(self, *kinds: str) -> bool:
        """Pass the next token if it is of one of *kinds*, and tell whether it was."""
        found = self.kind in kinds
        self._position += found
        return found

    def take_word(self, word: str) -> bool:
        """Pass the next token if it is the name *word*, and tell whether it was."""
        found = self.kind == "name" and self.value == word
        self._position += found
        return found

    def expect(self, kind: str, wanted: str) -> Any:
        """Pass the next token, which must be of *kind*, and return its value."""
        if self.kind != kind:
            self.fail(wanted)
        value = self.value
        self._position += 1
        return value

    def next(self) -> Any:
        """Pass the next token and return its value."""
        return self.expect(self.kind, "")

    def fail(self, wanted: str) -> NoReturn:
        """Raise the error that *wanted* was expected where the next token is."""
        kind, value, line = self._tokens[self._position]
        shown = f"`{value}`" if kind not in _SHOWN and value != "" else _SHOWN.get(kind, "the end of the text")
        raise HclError(f"expected {wanted}, found {shown}", line)

    @contextmanager
    def newlines(self, significant: bool) -> Iterator[None]:  # noqa: FBT001  a context named by its argument
        """Read with new lines as tokens or without, until the end of the `with`."""
        before, self._newlines = self._newlines, significant
        try:
            yield
        finally:
            self._newlines = before

    def follows(self, *kinds: str) -> bool:
        """Return whether the token after the next one is of one of *kinds*."""
        return self.kind != "end" and self._tokens[self._position + 1][0] in kinds

    def starts_for(self) -> bool:
        """Pass the word `for` if it is next, on this line or a later one, and tell whether it was."""
        position = self._position
        with self.newlines(significant=False):
            if self.take_word("for"):
                return True
        self._position = position
        return False
