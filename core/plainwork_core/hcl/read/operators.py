"""The operators of HCL, on values of which any may be unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Context, Decimal

from plainwork_core.hcl.read.conversions import alike, kind, to_boolean, to_number, to_text
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.model.conversion import exact
from plainwork_core.model.values import JsonText, PartialString, Unknown, Value, merged

EXACT = Context(prec=400, traps=[])
"""More digits than a number in Terraform has; a result that no number is, is a NaN."""
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
    "%": EXACT.remainder,
}
_ORDER = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
_LOGIC = {"&&": False, "||": True}
_SIMPLE = ("string", "number", "bool", "null")


def unary(symbol: str, operand: Value) -> Value:
    """Return `-operand` or `!operand`."""
    if isinstance(operand, Unknown):
        return merged([operand])
    return exact(_decimal(operand).copy_negate()) if symbol == "-" else not to_boolean(operand)


def binary(symbol: str, left: Value, right: Value) -> Value:
    """Return `left symbol right`.

    `false && x` and `true || x` are known whatever `x` is.
    """
    if symbol in _LOGIC:
        return _logic(_LOGIC[symbol], left, right)
    if hidden := [side for side in (left, right) if isinstance(side, Unknown)]:
        return merged(hidden)
    if symbol in ("==", "!="):
        return _equality(symbol, left, right)
    if symbol in _ORDER:
        return _ORDER[symbol](to_number(left), to_number(right))
    return _arithmetic(symbol, _decimal(left), _decimal(right))


def _logic(decisive: bool, left: Value, right: Value) -> Value:  # noqa: FBT001  the operator as a value
    hidden = [side for side in (left, right) if isinstance(side, Unknown)]
    known = [to_boolean(side) for side in (left, right) if not isinstance(side, Unknown)]
    if decisive in known:
        return decisive
    return merged(hidden) if hidden else not decisive


def _equality(symbol: str, left: Value, right: Value) -> Value:
    kinds = (kind(left), kind(right))
    if "null" not in kinds and not set(kinds) <= set(_SIMPLE):
        return Unknown(f"`{symbol}` between collections is not evaluated")
    same = kinds[0] == kinds[1] and left == right
    return same if symbol == "==" else not same


def _decimal(value: Value) -> Decimal:
    return Decimal(repr(to_number(value)))


def _arithmetic(symbol: str, left: Decimal, right: Decimal) -> Value:
    if symbol in "/%" and not right:
        return Unknown(f"`{symbol} 0` is not evaluated")
    return exact(_ARITHMETIC[symbol](left, right))


def in_common_type(result: Value, other: Value) -> Value:
    """Return *result* of a `?:`, converted to the type that it has in common with the *other* result.

    Raises:
        Rejected: they have none.
    """
    if isinstance(other, PartialString | JsonText) and isinstance(result, bool | int | float):
        return to_text(result)
    if isinstance(result, Unknown | None) or isinstance(other, Unknown | None):
        return result
    if _type(result) == _type(other):
        return result
    if isinstance(result, list) and isinstance(other, list):
        return _first_of(alike(result + other), len(result))
    if isinstance(result, dict) and isinstance(other, dict):
        converted = _first_of(alike([*result.values(), *other.values()]), len(result))
        return converted if isinstance(converted, Unknown) else dict(zip(result, converted, strict=True))
    if {kind(result), kind(other)} in ({"string", "number"}, {"string", "bool"}):
        return to_text(result)
    raise Rejected(f"the two results of `?:` are of different types, {kind(result)} and {kind(other)}")


def _first_of(members: list[Value] | Unknown, count: int) -> list[Value] | Unknown:
    return members if isinstance(members, Unknown) else members[:count]


def _type(value: Value) -> object:
    if isinstance(value, dict):
        return tuple((name, _type(member)) for name, member in sorted(value.items()))
    return [_type(member) for member in value] if isinstance(value, list) else kind(value)
