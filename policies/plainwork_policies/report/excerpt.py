"""The lines of a finding in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rich.text import Text

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Location
from plainwork_core.read.text import decode

_AROUND = 1
_SECRET = re.compile(
    r'((?:access_key|secret|(?<!creation_)token|password|private_key|customer_key)\w*"?\s*[=:]\s*)".*', re.IGNORECASE
)


def excerpt(location: Location) -> Text:
    """Return the line at *location* with its neighbors and line numbers; empty if the format has no lines.

    A string value of an argument with the name of a secret (`secret_key = "..."`) is omitted, not `creation_token`.
    """
    lines = _lines(location.file)
    if not 0 < location.line <= len(lines):
        return Text()
    around = range(max(1, location.line - _AROUND), min(len(lines), location.line + _AROUND) + 1)
    numbered = [(number, lines[number - 1]) for number in around if lines[number - 1].strip()]
    margin = _common_indent(line for _, line in numbered)
    return Text("\n").join(
        _numbered(number, line[margin:], is_marked=number == location.line) for number, line in numbered
    )


def _numbered(number: int, line: str, *, is_marked: bool) -> Text:
    printable = "".join(character if character.isprintable() else " " for character in line)
    text = _SECRET.sub(r"\1(secret)", printable)
    if is_marked:
        return Text.assemble((f"> {number:>4} | ", "bold red"), (text, "bold"))
    return Text(f"  {number:>4} | {text}", "dim")


def _common_indent(lines: Iterable[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines), default=0)


@cache
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(decode(Path(file).read_bytes(), file).splitlines())
    except (OSError, InputError):
        return ()
