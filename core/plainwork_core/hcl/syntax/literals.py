"""The values of strings, whose escapes it decodes, and of numbers in HCL text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from plainwork_core.hcl.syntax.errors import HclError

_SEQUENCE = re.compile(r"([$%])\1\{")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|([$%])\2\{", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_LARGEST_EXPONENT = 400


def normal(text: str) -> str:
    """Return *text* in Unicode's normalization form C, which Terraform uses."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unescape(text: str, line: int, *, quoted: bool) -> str:
    """Replace `$${` and `%%{`, and in a *quoted* string the backslash escapes, by the characters that they encode.

    Raises:
        HclError: a backslash escape that HCL does not have.
    """

    def replace(match: re.Match[str]) -> str:
        escape, sign = match.groups()
        return f"{sign}{{" if sign else _escaped(escape, line)

    if quoted and "\\" in text:
        return normal(_ESCAPE.sub(replace, text))
    return normal(_SEQUENCE.sub(r"\1{", text) if "{" in text else text)


def _escaped(escape: str, line: int) -> str:
    if escape in _ESCAPED:
        return _ESCAPED[escape]
    code = int(escape[1:], 16) if len(escape) > 1 else -1
    if not 0 <= code <= 0x10FFFF:  # noqa: PLR2004  the last code point of Unicode
        raise HclError(
            f'`\\{escape}` is not an escape: expected \\n, \\r, \\t, \\", \\\\, \\uNNNN or \\UNNNNNNNN', line
        )
    return chr(code)


def number(digits: str, line: int = 0) -> int | float:
    """Return the number *digits*: an `int` where it is whole (`1.50e1` is 15), else a `float`.

    Raises:
        HclError: an exponent beyond 400.
    """
    if digits.isdigit():
        return int(digits)
    exponent = digits.lower().partition("e")[2]
    if abs(int(exponent or 0)) > _LARGEST_EXPONENT:
        raise HclError(f"`{digits}` is out of range: expected an exponent up to {_LARGEST_EXPONENT}", line)
    return whole(Decimal(digits))


def whole(value: Decimal) -> int | float:
    """Return *value* as an `int` where it is whole, else as a `float`."""
    return int(value) if value == value.to_integral_value() else float(value)
