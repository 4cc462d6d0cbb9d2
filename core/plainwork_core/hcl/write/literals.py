"""Strings, keys and numbers as HCL writes them.

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
    """Whether *name* can stand left of `=` in a block."""
    return _DASHED_IDENTIFIER.fullmatch(name) is not None


def escape_sequences(text: str) -> str:
    """*text* with `${` and `%{` doubled, so that they stand for themselves in any template."""
    return text.replace("${", "$${").replace("%{", "%%{") if "{" in text else text


def escape(text: str) -> str:
    """*text* as it stands between double quotes.

    Raises:
        RenderError: half a surrogate pair, which no file in UTF-8 can hold.
    """
    text = escape_sequences(text)
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(character if _stands_for_itself(character) else _escaped(character) for character in text)


def quoted(text: str) -> str:
    """*text* as a quoted string that has exactly this value."""
    return f'"{escape(text)}"'


def key(text: str) -> str:
    """*text* as the key of an object: bare where it is a name, else quoted.

    `terraform fmt` aligns `=` by what Unicode takes for one character. Letters of which that is not sure are written as
    escapes, so that alignment never depends on a version of Unicode.
    """
    if IDENTIFIER.fullmatch(text) and text not in _NEVER_BARE_KEYS:
        return text
    if _ONE_COLUMN_EACH.fullmatch(text):
        return quoted(text)
    return '"' + "".join(escape(each) if _ONE_COLUMN_EACH.fullmatch(each) else _escaped(each) for each in text) + '"'


def number(value: float | Decimal) -> str:
    """*value* without float noise: `1.0` is `1`, `1e3` is `1000`, `1e21` stays `1e21`.

    Raises:
        RenderError: infinity or no number, which JSON and HCL do not have.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise RenderError(f"{value} is no number in JSON or HCL; use a string or leave it out")
    if isinstance(value, int):
        return str(value)
    if exact == exact.to_integral_value() and exact.adjusted() < _LONGEST_INTEGER:
        return str(int(exact))
    return str(exact.normalize(_EXACT)).lower().replace("e+", "e")


def _stands_for_itself(character: str) -> bool:
    return character.isprintable() and character not in _ESCAPES


def _escaped(character: str) -> str:
    code = ord(character)
    if code in _SURROGATES:
        raise RenderError(
            f"\\u{code:04x} is half a surrogate pair: no text in UTF-8 can hold it; use the whole character"
        )
    return _ESCAPES.get(character) or (f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}")
