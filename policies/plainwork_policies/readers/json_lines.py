"""JSON with the line of everything in it."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from plainwork_policies.errors import CannotJudge

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
        CannotJudge: it is not JSON, or an object has a key twice.
    """
    try:
        value = json.loads(text, parse_constant=_reject)
        return value, _lines(text, file)
    except json.JSONDecodeError as error:
        raise CannotJudge(
            f"{file}:{error.lineno}: is no JSON, or was cut short: {error.msg} (column {error.colno}); make it again"
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else error
        raise CannotJudge(f"{file}: is no JSON that Terraform reads: {reason}; make it again") from error


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _lines(text: str, file: str) -> dict[Path, int]:
    found: dict[Path, int] = {(): 1}
    path: list[str | int] = []
    in_object: list[bool] = []
    line, awaits_member = 1, False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            line += 1
        elif token in "}]":
            awaits_member = False
            in_object.pop()
            path.pop()
        elif token == ",":
            awaits_member = True
        else:
            is_key = awaits_member and in_object[-1]
            if awaits_member:
                path[-1] = _next(path[-1], token, is_key=is_key)
                _add(found, tuple(path), line, file)
                awaits_member = False
            if not is_key and token in "{[":
                in_object.append(token == "{")
                path.append(-1)
                awaits_member = True
    return found


def _next(step: str | int, token: str, *, is_key: bool) -> str | int:
    if is_key:
        return str(json.loads(token))
    return step + 1 if isinstance(step, int) else 0


def _add(found: dict[Path, int], path: Path, line: int, file: str) -> None:
    if path in found:
        raise CannotJudge(f"{file}:{line}: the key {path[-1]!r} stands twice, first on line {found[path]}; keep one")
    found[path] = line
