"""The content of the picture of a stack."""

from __future__ import annotations

from plainwork_core.frozen import frozen
from plainwork_policies.review.levels import Level, Verb


@frozen(slots=True)
class Node:
    """A box of the picture: the instances of a block, or a group; *anchor* is that of its worst change."""

    key: str
    label: str
    caption: str
    verb: Verb
    level: Level
    column: int
    row: int
    anchor: str = ""


@frozen(slots=True)
class Picture:
    """The changed resources and what they refer to, in columns. *edges* are pairs of keys; *left_out* is not shown."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    left_out: int = 0
