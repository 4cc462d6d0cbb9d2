"""Terraform's conversions between strings, numbers and bools.

https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
"""

from __future__ import annotations

import re

from plainwork_core.model.values import Value

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")  # not Python's `nan`, `inf` and `1_000`


def as_string(value: Value) -> str | None:
    """Return the string; `None` if the value is a list or a map."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else None


def as_number(value: Value) -> int | float | None:
    """Return the number; `None` if the value is not a number and not the text of one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def as_bool(value: Value) -> bool | None:
    """Return the bool; `None` if the value is not a bool and not the text of one."""
    return value if isinstance(value, bool) else _BOOLEANS.get(value) if isinstance(value, str) else None


def type_name(value: Value) -> str:
    """Return the type of a known value, with its article: `a list`."""
    if isinstance(value, bool):
        return "a bool"
    if isinstance(value, int | float):
        return "a number"
    return "a string" if isinstance(value, str) else "a list" if isinstance(value, list) else "a map"
