"""JSON with the line of everything in it."""

from __future__ import annotations

import json
import re
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.read import json_text

Path = tuple[str | int, ...]
_TOKEN = re.compile(r'\n|[{}\[\],]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')


def load(text: str, file: str) -> tuple[Any, dict[Path, int]]:
    """Parse *text*.

    Args:
        text: the whole of *file*.
        file: its name, for messages.

    Returns:
        The value, and the line (from 1) of each value in it by its path of keys and indices; `()` is the whole.

    Raises:
        InputError: it is not JSON, or an object has a key twice.
    """
    value = json_text.parse(text, file)
    return value, _lines(text, file)


def _lines(text: str, file: str) -> dict[Path, int]:
    walk = _Walk(file)
    for match in _TOKEN.finditer(text):
        walk.step(match.group())
    return walk.lines


class _Walk:
    """Iterates over the tokens of a well-formed JSON text, and records the line of each value."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self._file = file
        self._line = 1
        self._path: list[str | int] = []
        self._in_object: list[bool] = []
        self._expects_member = False

    def step(self, piece: str) -> None:
        if piece == "\n":
            self._line += 1
        elif piece == ",":
            self._expects_member = True
        elif piece in "}]":
            self._expects_member = False
            self._in_object.pop()
            self._path.pop()
        elif self._expects_member and self._in_object[-1]:
            self._member(str(json.loads(piece)))
        else:
            self._value(piece)

    def _value(self, piece: str) -> None:
        if self._expects_member:
            before = self._path[-1]
            self._member(before + 1 if isinstance(before, int) else 0)
        if piece in "{[":
            self._in_object.append(piece == "{")
            self._path.append(-1)
            self._expects_member = True

    def _member(self, key: str | int) -> None:
        self._expects_member = False
        self._path[-1] = key
        path = tuple(self._path)
        if path in self.lines:
            raise InputError(
                f"{self._file}:{self._line}: duplicate key {key!r}, first on line {self.lines[path]}; remove one"
            )
        self.lines[path] = self._line
