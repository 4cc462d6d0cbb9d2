"""The content of a diff. Its texts have no secrets; a presenter only arranges them."""

from __future__ import annotations

from typing import Literal

from plainwork_core.diff.line import Line
from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location

Verb = Literal["create", "delete", "forget", "replace", "update", "none"]
"""What Terraform does to a resource. Another block is created, deleted or updated. `none`: only its address changes."""


@frozen(slots=True)
class BlockChange:
    """One block that differs.

    Args:
        address: in the new version; of a block that is gone, in the old one.
        kind: `resource`, `data`, `module`, `variable`, ...
        type: of a resource or data source, otherwise the kind.
        verb: what happens to it.
        lines: the differences of its arguments.
        notes: what else is known, such as `moved from aws_vpc.a`.
        place: the Python or HCL line; `None` if it is not known, or gone.
        section: the construct, or the comment above its section; `""` for none.
        former: the address in the old version, if it is another one.
    """

    address: str
    kind: str
    type: str
    verb: Verb
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    place: Location | None = None
    section: str = ""
    former: str = ""


@frozen(slots=True)
class CodeChange:
    """One root module or local module that differs.

    Args:
        name: its path, or the name of its file.
        changes: its blocks that differ.
        former: its path in the old version, if it is another one.
        is_layout: whether the texts differ, and all blocks are equal: comments, layout, order, spelling.
    """

    name: str
    changes: tuple[BlockChange, ...] = ()
    former: str = ""
    is_layout: bool = False


@frozen()
class CodeDiff:
    """The difference of two configurations.

    Args:
        before: the name of the old one.
        after: the name of the new one.
        parts: the root modules and local modules that differ, in the order of their names.
        notes: what is not known.
    """

    before: str
    after: str
    parts: tuple[CodeChange, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[BlockChange, ...]:
        """The blocks that differ."""
        return tuple(change for part in self.parts for change in part.changes)
