"""The parts of a template before it is parsed, and the white space that `~` and `<<-` remove."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plainwork_core.frozen import frozen

Token = tuple[str, Any, int]
"""Kind, value and line."""


@frozen(slots=True)
class Text:
    """Literal text. In a heredoc each line is one, and `~` strips only up to its end."""

    value: str
    line: int


@frozen(slots=True)
class Insertion:
    """`${ ... }` or `%{ ... }`, with or without `~` on either side; *opener* is its first two characters."""

    opener: str
    tokens: list[Token]
    strip_left: bool
    strip_right: bool
    line: int


Part = Text | Insertion


def strip(parts: list[Part]) -> list[Part]:
    """Remove the white space beside each `~`."""
    return [_stripped(part, index, parts) if isinstance(part, Text) else part for index, part in enumerate(parts)]


def _stripped(part: Text, index: int, parts: list[Part]) -> Text:
    before = parts[index - 1] if index else None
    after = parts[index + 1] if index + 1 < len(parts) else None
    text = part.value
    if isinstance(before, Insertion) and before.strip_right:
        text = text.lstrip()
    if isinstance(after, Insertion) and after.strip_left:
        text = text.rstrip()
    return part if text == part.value else replace(part, value=text)


def dedent(parts: list[Part]) -> list[Part]:
    """Remove the common indentation of the lines of a `<<-` heredoc; blank lines do not count."""
    starts = [index for index in range(len(parts)) if _starts_line(parts, index)]
    margin = min((_indentation(parts[index]) for index in starts), default=0)
    dedented = list(parts)
    for index in starts:
        part = parts[index]
        if isinstance(part, Text):
            dedented[index] = replace(part, value=part.value[margin:])
    return dedented


def _starts_line(parts: list[Part], index: int) -> bool:
    part, before = parts[index], parts[index - 1] if index else None
    if before is not None and not (isinstance(before, Text) and before.value.endswith("\n")):
        return False
    return not (isinstance(part, Text) and part.value.endswith("\n") and part.value.isspace())


def _indentation(part: Part) -> int:
    return len(part.value) - len(part.value.lstrip()) if isinstance(part, Text) else 0
