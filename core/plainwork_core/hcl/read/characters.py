"""Characters as Terraform counts them, grapheme clusters, and letter case as Go changes it.

Only characters are handled that are a cluster of their own and have had their case mapping since the first version of
Unicode: Latin, Greek, Cyrillic, Chinese, Japanese and Korean letters, and common punctuation.
"""

from __future__ import annotations

import re

from plainwork_core.hcl.read.errors import Unsupported

BLANKS = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What Go's `unicode.IsSpace` is true of."""
_SIMPLE = (
    r"[\x00-\x7f\xa0-\xac\xae-\u019a\u019c-\u01c3\u01cd-\u01f0\u01f4-\u024f"
    r"\u0384-\u0482\u048a-\u052f\u2000-\u200a\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\u2500-\u259f"
    r"\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff5e]*"
)
_CLUSTER = re.compile("\r\n|.", re.DOTALL)
_LOWERED_TO_ONE = "\u0130"
"""A capital that Python lowers to two characters and Go to one."""


def graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of *text*."""
    _require_simple(text)
    return _CLUSTER.findall(text)


def lower(text: str) -> str:
    """Return *text* in lower case, each character by itself."""
    if text.isascii():
        return text.lower()
    _require_simple(text)
    if _LOWERED_TO_ONE in text:
        raise Unsupported(f"on `{_LOWERED_TO_ONE}`")
    return "".join(map(str.lower, text))


def upper(text: str) -> str:
    """Return *text* in upper case, each character by itself; one whose capital is two characters stays."""
    if text.isascii():
        return text.upper()
    _require_simple(text)
    return "".join(map(_capital, text))


def title(text: str) -> str:
    """Return *text* with a capital at the start of each word."""
    _require_simple(text)
    before = [" ", *text[:-1]]
    pairs = zip(before, text, strict=True) if text else ()
    return "".join(_capital(char) if _separates(previous) else char for previous, char in pairs)


def _capital(char: str) -> str:
    capital = char.upper()
    return capital if len(capital) == 1 else char


def _separates(char: str) -> bool:
    """Return whether a word ends before *char*: beyond ASCII only space does that."""
    return char != "_" and not char.isalnum() if char.isascii() else char in BLANKS


def _require_simple(text: str) -> None:
    if not text.isascii() and not re.fullmatch(_SIMPLE, text):
        raise Unsupported("on characters of several code points or rare scripts")
