"""The comments of HCL files: what is above a block, and the waivers of a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.hcl.syntax.lexer import lex_with_remarks
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.read.waiver_comments import waivers_of
from plainwork_core.waivers import CHECKOV_MARK, MARK

if TYPE_CHECKING:
    from plainwork_core.model.stack import Location
    from plainwork_core.waivers import Waiver

_RULERS = "#-=*~/ "


@dataclass
class FileComments:
    """The comments of one file.

    Attributes:
        file: its name.
    """

    file: str
    used: set[int] = field(default_factory=set)

    @cached_property
    def _lines(self) -> Mapping[int, str]:
        """The comments that are alone on their line, by line."""
        if not self.file.endswith((".tf", ".tofu")):
            return {}
        text = decode(read_bytes(Path(self.file)), self.file)
        lines = text.split("\n")
        _, remarks = lex_with_remarks(text)
        return {line: remark for line, remark in remarks if lines[line - 1].strip() == remark.strip()}

    @cached_property
    def _waivers(self) -> Mapping[int, list[Waiver]]:
        found: dict[int, list[Waiver]] = {}
        for comment in waivers_of(self.file).comments:
            found.setdefault(comment.line, []).append(comment.waiver)
        return found

    def above(self, location: Location) -> list[str]:
        """Return the lines of the comment directly above a block, without those of waivers."""
        lines: list[str] = []
        line = location.line - 1
        while line in self._lines:
            lines.insert(0, self._lines[line].strip().lstrip("#/").strip())
            line -= 1
        return [line for line in lines if line.strip(_RULERS) and not line.startswith((MARK, CHECKOV_MARK))]

    def waivers(self, location: Location) -> list[dict[str, str]]:
        """Return the waivers of a block, as the metadata of a synthesized stack has them."""
        found = self._waivers.get(location.line, [])
        self.used.add(location.line)
        return [
            {
                "policy": waiver.policy,
                "reason": waiver.reason,
                "owner": waiver.owner,
                "expires": waiver.expires.isoformat(),
                **({"address": waiver.address} if waiver.address else {}),
            }
            for waiver in found
        ]

    def other_waivers(self) -> Iterator[str]:
        """Yield a note for each waiver that is not of a whole resource or data source."""
        for line, waivers in self._waivers.items():
            if line not in self.used:
                for waiver in waivers:
                    yield f"{self.file}:{line}: the waiver of {waiver.policy} is not in the Python; use plainwork.toml"
