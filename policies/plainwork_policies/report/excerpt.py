"""The lines that a finding is about, as they stand in the file."""

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
    r'((?:access_key|secret|token|password|private_key|customer_key)\w*"?\s*[=:]\s*)".*', re.IGNORECASE
)


def excerpt(location: Location) -> Text:
    """Return the line at *location* between its neighbors, numbered; empty where the format has no lines.

    A string given to an argument that is named like a secret (`secret_key = "..."`) is left out.
    """
    lines = _lines(location.file)
    if not 0 < location.line <= len(lines):
        return Text()
    around = range(max(1, location.line - _AROUND), min(len(lines), location.line + _AROUND) + 1)
    shown = [(number, lines[number - 1]) for number in around if lines[number - 1].strip()]
    margin = _common_indent(line for _, line in shown)
    return Text("\n").join(_numbered(number, line[margin:], is_meant=number == location.line) for number, line in shown)


def _numbered(number: int, line: str, *, is_meant: bool) -> Text:
    written = _SECRET.sub(r"\1(secret)", "".join(each if each.isprintable() else " " for each in line))
    if is_meant:
        return Text.assemble((f"> {number:>4} | ", "bold red"), (written, "bold"))
    return Text(f"  {number:>4} | {written}", "dim")


def _common_indent(lines: Iterable[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines), default=0)


@cache
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(decode(Path(file).read_bytes(), file).splitlines())
    except (OSError, InputError):
        return ()
