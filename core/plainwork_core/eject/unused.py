"""The data sources that nothing refers to after the ejection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.bodies import Body
from plainwork_core.eject.known import OPEN, Known, Outputs
from plainwork_core.eject.placed import Placed
from plainwork_core.hcl.syntax import nodes

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


def _places(given: Any) -> Iterable[str]:
    if isinstance(given, (dict, list, tuple)):
        for inner in given.values() if isinstance(given, dict) else given:
            yield from _places(inner)
    elif isinstance(given, Known):
        yield from (*_places(given.written), *_places(given.content))
    elif isinstance(given, Outputs):
        yield from (place for name in given.scope.output_names for place in _places(given.scope.output(name)))
    elif isinstance(given, nodes.Node):
        if isinstance(given, nodes.GetAttribute):
            yield given.name.removesuffix(OPEN)
        for name in known.inner_names(type(given)):
            yield from _places(getattr(given, name))
