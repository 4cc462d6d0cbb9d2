"""The comments of HCL files: what is above a block, and the waivers of a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from plainwork_core.read.comments import comment_above
from plainwork_core.read.waiver_comments import waivers_of
from plainwork_core.waivers import CHECKOV_MARK, MARK

if TYPE_CHECKING:
    from plainwork_core.model.stack import Location
    from plainwork_core.waivers import Waiver


@dataclass
class FileComments:
    """The comments of one file.

    Attributes:
        file: its name.
    """

    file: str
    used: set[int] = field(default_factory=set)

    @cached_property
    def _waivers(self) -> Mapping[int, list[Waiver]]:
        found: dict[int, list[Waiver]] = {}
        for comment in waivers_of(self.file).comments:
            found.setdefault(comment.line, []).append(comment.waiver)
        return found

    def above(self, location: Location) -> list[str]:
        """Return the lines of the comment directly above a block, without those of waivers."""
        return [line for line in comment_above(location) if not line.startswith((MARK, CHECKOV_MARK))]

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
