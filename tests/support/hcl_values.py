"""What python-hcl2 reads from HCL, as values: an oracle for the writer that shares no code with it.

Strings come back as templates, as Terraform's JSON syntax would hold them, and expressions as `${...}`.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from decimal import Decimal
from typing import Any

import hcl2
from hcl2.utils import SerializationOptions

_OPTIONS = SerializationOptions(with_comments=False, explicit_blocks=False)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_HEREDOC = re.compile(r'"<<-(\w+)\n(.*)^\s*\1"', re.DOTALL | re.MULTILINE)


def read(text: str) -> dict[str, Any]:
    """The blocks and values of *text*; labels and keys without their quotes."""
    return {name: _value(value) for name, value in hcl2.loads(text, serialization_options=_OPTIONS).items()}


def normal(value: Any) -> Any:
    """A value of a JSON document in the form in which `read` gives it back."""
    if isinstance(value, dict):
        return {normal(key): normal(member) for key, member in value.items()}
    if isinstance(value, list):
        return [normal(member) for member in value]
    if isinstance(value, float):
        return Decimal(repr(value))
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _value(read_: Any) -> Any:
    if isinstance(read_, dict):
        return {_key(key): _value(member) for key, member in read_.items()}
    if isinstance(read_, list):
        return [_value(member) for member in read_]
    if isinstance(read_, float):
        return Decimal(repr(read_))
    return _string(read_) if isinstance(read_, str) else read_


def _key(key: str) -> str:
    return _string(key) if key.startswith('"') else key


def _string(text: str) -> Any:
    if heredoc := _HEREDOC.fullmatch(text):
        return normal(textwrap.dedent(heredoc[2]))
    if text.startswith('"'):
        return normal(_ESCAPE.sub(_unescaped, text[1:-1]))
    inside = text[2:-1]
    return Decimal(inside) if re.fullmatch(r"-?[\d.]+e-?\d+", inside) else text


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED.get(escape, escape)
