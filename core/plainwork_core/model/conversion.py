"""Terraform's conversions between strings, numbers and bools.

https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
"""

from __future__ import annotations

import re
from decimal import Context, Decimal

from plainwork_core.model.values import Unknown, Value

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")  # not Python's `nan` and `1_000`
_MOST_DIGITS = 154
"""What the 512 bits of a number in Terraform hold."""
_LARGEST_EXPONENT = 400
_UNROUNDED = Context(prec=4 * _LARGEST_EXPONENT)


def as_string(value: Value) -> str | None:
    """Return the string; `None` if the value is a list or a map."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else None


def text_of(value: Value, path: str) -> Value:
    """Return *value*, the argument *path*, as Terraform converts it to a string; unknown if it cannot."""
    if value is None or isinstance(value, Unknown):
        return value
    text = as_string(value)
    return Unknown(f"`{path}` is {type_name(value)}, not a string") if text is None else text


def as_number(value: Value) -> int | float | None:
    """Return the number; `None` if the value is not a number and not the text of one that is exact."""
    if isinstance(value, str):
        value = number(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def number(text: str) -> int | float | Unknown | None:
    """Return the number that *text* is: an `int` if it is whole (`1.50e1` is 15), otherwise a `float`.

    Returns:
        `None` if *text* is not a number; an `Unknown` if the number has more digits than Terraform or a `float` keeps.
    """
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    if len(text) > 2 * _LARGEST_EXPONENT or abs(int(match[1] or 0)) > _LARGEST_EXPONENT:
        return Unknown(f"a number beyond 1e{_LARGEST_EXPONENT} is not evaluated")
    return exact(Decimal(text))


def exact(value: Decimal) -> int | float | Unknown:
    """Return *value* as a number, or an `Unknown` where neither Terraform nor a `float` keeps all of its digits."""
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return Unknown(f"a number beyond 1e{_LARGEST_EXPONENT} is not evaluated")
    if len(value.normalize(_UNROUNDED).as_tuple().digits) > _MOST_DIGITS:
        return Unknown(f"a number of more than {_MOST_DIGITS} digits is not evaluated")
    if value.is_zero() and value.is_signed():
        return Unknown("zero with a sign is not evaluated")
    if value == value.to_integral_value():
        return int(value)
    found = float(value)
    return found if Decimal(repr(found)) == value else Unknown("a fraction of more than 17 digits is not evaluated")


def as_bool(value: Value) -> bool | None:
    """Return the bool; `None` if the value is not a bool and not the text of one."""
    return value if isinstance(value, bool) else _BOOLEANS.get(value) if isinstance(value, str) else None


def type_name(value: Value) -> str:
    """Return the type of a known value, with its article: `a list`."""
    if isinstance(value, bool):
        return "a bool"
    if isinstance(value, (int, float)):
        return "a number"
    return "a string" if isinstance(value, str) else "a list" if isinstance(value, list) else "a map"
