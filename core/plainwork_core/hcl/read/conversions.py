"""Terraform's conversions between types, exact or rejected.

See https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
"""

from __future__ import annotations

from decimal import Decimal

from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.model.conversion import as_bool, number
from plainwork_core.model.values import Unknown, Value

Number = int | float
_LIMIT_OF_INT64 = 2**63


class SetOfValues(list[Value]):
    """A set: its members once each, in Terraform's order. It has no indices, and in a `for` a member is its own key."""


_KINDS = ((str, "string"), (dict, "object"), (SetOfValues, "set"))


def kind(value: Value) -> str:
    """Return the name of the type of *value*, as Terraform's messages have it."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "bool"
    if isinstance(value, (int, float)):
        return "number"
    return next((name for type_, name in _KINDS if isinstance(value, type_)), "list")


def to_text(value: Value) -> str:
    """Convert a string, number or boolean to a string."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return format(Decimal(repr(value)), "f")
    raise Rejected(f"a string is required, not {_article(value)}")


def to_number(value: Value) -> Number:
    """Convert a number, or a string that writes one, to a number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    found = number(value) if isinstance(value, str) else None
    if isinstance(found, Unknown):
        raise Unsupported("on a number of so many digits")
    if found is None:
        raise Rejected(f"a number is required, not {_article(value)}")
    return found


def to_integer(value: Value) -> int:
    """Convert a whole number, or a string that writes one, to an `int`."""
    found = to_number(value)
    if isinstance(found, int):
        return found
    raise Rejected("a whole number is required, not a fraction")


def to_int64(value: Value) -> int:
    """Convert a whole number of 64 bits, or a string that writes one, to an `int`."""
    found = to_integer(value)
    if abs(found) < _LIMIT_OF_INT64:
        return found
    raise Rejected("the number is too large")


def to_boolean(value: Value) -> bool:
    """Convert a boolean, or a string that writes one, to a boolean."""
    if (found := as_bool(value)) is None:
        raise Rejected(f"a bool is required, not {_article(value)}")
    return found


def to_list(value: Value) -> list[Value]:
    """Take a list, tuple or set as a list."""
    if isinstance(value, list):
        return list(value)
    raise Rejected(f"a list is required, not {_article(value)}")


def to_sequence(value: Value) -> list[Value]:
    """Take a list or tuple, and no set."""
    if isinstance(value, SetOfValues):
        raise Rejected("a list is required, not a set")
    return to_list(value)


def to_object(value: Value) -> dict[str, Value]:
    """Take a map or an object, with its keys in Terraform's order."""
    if isinstance(value, dict):
        return dict(sorted(value.items()))
    raise Rejected(f"a map is required, not {_article(value)}")


def to_texts(value: Value) -> list[str]:
    """Convert a list of strings, numbers and booleans to a list of strings."""
    return [to_text(member) for member in to_list(value)]


def _article(value: Value) -> str:
    name = kind(value)
    return "null" if name == "null" else f"{'an' if name == 'object' else 'a'} {name}"
