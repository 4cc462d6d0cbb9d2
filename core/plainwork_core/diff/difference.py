"""One difference between two values."""

from __future__ import annotations

from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.values import Unknown, Value

Kind = Literal["added", "removed", "changed", "reordered"]
Path = tuple[str, ...]


@frozen(slots=True)
class Difference:
    """One difference.

    Args:
        kind: `reordered` if only the order of a list differs.
        path: the names of arguments; the key of a member of a list is in brackets: `("ingress", "[tcp 443]")`.
        before: `None` if it is added.
        after: `None` if it is removed; an `Unknown` if it is known only later.
        lines: of a text that has several: those of a unified diff, without its header.
    """

    kind: Kind
    path: Path
    before: Value = None
    after: Value = None
    lines: tuple[str, ...] = ()

    @property
    def argument(self) -> str:
        """The path as text: `ingress[tcp 443].cidr_blocks`."""
        return written(self.path)

    @property
    def is_unknown(self) -> bool:
        """Whether the value is known only after the apply."""
        return isinstance(self.after, Unknown)


def written(path: Path) -> str:
    """Return *path* as text: `ingress[tcp 443].cidr_blocks`."""
    return "".join(step if step.startswith("[") or not index else f".{step}" for index, step in enumerate(path))
