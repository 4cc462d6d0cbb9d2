"""The comments of HCL files that are above a block."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.hcl.syntax.lexer import lex_with_remarks
from plainwork_core.read.text import decode, read_bytes

if TYPE_CHECKING:
    from plainwork_core.model.blocks import Location

_HCL = (".tf", ".tofu")
_RULERS = "#-=*~/ "


def comment_above(location: Location) -> list[str]:
    """Return the lines of the comment directly above a block, without the marks and without rulers; in JSON, none."""
    remarks = _remarks(location.file)
    lines: list[str] = []
    line = location.line - 1
    while line in remarks:
        lines.insert(0, remarks[line])
        line -= 1
    return [line for line in lines if line.strip(_RULERS)]


@cache
def _remarks(file: str) -> Mapping[int, str]:
    """Return the comments of *file* that are alone on their line, by line."""
    if not file.endswith(_HCL):
        return {}
    text = decode(read_bytes(Path(file)), file)
    lines = text.split("\n")
    _, remarks = lex_with_remarks(text)
    return {
        line: remark.strip().lstrip("#/").strip()
        for line, remark in remarks
        if lines[line - 1].strip() == remark.strip()
    }
