"""A diff as text, whole: each block with the differences of its arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import groupby
from typing import IO

from rich.console import Console
from rich.text import Text

from plainwork_core.code_diff.model import BlockChange, CodeChange, CodeDiff, Verb
from plainwork_core.code_diff.words import counted, headline, without_meaning
from plainwork_core.diff.as_text import rows
from plainwork_core.diff.line import ACTION_SIGNS
from plainwork_core.repository import repository_path
from plainwork_core.terminal import console, grid
from plainwork_core.text import clean

_STYLES: Mapping[Verb, str] = {"create": "green", "delete": "red", "forget": "red", "replace": "bold red"}
_Lines = Iterator[tuple[Text, Text]]


def write(found: CodeDiff, stream: IO[str]) -> None:
    """Write *found* to *stream*, with colors on a terminal."""
    with console(stream) as out:
        out.print(Text(clean(headline(found)), "bold"))
        if found.changes:
            out.print()
        for part in found.parts if len(found.parts) > 1 or found.changes else ():
            if part.is_layout:
                out.print(Text(clean(without_meaning(part)), "dim"))
            else:
                out.print(Text(clean(_title(part)), "bold underline"))
                _write_changes(part, out)
        _write_notes(found, out)


def write_file(found: CodeDiff, stream: IO[str]) -> None:
    """Write the changes of one file, whose name is written before, to *stream*, with colors on a terminal."""
    with console(stream) as out:
        for part in found.parts:
            out.print(Text(counted(part.changes), "bold"))
            _write_changes(part, out)
        _write_notes(found, out)


def _write_changes(part: CodeChange, out: Console) -> None:
    for section, changes in groupby(part.changes, lambda change: change.section):
        out.print(grid(_section(section, list(changes), part.name)))


def _write_notes(found: CodeDiff, out: Console) -> None:
    for note in found.notes:
        out.print(Text(clean(note), "blue"))


def render(found: CodeDiff) -> str:
    """Return the diff without colors."""
    stream = StringIO()
    write(found, stream)
    return stream.getvalue().rstrip("\n")


def _title(part: CodeChange) -> str:
    former = f" (was {part.former})" if part.former else ""
    return f"{part.name}{former}: {counted(part.changes)}" if part.changes else f"{part.name}{former}"


def _section(section: str, changes: list[BlockChange], name: str) -> _Lines:
    if section:
        yield Text(), Text(clean(section), "bold")
    for change in changes:
        yield from _change(change, _place(change, name))


def _place(change: BlockChange, name: str) -> str:
    """Return file and line, from the root of the repository; without the file if it is the whole module *name*."""
    if not change.place or not change.place.line:
        return ""
    return f"  {'' if change.place.file == name else repository_path(change.place.file)}:{change.place.line}"


def _change(change: BlockChange, place: str) -> _Lines:
    style = _STYLES.get(change.verb, "yellow")
    head = Text.assemble((clean(change.address), "bold"), (clean(place), "cyan"))
    yield Text(f"{ACTION_SIGNS[change.verb]:>3}  {change.verb if change.verb != 'none' else 'rename'}", style), head
    for note in change.notes:
        yield Text(), Text(clean(note), "italic")
    for line in change.lines:
        yield from rows(line)
