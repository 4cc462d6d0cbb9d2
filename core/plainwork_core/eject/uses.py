"""What is used after the ejection: the data sources that something refers to, and the members of a `for_each`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.bodies import Body
from plainwork_core.eject.known import OPEN, Known, Outputs
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.shapes import EACH_VALUE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

Blocks = list[tuple[Placed, Body]]


def used(blocks: Blocks, others: Iterable[Any]) -> set[str]:
    """Return the places of *blocks* to write: resources, and the data sources that they or *others* refer to.

    A data source with a `lifecycle` block checks a condition and is always written.
    """
    bodies = {placed.place: body for placed, body in blocks}
    found = {placed.place for placed, body in blocks if placed.mode == "resource" or "lifecycle" in body}
    left: list[Any] = [*others, *(bodies[place] for place in found)]
    while left:
        for place in _places(left.pop()):
            if place in bodies and place not in found:
                found.add(place)
                left.append(bodies[place])
    return found


def _places(given: Any) -> Iterator[str]:
    if isinstance(given, nodes.GetAttribute):
        yield given.name.removesuffix(OPEN)
    for inner in _parts(given):
        yield from _places(inner)


def needed(expression: Expression, body: Body) -> Expression:
    """Return a literal `for_each` without what the block does not use of `each.value`."""
    members = known.members_of(expression)
    if members is None or (isinstance(expression, Known) and not expression.names and not expression.is_whole):
        return expression
    of_value = _of_each_value(body)
    if of_value is not None and not of_value:
        return nodes.Call("toset", (known.node_of(sorted(members)),))
    parts = {key: known.members_of(value) for key, value in members.items()}
    if of_value is None or None in parts.values():
        return expression
    return known.object_of(
        {
            key: known.object_of({name: one for name, one in (part or {}).items() if name in of_value})
            for key, part in parts.items()
        }
    )


def _of_each_value(given: Any) -> set[str] | None:
    """Return the attributes of `each.value` that *given* refers to; `None` if it refers to the whole."""
    if given == EACH_VALUE:
        return None
    if isinstance(given, nodes.GetAttribute) and given.target == EACH_VALUE:
        return {given.name}
    found: set[str] = set()
    for inner in _parts(given):
        names = _of_each_value(inner)
        if names is None:
            return None
        found |= names
    return found


def _parts(given: Any) -> list[Any]:
    """Return what is directly in *given*: a body, a list of expressions, or an expression."""
    if isinstance(given, (dict, list, tuple)):
        return list(given.values() if isinstance(given, dict) else given)
    if isinstance(given, Outputs):
        return [given.scope.output(name) for name in given.scope.output_names]
    return known.parts_of(given) if isinstance(given, nodes.Node) else []
