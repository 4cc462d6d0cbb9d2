"""One type for several values, as in the elements of a list or the results of `?:`.

See https://developer.hashicorp.com/terraform/language/expressions/types#conversion-of-complex-types. Whether a value is
a list or a tuple, or a map or an object, is not known; where that makes a difference, nothing is returned.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from plainwork_core.hcl.read.conversions import SetOfValues, kind, to_text
from plainwork_core.hcl.read.encoding import json_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.model.values import JsonText, PartialString, Unknown, Value, merged, unknowns
from plainwork_core.text import enumeration

_STRINGS = (PartialString, JsonText)


def alike(members: list[Value]) -> list[Value] | Unknown:
    """Convert *members* to one type: of strings and other simple values come strings.

    Returns:
        The converted members, in order; an `Unknown` where an unknown one determines how others are converted.

    Raises:
        Rejected: they have no type in common.
        Unsupported: it depends on types that are not known.
    """
    kinds = {_kind(member) for member in members if _has_type(member)}
    if len(kinds) <= 1:
        return _UNIFIED.get("".join(kinds), list)(members)
    if kinds == {"list", "set"}:
        raise Unsupported("on lists and sets together")
    if "string" not in kinds or kinds & {"list", "set", "object"}:
        raise Rejected(f"one type is required for all, not {enumeration(sorted(kinds), mark='')}")
    return [member if member is None or isinstance(member, Unknown) else to_text(member) for member in members]


def to_set(members: list[Value]) -> Value:
    """Return the set of *members*, all known: converted to one type, once each, in order."""
    same = alike(members)
    if isinstance(same, Unknown):
        return same
    once = {(kind(member), json_text(member)): member for member in same}
    return SetOfValues(sorted(once.values(), key=_order))


def _has_type(member: Value) -> bool:
    return member is not None and (not isinstance(member, Unknown) or isinstance(member, _STRINGS))


def _kind(member: Value) -> str:
    return "string" if isinstance(member, _STRINGS) else kind(member)


def _lists(members: list[Value]) -> list[Value] | Unknown:
    given = [member for member in members if isinstance(member, list)]
    if len(given) == 1:
        return members
    if len({len(member) for member in given}) == 1:
        columns = [alike(list(column)) for column in zip(*given, strict=True)]
        return _rows(members, columns, list)
    return _flattened(members, given)


def _sets(members: list[Value]) -> list[Value] | Unknown:
    given = [member for member in members if isinstance(member, list)]
    found = _flattened(members, given)
    return found if isinstance(found, Unknown) else [to_set(part) if isinstance(part, list) else part for part in found]


def _flattened(members: list[Value], given: list[list[Value]]) -> list[Value] | Unknown:
    """Convert the elements of lists of several lengths, which are all of one type."""
    elements = alike(list(chain.from_iterable(given)))
    if isinstance(elements, Unknown):
        return elements
    left = iter(elements)
    return _with_unknown(members, [[next(left) for _ in part] if isinstance(part, list) else part for part in members])


def _objects(members: list[Value]) -> list[Value] | Unknown:
    given = [member for member in members if isinstance(member, dict)]
    names = list(given[0])
    if len(given) == 1:
        return members
    if all(member.keys() == given[0].keys() for member in given):
        columns = [alike([member[name] for member in given]) for name in names]
        return _rows(members, columns, lambda row: dict(zip(names, row, strict=True)))
    elements = alike(list(chain.from_iterable(member.values() for member in given)))
    if isinstance(elements, Unknown):
        return elements
    left = iter(elements)
    return _with_unknown(
        members, [{name: next(left) for name in part} if isinstance(part, dict) else part for part in members]
    )


def _rows(
    members: list[Value], columns: list[list[Value] | Unknown], make: Callable[[list[Value]], Value]
) -> list[Value] | Unknown:
    known = [column for column in columns if not isinstance(column, Unknown)]
    if len(known) < len(columns):
        return merged(column for column in columns if isinstance(column, Unknown))
    of_columns = [frozenset(_kind(member) for member in column if _has_type(member)) for column in known]
    if len(set(of_columns) - {frozenset()}) > 1 and any(map(_may_have_one_type, members)):
        raise Unsupported("on collections that may be lists or tuples, maps or objects")
    rows = zip(*known, strict=True) if known else iter(lambda: (), None)
    return _with_unknown(
        members, [make(list(next(rows))) if isinstance(member, list | dict) else member for member in members]
    )


def _may_have_one_type(members: Value) -> bool:
    """Return whether a collection may be a list or a map; only a tuple or an object has members of several types."""
    inner = list(members.values()) if isinstance(members, dict) else members if isinstance(members, list) else []
    return len(inner) > 1 and not list(unknowns(inner)) and len({kind(member) for member in inner}) == 1


def _with_unknown(members: list[Value], converted: list[Value]) -> list[Value] | Unknown:
    """Return *converted*, unless one of *members* is unknown or null and the others depend on its type."""
    if repr(converted) == repr(members):
        return converted
    if None in members:
        raise Unsupported("on null beside values of several types")
    hidden = [member for member in members if isinstance(member, Unknown)]
    return merged(hidden) if hidden else converted


_UNIFIED: dict[str, Callable[[list[Value]], list[Value] | Unknown]] = {"list": _lists, "set": _sets, "object": _objects}


def _order(member: Value) -> tuple[bool, Value]:
    """Return by what Terraform sorts the members of a set: null is last, and collections are sorted as text."""
    if member is None:
        return True, ""
    return False, _text(member) if isinstance(member, list | dict) else member


def _text(member: Value) -> str:
    match member:
        case None:
            return "~"
        case bool():
            return "T" if member else "F"
        case str() if member.isprintable() and '"' not in member and "\\" not in member:
            return f'"{member}"'
        case int() if len(str(member)) < 10:  # noqa: PLR2004  digits of a number in Go's text of it
            return str(member)
        case list():
            return "".join(f"{_text(inner)};" for inner in member) + "]"
        case dict():
            return "".join(f'"{name}":{_text(inner)};' for name, inner in sorted(member.items())) + "}"
    raise Unsupported("on a set of collections with such members")
