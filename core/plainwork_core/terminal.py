"""Output to a terminal, to a pipe and to a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO, TextIOWrapper
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_WIDTH_OF_A_PIPE = 120
_LABEL_WIDTH = 13
_COMMAND = re.compile(r"^\s*::|##\[")


@contextmanager
def console(stream: IO[str]) -> Iterator[Console]:
    """Provide a console for *stream*. On a terminal it has colors, according to `NO_COLOR` and `FORCE_COLOR`.

    Otherwise the width is fixed and no line ends in blanks. A character that the encoding of *stream* does not have is
    escaped.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    terminal = Console(file=stream, highlight=False)
    if terminal.is_terminal:
        yield terminal
        return
    text = StringIO()
    yield Console(file=text, highlight=False, width=_WIDTH_OF_A_PIPE)
    stream.writelines(f"{_without_command(line.rstrip())}\n" for line in text.getvalue().splitlines())


def _without_command(line: str) -> str:
    """Return *line* so that GitHub Actions does not take text of an input as a workflow command."""
    if "GITHUB_ACTIONS" in os.environ and _COMMAND.search(line):
        return line.replace("::", ":\N{ZERO WIDTH SPACE}:").replace("##[", "#\N{ZERO WIDTH SPACE}#[")
    return line


def grid(lines: Iterable[tuple[Text, Text]], *, label_width: int = _LABEL_WIDTH) -> Padding:
    """Lay out labels in a narrow column, with the content beside them."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=label_width, no_wrap=True)
    table.add_column(overflow="fold")
    for label, content in lines:
        table.add_row(label, content)
    return Padding(table, (0, 0, 1, 2))
