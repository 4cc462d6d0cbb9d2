"""Terraform's functions on strings.

See https://developer.hashicorp.com/terraform/language/functions. Where Go and Python differ on text beyond ASCII, the
function is not evaluated on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import chain

from plainwork_core.hcl.read.budget import LARGEST_TEXT
from plainwork_core.hcl.read.conversions import kind, to_boolean, to_integer, to_number, to_text, to_texts
from plainwork_core.hcl.read.encoding import json_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.signature import Function, any_value
from plainwork_core.model.values import Unknown, Value, unknowns

_BLANK = " \t\n\v\f\r"
_PLAIN = re.compile(r"%[%sv]")
_VERB = re.compile(r"%(?:(%)|([-0+]?)([0-9]{0,7})(?:\.([0-9]{1,7}))?([a-zA-Z]))")


def _ascii(*texts: str) -> None:
    if not all(text.isascii() for text in texts):
        raise Unsupported("beyond ASCII")


def _limit(characters: int) -> None:
    if characters > LARGEST_TEXT:
        raise Unsupported(f"beyond {LARGEST_TEXT:,} characters")


def _lower(text: str) -> str:
    _ascii(text)
    return text.lower()


def _upper(text: str) -> str:
    _ascii(text)
    return text.upper()


def _title(text: str) -> str:
    _ascii(text)
    return re.sub(r"(?<![A-Za-z0-9_])[a-z]", lambda match: match.group().upper(), text)


def _strrev(text: str) -> str:
    _ascii(text)
    return text[::-1]


def _substr(text: str, offset: int, length: int) -> str:
    _ascii(text)
    start = offset if offset >= 0 else max(len(text) + offset, 0)
    return text[start:] if length < 0 else text[start : start + length]


def _replace(text: str, old: str, new: str) -> str:
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        raise Unsupported("with a regular expression")
    _limit(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def _trimspace(text: str) -> str:
    _ascii(text)
    return text.strip(_BLANK)


def _trim(text: str, cutset: str) -> str:
    return text.strip(cutset) if cutset else text


def _split(separator: str, text: str) -> list[str]:
    return text.split(separator) if separator else list(text)


def _join(separator: str, *lists: list[str]) -> str:
    texts = list(chain.from_iterable(lists))
    _limit(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def _indent(spaces: int, text: str) -> str:
    if spaces < 0:
        raise Rejected("the number of spaces is negative")
    _limit(len(text) + spaces * text.count("\n"))
    return text.replace("\n", "\n" + " " * spaces)


def _format(pattern: str, *arguments: Value) -> str:
    """Fill in the verbs s, d, v, t, q, x, X and f, with width and precision."""
    left = list(arguments)

    def fill(match: re.Match[str]) -> str:
        if match.group(1):
            return "%"
        if not left:
            raise Rejected("`format` has fewer arguments than verbs")
        return _filled(left.pop(0), *match.groups()[1:])

    if "%" in _VERB.sub("", pattern):
        raise Unsupported("of the pattern")
    _limit(sum(int(width or 0) + int(precision or 0) for _, _, width, precision, _ in _VERB.findall(pattern)))
    text = _VERB.sub(fill, pattern)
    if left:
        raise Rejected("`format` has more arguments than verbs")
    return text


def _filled(value: Value, flag: str, width: str, precision: str | None, verb: str) -> str:
    if verb not in _VERBS or (precision and verb != "f") or (width and verb not in "sdf"):
        raise Unsupported(f"of the verb `%{flag}{width}{verb}`")
    text = f"{Decimal(repr(to_number(value))):.{precision or 6}f}" if verb == "f" else _VERBS[verb](value)
    if flag == "+" or (flag == "0" and text.startswith("-")):
        raise Unsupported(f"of the flag `{flag}`")
    return text.ljust(int(width or 0)) if flag == "-" else text.rjust(int(width or 0), flag or " ")


def _shown(value: Value) -> str:
    return to_text(value) if kind(value) in ("string", "number", "bool") else json_text(value)


def _puts_in(pattern: Value, *arguments: Value) -> bool:
    """Return whether `format` inserts each unknown value unchanged: plain `%s` and `%v`, and none partly unknown."""
    plain = isinstance(pattern, str) and "%" not in _PLAIN.sub("", pattern)
    return plain and all(isinstance(argument, Unknown) or not list(unknowns(argument)) for argument in arguments)


def _strings_together(separator: Value, *lists: Value) -> bool:
    return isinstance(separator, str) and all(isinstance(values, list) for values in lists)


_VERBS: dict[str, Callable[[Value], str]] = {
    "s": to_text,
    "v": _shown,
    "d": lambda value: str(to_integer(value)),
    "f": to_text,
    "t": lambda value: to_text(to_boolean(value)),
    "q": lambda value: json_text(to_text(value)),
    "x": lambda value: format(to_integer(value), "x"),
    "X": lambda value: format(to_integer(value), "X"),
}

FILLS: dict[str, Callable[..., bool]] = {"format": _puts_in, "join": _strings_together}
"""Functions that put unknown strings into their result as they are, and whether they do with these arguments."""

FUNCTIONS = {
    "chomp": Function(lambda text: text.rstrip("\r\n"), (to_text,)),
    "endswith": Function(str.endswith, (to_text, to_text)),
    "format": Function(_format, (to_text,), rest=any_value),
    "indent": Function(_indent, (to_integer, to_text)),
    "join": Function(_join, (to_text,), rest=to_texts),
    "lower": Function(_lower, (to_text,)),
    "replace": Function(_replace, (to_text, to_text, to_text)),
    "split": Function(_split, (to_text, to_text)),
    "startswith": Function(str.startswith, (to_text, to_text)),
    "strcontains": Function(lambda text, part: part in text, (to_text, to_text)),
    "strrev": Function(_strrev, (to_text,)),
    "substr": Function(_substr, (to_text, to_integer, to_integer)),
    "title": Function(_title, (to_text,)),
    "trim": Function(_trim, (to_text, to_text)),
    "trimprefix": Function(str.removeprefix, (to_text, to_text)),
    "trimspace": Function(_trimspace, (to_text,)),
    "trimsuffix": Function(str.removesuffix, (to_text, to_text)),
    "upper": Function(_upper, (to_text,)),
}
