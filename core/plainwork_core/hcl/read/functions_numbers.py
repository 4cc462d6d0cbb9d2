"""Terraform's functions on numbers.

See https://developer.hashicorp.com/terraform/language/functions. A result that depends on the last digits of a
logarithm or a power is not evaluated.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.conversions import to_int64, to_list, to_number
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.operators import EXACT
from plainwork_core.hcl.read.signature import Function, any_value
from plainwork_core.model.conversion import exact
from plainwork_core.model.values import Unknown, Value, merged

_LONGEST_RANGE = 1024
_LONGEST_INTEGER = 100
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BASES = range(2, len(_DIGITS) + 1)
_CASELESS = 36
_EXACT_INTEGERS = 2**53
_LARGEST_POWER = 1000
_UNCERTAIN = 1e-9


def _decimal(value: Value) -> Decimal:
    return Decimal(repr(to_number(value)))


@frozen(slots=True)
class _Logarithm(Unknown):
    """A logarithm, whose last digits are unknown: they differ between machines.

    Args:
        about: the number without them.
    """

    about: float = 0


def _log(number: Decimal, base: Decimal) -> Value:
    if number <= 0 or base <= 0 or base == 1:
        raise Unsupported("on such numbers")
    found = math.log(number) / math.log(base)
    if base == 2 and number == 2**found:  # noqa: PLR2004  of no other base is it exact
        return round(found)
    return _Logarithm("the last digits of `log()` are not evaluated", about=found)


def _to_whole(whole: Callable[[float], int]) -> Function:
    def call(number: Value) -> Value:
        if isinstance(number, _Logarithm) and abs(number.about - round(number.about)) > _UNCERTAIN:
            return whole(number.about)
        return merged([number]) if isinstance(number, Unknown) else whole(to_number(number))

    return Function(call, (any_value,), whole=True)


def _parseint(digits: Value, base: int) -> int:
    if not isinstance(digits, str):
        raise Rejected("the first argument is a string")
    if base not in _BASES:
        raise Rejected(f"the base is between {_BASES[0]} and {_BASES[-1]}")
    if len(digits) > _LONGEST_INTEGER:
        raise Unsupported(f"on more than {_LONGEST_INTEGER} digits")
    text = digits.lower() if base <= _CASELESS else digits
    number = text[1:] if text.startswith(("+", "-")) else text
    if not number or not set(number) <= set(_DIGITS[:base]):
        raise Rejected(f"the text is no whole number to the base {base}")
    found = reduce(lambda total, digit: total * base + _DIGITS.index(digit), number, 0)
    return -found if text.startswith("-") else found


def _pow(number: Decimal, power: Decimal) -> Value:
    if number == 0 or power != int(power) or abs(power) > _LARGEST_POWER:
        raise Unsupported("on zero, fractions or large numbers")
    found = Fraction(number) ** int(power)
    is_exact = max(abs(found.numerator), found.denominator) < _EXACT_INTEGERS
    if not is_exact or found.denominator & (found.denominator - 1):
        raise Unsupported("where the result is rounded")
    return exact(Decimal(found.numerator) / Decimal(found.denominator))


def _range(first: Decimal, *others: Decimal) -> Value:
    start, end, *step = (first, *others) if others else (Decimal(0), first)
    by = step[0] if step else Decimal(1 if end >= start else -1)
    if start == end:
        return []
    if len(step) > 1 or by == 0 or (end - start) * by < 0:
        raise Rejected("the step does not lead from the start to the end")
    count = math.ceil((end - start) / by)
    if count > _LONGEST_RANGE:
        raise Rejected(f"the list would have more than {_LONGEST_RANGE} members")
    return [exact(start + index * by) for index in range(count)]


def _sum(members: list[Value]) -> Value:
    if not members:
        raise Rejected("the list has no members")
    return exact(reduce(EXACT.add, map(_decimal, members)))


FUNCTIONS = {
    "abs": Function(abs, (to_number,)),
    "ceil": _to_whole(math.ceil),
    "floor": _to_whole(math.floor),
    "log": Function(_log, (_decimal, _decimal)),
    "max": Function(max, (to_number,), rest=to_number),
    "min": Function(min, (to_number,), rest=to_number),
    "parseint": Function(_parseint, (any_value, to_int64)),
    "pow": Function(_pow, (_decimal, _decimal)),
    "range": Function(_range, (_decimal,), rest=_decimal),
    "signum": Function(lambda number: (number > 0) - (number < 0), (to_int64,)),
    "sum": Function(_sum, (to_list,)),
}
