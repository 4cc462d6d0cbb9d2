"""The value of a finding as JSON data: what every output has of it."""

from __future__ import annotations

from typing import Any

from plainwork_core.model.values import Unknown, Value

UNKNOWN = "(unknown)"


def plain(value: Value) -> Any:
    """Return *value* as JSON data, with `(unknown)` for each part that the input does not contain."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else value
