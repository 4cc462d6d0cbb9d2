"""The values of strings in HCL text, whose escapes it decodes."""

from __future__ import annotations

import re
import unicodedata

from plainwork_core.hcl.syntax.errors import HclError

_SEQUENCE = re.compile(r"([$%])\1\{")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|([$%])\2\{", re.DOTALL)
_SURROGATES = range(0xD800, 0xE000)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


BYTE_ORDER_MARK = "\ufeff"
"""Terraform drops one at the start of a file and of a template in its JSON syntax."""


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
    if code in _SURROGATES:
        raise HclError(f"`\\{escape}` is half a surrogate pair, which UTF-8 cannot encode; write `\\UNNNNNNNN`", line)
    return chr(code)
