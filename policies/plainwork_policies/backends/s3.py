"""Booleans of policies in the explicit form."""

from __future__ import annotations

from plainwork_core.model.values import Value


def is_on(value: Value) -> bool:
    """Tell whether a boolean argument is known to be true; Terraform takes `"true"` for `true`."""
    return value is True or (isinstance(value, str) and value == "true")
