"""One difference as safe text, and how it is written on one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from plainwork_core.frozen import frozen
from plainwork_core.text import count

if TYPE_CHECKING:
    from plainwork_core.diff.difference import Kind

Sign = Literal["+", "-", "~", "="]
SIGNS: Mapping[Kind, Sign] = {"added": "+", "removed": "-", "changed": "~", "reordered": "="}
FORCES = "forces the replacement"
ACTION_SIGNS: Mapping[str, str] = {
    "create": "+",
    "update": "~",
    "replace": "-/+",
    "delete": "-",
    "forget": "x",
    "read": "<=",
    "none": "=",
}
"""Terraform's signs of the actions."""


@frozen(slots=True)
class Line:
    """One difference of a change.

    Args:
        sign: `+`, `-`, `~`, or `=` for another order only.
        argument: such as `ingress[tcp 443].cidr_blocks`.
        before: the value as text; `""` if there is none.
        after: as *before*.
        text: of a value with several lines: those of a unified diff.
        forces: whether it forces the replacement.
        note: what else is known, such as `may force a replacement`.
    """

    sign: Sign
    argument: str
    before: str = ""
    after: str = ""
    text: tuple[str, ...] = ()
    forces: bool = False
    note: str = ""


def line_text(line: Line) -> str:
    """Return a difference on one line, without the lines of a text."""
    if line.sign == "=":
        return f"{line.argument}: another order"
    if line.text:
        added = sum(row.startswith("+") for row in line.text)
        return f"{line.argument}: {count(added, 'line')} added, {len(line.text) - added - _context(line)} removed"
    changed = f"{line.before or 'unset'} -> {line.after or 'unset'}" if line.before or line.after else ""
    values = {"+": line.after, "-": line.before}.get(line.sign, changed)
    return f"{line.argument}: {values}" if values else line.argument


def _context(line: Line) -> int:
    return sum(not row.startswith(("+", "-")) for row in line.text)
