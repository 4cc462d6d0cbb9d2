"""The operators of HCL, on values of which any may be unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Context, Decimal

from plainwork_core.hcl.read.conversions import SetOfValues, kind, to_boolean, to_number, to_text
from plainwork_core.hcl.read.unification import alike
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
_OF_ONE_TYPE = Unknown("whether equal lists or maps are of one type is not evaluated; check a plan")
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
    different = differ(left, right)
    if isinstance(different, Unknown):
        return different
    return different if symbol == "!=" else not different


def differ(left: Value, right: Value) -> bool | Unknown:
    """Return whether `left != right`, for which they may be of different types: a tuple equals no list."""
    if hidden := [side for side in (left, right) if isinstance(side, Unknown)]:
        return merged(hidden)
    kinds = {kind(left), kind(right)}
    if len(kinds) > 1 or kinds <= set(_SIMPLE):
        return len(kinds) > 1 or left != right
    if len(left) != len(right) or (isinstance(left, dict) and left.keys() != right.keys()):
        return True
    if isinstance(left, SetOfValues) and left and {kind(member) for member in left} <= set(_SIMPLE):
        return left != right or kind(left[0]) != kind(right[0])
    pairs = ((left[key], right[key]) for key in left) if isinstance(left, dict) else zip(left, right, strict=True)
    found = [differ(*pair) for pair in pairs]
    if True in found:
        return True
    hidden = [part for part in found if isinstance(part, Unknown)]
    return merged(hidden) if hidden else _OF_ONE_TYPE


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
    found = alike([result, other])
    return found if isinstance(found, Unknown) else found[0]
