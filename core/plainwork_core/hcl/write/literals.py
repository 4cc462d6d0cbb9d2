"""Strings with their escapes, keys and numbers as HCL text.

The grammar is HCL's native syntax specification, https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
("Template Expressions", "Numeric Literals", "Identifiers").
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal

from plainwork_core.hcl.write.errors import RenderError

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DASHED_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NEVER_BARE_KEYS = {"for", "true", "false", "null"}
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_SURROGATES = range(0xD800, 0xE000)
_BASIC_PLANE = 0xFFFF
_LONGEST_INTEGER = 21
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_ONE_COLUMN_EACH = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*"
)


def is_attribute_name(name: str) -> bool:
    """Return whether *name* can be the name of an argument."""
    return _DASHED_IDENTIFIER.fullmatch(name) is not None


def escape_sequences(text: str) -> str:
    """Return *text* with `${` and `%{` escaped, so that they are literal in any template."""
    return text.replace("${", "$${").replace("%{", "%%{") if "{" in text else text


def escape(text: str) -> str:
    """Return *text* with the escapes that it needs between double quotes.

    Raises:
        RenderError: half a surrogate pair, which UTF-8 cannot encode.
    """
    text = escape_sequences(text)
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(character if _is_literal(character) else _escaped(character) for character in text)


def quoted(text: str) -> str:
    """Return the quoted string whose value is *text*."""
    return f'"{escape(text)}"'


def key(text: str) -> str:
    """Return *text* as the key of an object: bare where it is a name, else quoted.

    `terraform fmt` aligns `=` by Unicode's grapheme clusters. Characters whose width may differ between versions of
    Unicode are escaped, so that the alignment does not depend on the version.
    """
    if IDENTIFIER.fullmatch(text) and text not in _NEVER_BARE_KEYS:
        return text
    if _ONE_COLUMN_EACH.fullmatch(text):
        return quoted(text)
    escaped = escape(text)  # as a whole: `$` and `{` are escaped together
    return (
        '"'
        + "".join(character if _ONE_COLUMN_EACH.fullmatch(character) else _escaped(character) for character in escaped)
        + '"'
    )


def number(value: float | Decimal) -> str:
    """Return *value* without float noise: `1.0` is `1`, `1e3` is `1000`, `1e21` stays `1e21`.

    Raises:
        RenderError: infinity or NaN, which JSON and HCL do not have.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise RenderError(f"{value} is not a number in JSON or HCL; use a string, or omit it")
    if isinstance(value, int):
        return str(value)
    if exact == exact.to_integral_value() and exact.adjusted() < _LONGEST_INTEGER:
        return str(int(exact))
    return str(exact.normalize(_EXACT)).lower().replace("e+", "e")


def _is_literal(character: str) -> bool:
    return character.isprintable() and character not in _ESCAPES


def _escaped(character: str) -> str:
    code = ord(character)
    if code in _SURROGATES:
        raise RenderError(f"\\u{code:04x} is half a surrogate pair, which UTF-8 cannot encode; use the whole character")
    return _ESCAPES.get(character) or (f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}")
