"""One difference in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from plainwork_core.diff.line import FORCES, Line, line_text
from plainwork_core.text import clean

_STYLES = {"+": "green", "-": "red", "~": "yellow", "=": "dim"}


def rows(line: Line, most: int | None = None) -> Iterator[tuple[Text, Text]]:
    """Yield the rows of a difference: an empty first column, and what differs.

    Args:
        line: the difference.
        most: the number of lines of a text that are shown; `None` for all.
    """
    note, style = (FORCES, "bold red") if line.forces else (line.note, "magenta")
    text = (f"{line.sign} {clean(line_text(line))}", _STYLES[line.sign])
    yield Text(), Text.assemble(text, (f"  # {note}" if note else "", style))
    for row in line.text[:most]:
        yield Text(), Text(f"    {clean(row)}", _STYLES.get(row[:1], "dim"))
