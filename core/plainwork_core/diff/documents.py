"""Strings that hold another format: JSON, a policy document, encoded text."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping

from plainwork_core.model.values import JsonText, Value, is_deep

_LEAST_ENCODED = 24
"""Characters of a string that can be taken for Base64: a shorter one may be a word."""
_IN_STATEMENTS = ("Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition")


def document_of(value: Value) -> Value:
    """Return the object or list that *value* is in JSON, a policy with its statements as lists; otherwise `None`."""
    if isinstance(value, JsonText):
        return _with_lists(value.document)
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return _with_lists(found) if isinstance(found, (dict, list)) and not is_deep(found) else None


def decoded(value: Value) -> str | None:
    """Return the text that *value* is in Base64; `None` if it is none."""
    if not isinstance(value, str) or len(value) < _LEAST_ENCODED or len(value) % 4 or " " in value:
        return None
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return text if all(character.isprintable() or character.isspace() for character in text) else None


def _with_lists(document: Value) -> Value:
    """Return a policy *document* with a list wherever IAM accepts one value or a list; another document as it is."""
    if not isinstance(document, Mapping) or "Statement" not in document:
        return document
    statements = document["Statement"]
    listed = statements if isinstance(statements, list) else [statements]
    return {**document, "Statement": [_statement(statement) for statement in listed]}


def _statement(statement: Value) -> Value:
    if not isinstance(statement, Mapping):
        return statement
    return {name: _listed(part) if name in _IN_STATEMENTS else part for name, part in statement.items()}


def _listed(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {name: _listed(member) for name, member in value.items()}
    return value if isinstance(value, list) else [value]
