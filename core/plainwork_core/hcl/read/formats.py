"""The verbs of `format`, which are those of Go's package `fmt` for the most part.

See https://developer.hashicorp.com/terraform/language/functions/format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.budget import LARGEST_TEXT
from plainwork_core.hcl.read.characters import graphemes
from plainwork_core.hcl.read.conversions import kind, to_boolean, to_integer, to_number, to_text
from plainwork_core.hcl.read.encoding import json_encode, json_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.gaps import Part
from plainwork_core.model.values import Unknown, Value, merged, unknowns

_VERB = re.compile(r"%(?:%|([-+# 0]*)([0-9]*)(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([a-zA-Z]))")
_PREFIXES = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}
_MOST_DIGITS = 150
"""Of a fraction in Terraform, which is binary and of 512 bits, as many are those of the decimal number."""
_PRECISION = 6
_SMALLEST_EXPONENT = -4


@frozen(slots=True)
class _Verb:
    """One verb of a pattern.

    Args:
        flags: of `-+# 0`.
        width: the least number of characters.
        precision: what follows the period; `None` without one.
        letter: the verb itself.
    """

    flags: str
    width: int
    precision: int | None
    letter: str

    def padded(self, text: str, sign: str = "", *, zeros: bool = True) -> str:
        """Return *text* after *sign* in the width of the verb."""
        padding = max(self.width - len(sign) - len(text), 0)
        if "-" in self.flags:
            return sign + text + " " * padding
        if "0" in self.flags and zeros:
            return sign + "0" * padding + text
        return " " * padding + sign + text

    def sign(self, *, is_negative: bool) -> str:
        """Return what is before a number."""
        return "-" if is_negative else "+" if "+" in self.flags else " " if " " in self.flags else ""


def formatted(pattern: str, arguments: list[Value]) -> list[Part]:
    """Return the parts of the text that `format` makes, those of unknown arguments unknown.

    Raises:
        Rejected: a verb that Terraform does not have, or one that does not go with its argument.
    """
    parts: list[Part] = []
    position = following = used = 0
    for match in _verbs(pattern):
        parts.append(pattern[position : match.start()])
        position = match.end()
        flags, width, precision, index, letter = match.groups()
        if letter is None:
            parts.append("%")
            continue
        following = int(index) if index else following + 1
        used = max(used, following)
        if following > len(arguments):
            raise Rejected(f"`{match.group()}` has no argument")
        verb = _Verb(flags, int(width or 0), None if precision is None else int(precision or 0), letter)
        parts.append(_inserted(verb, arguments[following - 1]))
    if used < len(arguments):
        raise Rejected(f"{len(arguments)} arguments are too many for the pattern")
    return [*parts, pattern[position:]]


def _verbs(pattern: str) -> Iterator[re.Match[str]]:
    found = list(_VERB.finditer(pattern))
    if "%" in _VERB.sub("", pattern):
        raise Rejected("a `%` begins no verb; write `%%` for a percent sign")
    numbers = [int(number) for match in found for number in match.group(2, 3) if number]
    if sum(numbers) > LARGEST_TEXT:
        raise Unsupported(f"beyond {LARGEST_TEXT:,} characters")
    return iter(found)


def _inserted(verb: _Verb, value: Value) -> Part:
    if verb.letter not in _VERBS:
        raise Rejected(f"there is no verb `%{verb.letter}`")
    if value is None:
        raise (Unsupported("on null") if verb.letter == "v" else Rejected("null has no text"))
    hidden = list(unknowns(value))
    if not hidden:
        return _VERBS[verb.letter](verb, value)
    is_plain = not verb.flags and not verb.width and verb.precision is None
    if isinstance(value, Unknown):
        return value if is_plain and verb.letter in "sv" else merged(hidden)
    if verb.letter != "v":
        raise Rejected(f"`%{verb.letter}` takes no {kind(value)}")
    found = json_encode(value)
    return found if is_plain and isinstance(found, Unknown) else merged(hidden)


def _as_text(verb: _Verb, value: Value) -> str:
    text = to_text(value)
    if verb.precision:
        text = "".join(graphemes(text)[: verb.precision])
    return _in_width(verb, json_text(text) if verb.letter == "q" else text)


def _in_width(verb: _Verb, text: str) -> str:
    padding = (verb.width - len(graphemes(text)) if verb.width else 0) * ("0" if "0" in verb.flags else " ")
    return text + padding if "-" in verb.flags else padding + text


def _as_value(verb: _Verb, value: Value) -> str:
    if "#" in verb.flags or kind(value) not in ("string", "number"):
        return _in_width(verb, json_text(value))
    return _in_width(verb, value if isinstance(value, str) else _sign(value) + _general(abs(_decimal(value)), None))


def _sign(value: Value) -> str:
    return "-" if value < 0 else ""


def _as_integer(verb: _Verb, value: Value) -> str:
    number = to_integer(value)
    digits = format(abs(number), verb.letter)
    if verb.precision is not None:
        digits = "" if number == 0 and verb.precision == 0 else digits.zfill(verb.precision)
    if not digits:
        return ""
    prefix = _PREFIXES.get(verb.letter, "") if "#" in verb.flags else ""
    return verb.padded(digits, verb.sign(is_negative=number < 0) + prefix, zeros=verb.precision is None)


def _as_float(verb: _Verb, value: Value) -> str:
    number = _decimal(value)
    if verb.letter in "gG":
        text = _general(abs(number), verb.precision)
    else:
        write = _fixed if verb.letter == "f" else _scientific
        text = write(abs(number), _PRECISION if verb.precision is None else verb.precision)
    sign = verb.sign(is_negative=number.is_signed())
    return verb.padded(text.upper() if verb.letter in "EG" else text, sign)


def _decimal(value: Value) -> Decimal:
    return Decimal(repr(to_number(value)))


def _fixed(number: Decimal, precision: int) -> str:
    return format(_rounded(number, number.adjusted() + 1 + precision), f".{precision}f")


def _scientific(number: Decimal, precision: int) -> str:
    rounded = _rounded(number, precision + 1)
    exponent = rounded.adjusted() if rounded else 0
    digits = "".join(map(str, rounded.as_tuple().digits)).ljust(precision + 1, "0")[: precision + 1]
    point = "." if precision else ""
    return f"{digits[0]}{point}{digits[1:]}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _general(number: Decimal, precision: int | None) -> str:
    """Return the shortest of both notations, or with a precision the one that Go chooses."""
    rounded = number if precision is None else _rounded(number, max(precision, 1))
    digits = len(rounded.normalize(_context(len(rounded.as_tuple().digits))).as_tuple().digits) if rounded else 0
    exponent = rounded.adjusted() if rounded else -1
    limit = _PRECISION if precision is None else max(precision, 1)
    if precision is not None and limit > digits > exponent:
        limit = digits
    if exponent < _SMALLEST_EXPONENT or exponent >= limit:
        return _scientific(rounded, digits - 1)
    return format(rounded, f".{max(digits - exponent - 1, 0)}f")


def _rounded(number: Decimal, digits: int) -> Decimal:
    """Return *number* with so many digits; none is what is left of a small number beside a short precision."""
    if digits < 0 or not number:
        return Decimal(0)
    denominator = Fraction(number).denominator
    is_binary = denominator & (denominator - 1) == 0
    if digits > _MOST_DIGITS and not is_binary:
        raise Unsupported(f"on more than {_MOST_DIGITS} digits of a fraction")
    unit = Decimal(1).scaleb(number.adjusted() + 1 - digits)
    rounded = number.quantize(unit, ROUND_HALF_EVEN, _context(len(number.as_tuple().digits) + digits + 1))
    if not is_binary and abs(rounded - number) * 2 == unit:
        raise Unsupported("on a fraction in the middle of two results")
    return rounded


def _context(digits: int) -> Context:
    return Context(prec=max(digits, 1))


_VERBS: dict[str, Callable[[_Verb, Value], str]] = {
    **dict.fromkeys("bdoxX", _as_integer),
    **dict.fromkeys("eEfgG", _as_float),
    **dict.fromkeys("sq", _as_text),
    "t": lambda _, value: to_text(to_boolean(value)),
    "v": _as_value,
}
