"""The lines of a finding in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from rich.text import Text

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Location
from plainwork_core.read.text import decode
from plainwork_core.secrets import hidden_line

_AROUND = 1


def excerpt(location: Location, hide: Callable[[str], str]) -> Text:
    """Return the line at *location* with its neighbors and line numbers; empty if the format has no lines.

    *hide* hides the secrets of the stack, and the name of an argument those that the stack does not have.
    """
    lines = _lines(Path(location.file).absolute())
    if not 0 < location.line <= len(lines):
        return Text()
    around = range(max(1, location.line - _AROUND), min(len(lines), location.line + _AROUND) + 1)
    numbered = [(number, lines[number - 1]) for number in around if lines[number - 1].strip()]
    margin = _common_indent(line for _, line in numbered)
    return Text("\n").join(
        _numbered(number, hidden_line(hide(line[margin:])), is_marked=number == location.line)
        for number, line in numbered
    )


def _numbered(number: int, line: str, *, is_marked: bool) -> Text:
    text = "".join(character if character.isprintable() else " " for character in line)
    if is_marked:
        return Text.assemble((f"> {number:>4} | ", "bold red"), (text, "bold"))
    return Text(f"  {number:>4} | {text}", "dim")


def _common_indent(lines: Iterable[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines), default=0)


@cache
def _lines(file: Path) -> tuple[str, ...]:
    try:
        return tuple(decode(file.read_bytes(), str(file)).splitlines())
    except (OSError, InputError):
        return ()
