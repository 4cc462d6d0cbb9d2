"""JSON with the line of everything in it."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from plainwork_core.errors import InputError

Path = tuple[str | int, ...]
_TOKEN = re.compile(r'\n|[{}\[\],]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')


def load(text: str, file: str) -> tuple[Any, dict[Path, int]]:
    """Parse *text*.

    Args:
        text: the whole of *file*.
        file: its name, for messages.

    Returns:
        What it says, and the line (from 1) of each value by its path of keys and indices; `()` is the whole.

    Raises:
        InputError: it is not JSON, or an object has a key twice.
    """
    try:
        value = json.loads(text, parse_constant=_reject)
        return value, _lines(text, file)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{file}:{error.lineno}: is no JSON, or was cut short: {error.msg} (column {error.colno}); make it again"
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else error
        raise InputError(f"{file}: is no JSON that Terraform reads: {reason}; make it again") from error


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _lines(text: str, file: str) -> dict[Path, int]:
    walk = _Walk(file)
    for match in _TOKEN.finditer(text):
        walk.step(match.group())
    return walk.lines


class _Walk:
    """Steps over the tokens of a JSON text that is known to be well formed, and notes where each value stands."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self._file = file
        self._line = 1
        self._path: list[str | int] = []
        self._in_object: list[bool] = []
        self._awaits_member = False

    def step(self, piece: str) -> None:
        if piece == "\n":
            self._line += 1
        elif piece == ",":
            self._awaits_member = True
        elif piece in "}]":
            self._awaits_member = False
            self._in_object.pop()
            self._path.pop()
        elif self._awaits_member and self._in_object[-1]:
            self._member(str(json.loads(piece)))
        else:
            self._value(piece)

    def _value(self, piece: str) -> None:
        if self._awaits_member:
            before = self._path[-1]
            self._member(before + 1 if isinstance(before, int) else 0)
        if piece in "{[":
            self._in_object.append(piece == "{")
            self._path.append(-1)
            self._awaits_member = True

    def _member(self, key: str | int) -> None:
        self._awaits_member = False
        self._path[-1] = key
        path = tuple(self._path)
        if path in self.lines:
            raise InputError(
                f"{self._file}:{self._line}: the key {key!r} stands twice, first on line {self.lines[path]}; keep one"
            )
        self.lines[path] = self._line
