"""A `for_each` with the members that the block uses."""

from __future__ import annotations

from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.bodies import Body
from plainwork_core.eject.known import Instances, Known, Outputs
from plainwork_core.eject.shapes import EACH_VALUE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression


def needed(expression: Expression, body: Body) -> Expression:
    """Return a literal `for_each` without what the block does not use of `each.value`."""
    members = known.members_of(expression)
    if members is None or (isinstance(expression, Known) and not expression.names and not expression.is_whole):
        return expression
    used = _used(body)
    if used is not None and not used:
        return nodes.Call("toset", (known.node_of(sorted(members)),))
    parts = {key: known.members_of(value) for key, value in members.items()}
    if used is None or None in parts.values():
        return expression
    return known.object_of(
        {
            key: known.object_of({name: one for name, one in (part or {}).items() if name in used})
            for key, part in parts.items()
        }
    )


def _used(given: Any) -> set[str] | None:
    """Return the attributes of `each.value` that *given* refers to; `None` if it refers to the whole."""
    if given == EACH_VALUE:
        return None
    if isinstance(given, nodes.GetAttribute) and given.target == EACH_VALUE:
        return {given.name}
    found: set[str] = set()
    for inner in _parts(given):
        used = _used(inner)
        if used is None:
            return None
        found |= used
    return found


def _parts(given: Any) -> list[Any]:
    if isinstance(given, (list, tuple, dict)):
        return list(given.values()) if isinstance(given, dict) else list(given)
    if isinstance(given, (Outputs, Instances)) or not isinstance(given, nodes.Node):
        return []
    return [given.written, given.content] if isinstance(given, Known) else known.parts_of(given)
