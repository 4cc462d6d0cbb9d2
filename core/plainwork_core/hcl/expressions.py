"""What a string means to Terraform: literal text, a template, or one whole expression.

Terraform reads strings of its JSON syntax as templates: https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

NULL = "${null}"
"""Terraform's null, spelt so that it survives CDKTF, which drops a None."""

_MARK = re.compile(r"""\\.|\$\$\{|%%\{|\$\{|%\{|["{}]""", re.DOTALL)
_LIST_TOKEN, _MAP_TOKEN = "#{TfToken[", "&{TfToken["
_NUMBER_TOKENS = {0xFDFF, 0xFBFF}


@dataclass(frozen=True, slots=True)
class Template:
    """A string as Terraform reads it.

    Attributes:
        code: the expressions in it without their string literals, one after the other: what can hold a reference.
        interpolates: there is a `${` or `%{` in it that is not escaped.
        is_expression: the whole string is one `${...}`, so it may have any type.
        is_closed: every `${` and `%{` has its closing brace.
    """

    code: str
    interpolates: bool
    is_expression: bool
    is_closed: bool


_LITERAL = Template("", interpolates=False, is_expression=False, is_closed=True)


def parse(text: str) -> Template:
    """Read a string as a template."""
    return _parse(text) if "${" in text or "%{" in text else _LITERAL


def code_of(text: str) -> str | None:
    """The code in a whole `${...}`; None for other text, and for a token, which is CDKTF's to replace."""
    return text[2:-1] if parse(text).is_expression and "TfToken[" not in text else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Template:
    contexts = ['"']
    code: list[str] = []
    ends = []
    position = 0
    while match := _MARK.search(text, position):
        if contexts[-1] == "{":
            code.append(text[position : match.start()])
        before = len(contexts)
        position = match.end() if before > 1 or match.group()[0] != "\\" else match.start() + 1
        _step(contexts, match.group())
        if before > len(contexts) == 1:
            ends.append(position)
            code.append(" ")
    whole = text.startswith("${") and ends[:1] == [len(text)]
    return Template(
        "".join(code), interpolates=bool(code) or len(contexts) > 1, is_expression=whole, is_closed=len(contexts) == 1
    )


def _step(contexts: list[str], mark: str) -> None:
    """Follow one mark into or out of a string (`"`) or an expression (`{`); the outermost string has no quotes."""
    in_string = contexts[-1] == '"'
    if mark in {"${", "%{"} or (mark == "{" and not in_string):
        contexts.append("{")
    elif mark == '"' and not in_string:
        contexts.append('"')
    elif len(contexts) > 1 and mark == ('"' if in_string else "}"):
        contexts.pop()


def is_token(value: Any) -> bool:
    """Whether CDKTF will put something else in the place of a value that is no string.

    Those are numbers, lists and maps with a marker inside, and objects that resolve themselves (`Fn.merge(...)`). In a
    string a token is spelt as an expression.
    """
    match value:
        case float():
            return struct.unpack(">H", struct.pack(">d", value)[:2])[0] in _NUMBER_TOKENS
        case [str() as only]:
            return _LIST_TOKEN in only
        case [float() as only]:
            return is_token(only)
        case dict():
            return any(isinstance(key, str) and _MAP_TOKEN in key for key in value)
    return callable(getattr(value, "resolve", None)) and hasattr(value, "creation_stack")
