"""What a string means to Terraform: literal text, a template, or one whole expression.

Terraform reads strings of its JSON syntax as templates: https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.expressions import template
from plainwork_core.hcl.syntax.lexer import lex_template
from plainwork_core.hcl.syntax.parts import Insertion
from plainwork_core.hcl.syntax.traversals import calls, traversals

NULL = "${null}"
"""Terraform's null, spelled so that it survives CDKTF, which drops a None."""

_REFERENCE = re.compile(r"\$\{([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)\}", re.ASCII)
_TOKEN = re.compile(r"\$\{TfToken\[[^\]]*\]\}")
_PLACEHOLDER = "TfToken"
_LIST_TOKEN, _MAP_TOKEN = "#{TfToken[", "&{TfToken["
_NUMBER_TOKENS = {0xFDFF, 0xFBFF}


@frozen(slots=True)
class ScannedString:
    """A string as Terraform reads it.

    Attributes:
        interpolates: it has a `${` or `%{` that is not escaped.
        is_expression: the whole string is one `${...}`, so it may have any type.
        references: the names that each reference in it begins with, as `("aws_s3_bucket", "logs", "arn")`.
        functions: the names of the functions that it calls.
        problem: why Terraform could not read it; None where it can.
    """

    interpolates: bool = True
    is_expression: bool = False
    references: tuple[tuple[str, ...], ...] = ()
    functions: tuple[str, ...] = ()
    problem: str | None = None


_LITERAL = ScannedString(interpolates=False)


def scan(text: str) -> ScannedString:
    """Read a string as a template."""
    return _scan(text) if "${" in text or "%{" in text else _LITERAL


def code_of(text: str) -> str | None:
    """Return the code in a whole `${...}`; None for other text, and for a token, which CDKTF replaces."""
    return text[2:-1].strip("~") if scan(text).is_expression and "TfToken[" not in text else None


@lru_cache(maxsize=4096)
def _scan(text: str) -> ScannedString:
    if match := _REFERENCE.fullmatch(text):
        return ScannedString(is_expression=True, references=(tuple(match[1].split(".")),))
    if _TOKEN.fullmatch(text):
        return ScannedString(is_expression=True)
    plain, tokens = _TOKEN.subn(_PLACEHOLDER, text)
    try:
        parts = lex_template(plain)
        tree = template(parts, 1)
    except HclError as error:
        return ScannedString(problem=error.message)
    except RecursionError:
        return ScannedString(problem="nested too deeply to be read")
    insertions = [part for part in parts if isinstance(part, Insertion)]
    is_expression = len(parts) == 1 and [insertion.opener for insertion in insertions] == ["${"]
    is_template = bool(insertions) or tokens > 0
    return ScannedString(is_template, is_expression, tuple(traversals(tree)), tuple(calls(tree)))


def is_token(value: Any) -> bool:
    """Return whether CDKTF replaces a value that is not a string.

    Those are numbers, lists and maps with a marker inside, and objects that resolve themselves (`Fn.merge(...)`). In a
    string a token is spelled as an expression, which is a name inside of code and an insertion in text.
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
