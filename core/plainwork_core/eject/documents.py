"""The document of an ejection in Terraform's JSON syntax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plainwork_core.eject.bodies import Body
from plainwork_core.eject.finish import Finished
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.resources import Move
from plainwork_core.read.comments import comment_above

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
                comment = comment_above(placed.declared.location)
                written = {**({_COMMENT: comment} if comment else {}), **finish.body(body)}
                document.setdefault(mode, {}).setdefault(placed.type, {})[finish.names[placed.place]] = written
    if moves:
        document["moved"] = [{"from": before, "to": after} for before, after in moves]
    return document
