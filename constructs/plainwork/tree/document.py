"""Terraform's JSON syntax as CDKTF writes it: how the fragments of elements are merged, and the text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from plainwork.errors import PlainworkError
from plainwork_core.hcl.expressions import is_token

IMPORT_FIRST = "import `cdktf` before the App is created"
"""The remedy where an app of plain Python has a part of CDKTF."""


class LiteralNull:
    """The type of `LITERAL_NULL`."""

    def __repr__(self) -> str:
        return "None"


LITERAL_NULL = LiteralNull()
"""A null where `${null}` would be text, as in the default of a variable. CDKTF has none: it drops every null."""

_TOKEN = "TfToken["  # noqa: S105  no password

_WORDS = {True: "true", False: "false", None: "null"}
_LEAST, _MOST = 1e-6, 1e21
"""The absolute values between which JavaScript writes a number without an exponent."""


def resolved(value: Any, path: str = "") -> Any:
    """Return a copy of plain data, without any None; `LITERAL_NULL` becomes one.

    Raises:
        PlainworkError: a value is not plain data.
    """
    kind = type(value)
    if kind is bool or kind is int:
        return value
    if isinstance(value, str):
        if _TOKEN in value:
            raise PlainworkError(f"{path.removeprefix('.')} contains a token of CDKTF; {IMPORT_FIRST}")
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): resolved(item, f"{path}.{key}") for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [resolved(item, f"{path}[{index}]") for index, item in enumerate(value) if item is not None]
    if value is LITERAL_NULL:
        return None
    if isinstance(value, float) and not is_token(value):
        return int(Decimal(repr(value))) if value.is_integer() and abs(value) < _MOST else value
    raise PlainworkError(
        f"{path.removeprefix('.')} is {value!r}, which is not plain data; if it is of CDKTF, {IMPORT_FIRST}"
    )


def merge(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    """Merge *source* into *target*: dicts are merged, lists are joined, another value replaces, None removes."""
    for key, value in source.items():
        known = target.get(key)
        if value is None:
            target.pop(key, None)
        elif isinstance(known, dict) and isinstance(value, dict):
            merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            target[key] = [*known, *value]
        else:
            target[key] = value


def text(value: Any, indent: str = "\n") -> str:
    """Return the JSON text of resolved data, with sorted keys, as `json-stable-stringify` writes it."""
    inner = f"{indent}  "
    match value:
        case str():
            return encode_basestring(value)
        case dict():
            members = [f"{inner}{encode_basestring(key)}: {text(value[key], inner)}" for key in _sorted(value)]
            return f"{{{','.join(members)}{indent}}}"
        case list():
            return f"[{','.join([f'{inner}{text(item, inner)}' for item in value])}{indent}]"
        case bool() | None:
            return _WORDS[value]
        case float():
            return _number(value)
    return str(value)


def _sorted(names: Mapping[str, Any]) -> list[str]:
    """Return the names in JavaScript's order, which is that of UTF-16."""
    return sorted(names) if all(map(str.isascii, names)) else sorted(names, key=lambda name: name.encode("utf-16-be"))


def _number(value: float) -> str:
    if _LEAST <= abs(value) < _MOST:
        return format(Decimal(repr(value)), "f")
    return repr(value).replace("e-0", "e-")
