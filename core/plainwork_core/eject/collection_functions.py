"""The functions on lists and maps whose result is known although members of their arguments are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from plainwork_core.eject import certainty, folding, known
from plainwork_core.eject.conversion import CONVERSIONS
from plainwork_core.eject.known import Invalid, Known, content, items_of, members_of
from plainwork_core.eject.templates import template
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

Folded = Expression | None


def _length(of: Expression) -> Folded:
    found = content(of)
    members = items_of(found)
    if members is None and isinstance(found, nodes.Object) and members_of(found) is not None:
        return nodes.Literal(len(found.members))
    if members is None or (isinstance(found, nodes.Call) and not known.is_literal(found)):
        return None
    return nodes.Literal(len(members))


def _referred(of: Expression) -> list[Expression] | None:
    """Return the members of a list, each as a reference if the list is one: `local.zones[0]`."""
    items = items_of(of)
    is_reference = isinstance(of, Known) and isinstance(of.written, (nodes.GetAttribute, nodes.GetIndex))
    if items is None or not is_reference or not isinstance(content(of), nodes.Sequence):
        return items
    return [folding.index(nodes.GetIndex(of, number), of, number) for number in map(nodes.Literal, range(len(items)))]


def _concat(*lists: Expression) -> Folded:
    if len(lists) == 1:
        return lists[0]
    parts = [_referred(one) for one in lists]
    if any(part is None for part in parts):
        return None
    return nodes.Sequence(tuple(item for part in parts for item in part or ()))


def _merge(*maps: Expression) -> Folded:
    given = [one for one in maps if not known.is_null(one)]
    parts = [members_of(one) for one in given]
    if len(given) == 1:
        return given[0]
    if any(part is None for part in parts):
        return None
    return known.object_of({key: value for part in parts for key, value in (part or {}).items()})


def _lookup(of: Expression, key: Expression, *default: Expression) -> Folded:
    members, name = members_of(of), content(key)
    if members == {} and default:
        return default[0]
    if members is None or not isinstance(name, nodes.Literal):
        return None
    if str(name.value) not in members and not default:
        raise Invalid(f"`lookup()`: there is no `{name.value}`")
    found = members.get(str(name.value))
    return found if found is not None else default[0]


def element(of: Expression, place: Expression) -> Folded:
    """Return a member of a list, from the beginning again after its end."""
    items, number = items_of(of), content(place)
    if isinstance(content(of), nodes.Sequence) and items and isinstance(number, nodes.Literal):
        return items[int(str(number.value)) % len(items)]
    return None


def _format(pattern: Expression, *values: Expression) -> Folded:
    whole = pattern.written if isinstance(pattern, Known) and not pattern.names else pattern
    left, parts = list(values), []
    for part in whole.parts if isinstance(whole, nodes.TemplateExpr) else (whole,):
        if not isinstance(part, nodes.Literal):
            parts.append(part)
            continue
        first, *others = _PLACES.split(str(part.value))
        if any("%" in text for text in (first, *others)) or len(others) > len(left):
            return None
        parts += [nodes.Literal(first), *(one for text in others for one in (left.pop(0), nodes.Literal(text)))]
    is_simple = isinstance(whole, (nodes.TemplateExpr, nodes.Literal)) and not left
    return template(parts) if is_simple and not any(map(_is_collection, values)) else None


def _is_collection(node: Expression) -> bool:
    return isinstance(content(node), (nodes.Sequence, nodes.Object, nodes.Call))


def _join(separator: Expression, of: Expression) -> Folded:  # noqa: ARG001  one member has no separator
    items = items_of(of)
    return items[0] if items and len(items) == 1 and certainty.is_certain(items[0]) else None


def _slice(of: Expression, first: Expression, end: Expression) -> Folded:
    bounds = (content(first), content(end))
    if not all(isinstance(bound, nodes.Literal) and isinstance(bound.value, int) for bound in bounds):
        return None
    start, stop = (bound.value for bound in bounds)
    items = items_of(of)
    if items is None:  # `slice` fails if the list is shorter
        members = tuple(nodes.GetIndex(of, nodes.Literal(place)) for place in range(start, stop))
        return Known(nodes.Call("slice", (of, first, end)), nodes.Sequence(members))
    return nodes.Sequence(tuple(items[start:stop]))


def _coalesce(*given: Expression) -> Folded:
    left = [one for one in given if not known.is_null(one) and content(one) != nodes.Literal("")]
    if left and (certainty.is_filled(left[0]) or isinstance(content(left[0]), nodes.Literal)):
        return left[0]
    if len(left) == 1:
        return left[0]
    return nodes.Call("coalesce", tuple(left)) if left and len(left) < len(given) else None


def _coalescelist(*given: Expression) -> Folded:
    for one in given:
        items = items_of(one)
        if items is None:
            return None
        if items:
            return one
    return None


def _one(of: Expression) -> Folded:
    items = items_of(of)
    if items is None or len(items) > 1:
        return None
    return items[0] if items else known.NULL


def _listed(of: Expression, *, is_of_keys: bool) -> Folded:
    """Return the keys or the values of a map, those of a `for` too."""
    found = content(of)
    if isinstance(found, nodes.For) and found.result_key is not None:
        return replace(found, result_key=None, result=found.result_key if is_of_keys else found.result)
    members = members_of(of)
    if members is None:
        return None
    return (
        known.node_of(sorted(members)) if is_of_keys else nodes.Sequence(tuple(members[key] for key in sorted(members)))
    )


def _flatten(of: Expression) -> Folded:
    items = items_of(of)
    found: list[Expression] = []
    for item in items or ():
        inner = content(item)
        if isinstance(inner, (nodes.Sequence, nodes.Call)):
            flat = _flatten(inner)
            if flat is None:
                return None
            found += flat.items
        elif isinstance(inner, (nodes.Literal, nodes.Object, nodes.TemplateExpr)) or certainty.is_never_null(inner):
            found.append(item)
        else:
            return None  # it may be a list
    return None if items is None else nodes.Sequence(tuple(found))


def _compact(of: Expression) -> Folded:
    items = items_of(of)
    if items is None:
        return None
    left = [item for item in items if not known.is_null(item) and content(item) != nodes.Literal("")]
    if all(map(certainty.is_filled, left)):
        return nodes.Sequence(tuple(left))
    return nodes.Call("compact", (nodes.Sequence(tuple(left)),)) if len(left) < len(items) else None


def _distinct(of: Expression) -> Folded:
    items = items_of(of)
    return nodes.Sequence(tuple(items)) if items is not None and len(items) <= 1 else None


def _contains(of: Expression, value: Expression) -> Folded:
    items = items_of(of)
    return nodes.Literal(value=False) if items == [] else None if items is None else _found(items, value)


def _found(items: list[Expression], value: Expression) -> Folded:
    return nodes.Literal(value=True) if content(value) in [content(item) for item in items] else None


def _zipmap(keys: Expression, values: Expression) -> Folded:
    names, items = items_of(keys), items_of(values)
    if names is None or items is None or not all(isinstance(content(name), nodes.Literal) for name in names):
        return None
    return known.object_of({str(content(name).value): item for name, item in zip(names, items, strict=False)})


_PLACES = re.compile("%s")
_MANY = (1, 1000)
COUNTS = {
    "lookup": (2, 3),
    "element": (2, 2),
    "format": (1, 1000),
    "join": (2, 2),
    "slice": (3, 3),
    "contains": (2, 2),
    "zipmap": (2, 2),
    "merge": _MANY,
    "concat": _MANY,
    "coalesce": _MANY,
    "coalescelist": _MANY,
}
FUNCTIONS: dict[str, Callable[..., Folded]] = {
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "compact": _compact,
    "concat": _concat,
    "contains": _contains,
    "distinct": _distinct,
    "element": element,
    "flatten": _flatten,
    "format": _format,
    "join": _join,
    "keys": partial(_listed, is_of_keys=True),
    "length": _length,
    "lookup": _lookup,
    "merge": _merge,
    "one": _one,
    "slice": _slice,
    "values": partial(_listed, is_of_keys=False),
    "zipmap": _zipmap,
    **CONVERSIONS,
}
