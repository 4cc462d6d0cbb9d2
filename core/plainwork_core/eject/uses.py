"""What expressions use after the ejection: data sources, arguments of resources, and the members of a `for_each`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.bodies import Body
from plainwork_core.eject.known import OPEN, Chosen, Instances, Known, Outputs
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.shapes import EACH_VALUE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.traversals import children, rebuilt

Blocks = list[tuple[Placed, Body]]
WHOLE = "*"
"""All attributes: of a resource that an expression has as a value."""


def used(blocks: Blocks, others: Iterable[Any]) -> set[str]:
    """Return the places of *blocks* to write: resources, and the data sources that they or *others* refer to.

    A data source with a `lifecycle` block checks a condition and is always written.
    """
    bodies = {placed.place: body for placed, body in blocks}
    found = {placed.place for placed, body in blocks if placed.mode == "resource" or "lifecycle" in body}
    left: list[Any] = [*others, *(bodies[place] for place in found)]
    while left:
        for place in _names(left.pop()):
            if place in bodies and place not in found:
                found.add(place)
                left.append(bodies[place])
    return found


def read_arguments(blocks: Blocks, others: Iterable[Any]) -> Mapping[str, set[str]]:
    """Return the attributes by place that an expression may read.

    These are all that it names, if it refers to the resource, and `WHOLE` if it has the resource itself as a value.
    """
    places = {placed.place for placed, _ in blocks}
    bodies = [{name: value for name, value in body.items() if name != "depends_on"} for _, body in blocks]
    found: dict[str, set[str]] = defaultdict(set)
    for expression in (*_expressions(bodies), *others):
        names = _names(expression)
        wholes = _wholes(expression) if names & places else set()
        for place in names & places:
            found[place] |= (names - places) | ({WHOLE} if place in wholes else set())
    return found


def _wholes(given: Any) -> set[str]:
    """Return the names of what is a value, and not only the owner of an attribute that is read."""
    found: set[str] = set()
    seen: dict[tuple[int, bool], Any] = {}
    left = [(given, False)]
    while left:
        each, is_owner = left.pop()
        if (id(each), is_owner) in seen:
            continue
        seen[id(each), is_owner] = each
        if isinstance(each, nodes.GetAttribute) and not is_owner:
            found.add(each.name.removesuffix(OPEN))
        owners = _owners(each, is_owner=is_owner)
        left += [(inner, any(inner is owner for owner in owners)) for inner in _parts(each)]
    return found


def _owners(given: Any, *, is_owner: bool) -> list[Any]:
    """Return the parts of *given* of which it only reads an attribute."""
    match given:
        case nodes.GetAttribute():
            return [given.target]
        case nodes.GetIndex() if is_owner:
            return [given.target]
        case Known() | Instances() if is_owner:
            return _parts(given)
        case nodes.Splat() if given.each != nodes.Variable("*"):
            return [given.target]
        case nodes.For():
            inside = (given.result_key, given.result, given.condition)
            return [] if any(_has(part, nodes.Variable(given.value)) for part in inside) else [given.collection]
    return []


def _has(given: Any, item: nodes.Variable) -> bool:
    """Return whether *given* has *item* itself and not only an attribute of it."""
    if isinstance(given, nodes.GetAttribute) and given.target == item:
        return False
    return given == item or any(_has(inner, item) for inner in _parts(given))


def _expressions(given: Any) -> Iterator[Any]:
    """Yield each expression in a body."""
    if isinstance(given, (dict, list)):
        for inner in _parts(given):
            yield from _expressions(inner)
    else:
        yield given


def _names(given: Any) -> set[str]:
    """Return the names of attributes; that of a resource is its place."""
    return {each.name.removesuffix(OPEN) for each in _each(given) if isinstance(each, nodes.GetAttribute)}


def _each(given: Any) -> Iterator[Any]:
    """Yield *given* and all that is in it. A value that many expressions share is yielded once."""
    seen: dict[int, Any] = {}
    left = [given]
    while left:
        each = left.pop()
        if id(each) not in seen:
            seen[id(each)] = each
            yield each
            left += _parts(each)


def needed(expression: Expression, body: Body) -> tuple[Expression, Body]:
    """Return a literal `for_each` without what *body* does not use of `each.value`, and *body*.

    If that is one attribute, it is the value itself.
    """
    members = known.members_of(expression)
    if members is None or (isinstance(expression, Known) and not expression.names and not expression.is_whole):
        return expression, body
    names = _of_each_value(body)
    if names is not None and not names:
        return nodes.Call("toset", (known.node_of(sorted(members)),)), body
    parts = {key: known.members_of(value) or {} for key, value in members.items()}
    if names is None or not all(parts.values()):
        return expression, body
    (first, *others) = names
    if not others and all(first in part for part in parts.values()) and not _has_module(body):
        single = nodes.GetAttribute(EACH_VALUE, first)
        return known.object_of({key: part[first] for key, part in parts.items()}), _replaced(body, single, EACH_VALUE)
    kept = {key: {name: one for name, one in part.items() if name in names} for key, part in parts.items()}
    return known.object_of({key: known.object_of(part) for key, part in kept.items()}), body


def _has_module(given: Any) -> bool:
    return any(isinstance(each, (Chosen, Instances, Outputs)) for each in _each(given))


def _replaced(given: Any, old: Expression, new: Expression) -> Any:
    """Return *given*, a body or an expression, with *new* in place of *old*."""
    if isinstance(given, dict):
        return {name: _replaced(value, old, new) for name, value in given.items()}
    if isinstance(given, list):
        return [_replaced(value, old, new) for value in given]
    if given == old:
        return new
    return rebuilt(given, lambda inner: _replaced(inner, old, new)) if isinstance(given, nodes.Node) else given


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
    return list(children(given)) if isinstance(given, nodes.Node) else []
