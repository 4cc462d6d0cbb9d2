"""The document of an ejection in Terraform's JSON syntax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from plainwork_core.eject.bodies import Body
from plainwork_core.eject.finish import Finished
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.resources import Move
from plainwork_core.hcl.syntax.lexer import lex_with_remarks
from plainwork_core.read.text import decode, read_bytes

_COMMENT = "//"


def document_of(
    blocks: Sequence[tuple[Placed, Body]],
    kept: Mapping[str, Any],
    moves: Sequence[Move],
    finish: Finished,
) -> dict[str, Any]:
    """Return the document with *blocks*, the values that are *kept* as local values, and *moves*."""
    document: dict[str, Any] = {}
    if kept:
        document["locals"] = {finish.local_names[place]: finish.value(value) for place, value in kept.items()}
    for mode in ("data", "ephemeral", "resource"):
        for placed, body in blocks:
            if placed.mode == mode:
                comment = _comment(placed)
                written = {**({_COMMENT: comment} if comment else {}), **finish.body(body)}
                document.setdefault(mode, {}).setdefault(placed.type, {})[finish.names[placed.place]] = written
    if moves:
        document["moved"] = [{"from": before, "to": after} for before, after in moves]
    return document


def _comment(placed: Placed) -> list[str]:
    """Return the lines of the comment directly above the block of *placed*."""
    location = placed.declared.location
    remarks = _remarks(location.file)
    lines: list[str] = []
    line = location.line - 1
    while line in remarks:
        lines.insert(0, remarks[line])
        line -= 1
    return [line for line in lines if line.strip("#-=* /")]


@cache
def _remarks(file: str) -> dict[int, str]:
    """Return the comments of *file* that are alone on their line, by line."""
    text = decode(read_bytes(Path(file)), file)
    lines = text.split("\n")
    _, remarks = lex_with_remarks(text)
    return {line: remark.lstrip("#/").strip() for line, remark in remarks if lines[line - 1].strip() == remark.strip()}
