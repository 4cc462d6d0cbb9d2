"""Scalars of YAML, as Terraform's `yamldecode` converts them."""

from __future__ import annotations

import re

from plainwork_core.hcl.read.errors import Unsupported
from plainwork_core.hcl.syntax.literals import normal
from plainwork_core.model.conversion import number
from plainwork_core.model.values import Unknown, Value

QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
"""The regular expression of a string in quotes, on one line."""
_NULLS = ("", "~", "null", "Null", "NULL")
_TRUE = ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE")
_FALSE = ("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE")
_OTHER_BASE = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_NOT_READ = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|<<"  # times and numbers beyond all numbers
    r"|[&*!|>'\"%@`\[\]{},#].*|[-?:]( .*)?|.*:( .*)?"  # a property, a mark of YAML, or a map in a line
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "0": "\0"}


def plain(text: str) -> Value:
    """Return the value of *text* without quotes.

    Raises:
        Unsupported: it may have another meaning, or none.
    """
    if text in _NULLS:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if _NOT_READ.fullmatch(text):
        raise Unsupported(f"on the YAML `{text}`")
    found = number(text)
    if isinstance(found, Unknown):
        raise Unsupported("on such a number")
    return normal(text) if found is None else found


def key_of(text: str) -> str:
    """Return the key of a map that *text* without quotes is.

    Raises:
        Unsupported: it is not a string.
    """
    value = plain(text)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and str(value) == text:
        return text
    if not isinstance(value, str):
        raise Unsupported(f"on the key `{text}` of YAML")
    return value


def unquoted(text: str) -> str:
    """Return the string that *text*, in quotes, is."""
    if text.startswith("'"):
        return normal(text[1:-1].replace("''", "'"))
    return normal(_ESCAPE.sub(_unescaped, text[1:-1]))


def _unescaped(match: re.Match[str]) -> str:
    if match[3] is None:
        code = int(match[1] or match[2], 16)
        if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004  half of a character
            raise Unsupported("on half of a character")
        return chr(code)
    if match[3] not in _ESCAPED:
        raise Unsupported(f"on the escape `\\{match[3]}` of YAML")
    return _ESCAPED[match[3]]
