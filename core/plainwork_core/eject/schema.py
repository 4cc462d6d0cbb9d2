"""The schema of the provider version that a root module requires."""

from __future__ import annotations

from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.known import NotLiteral
from plainwork_core.read.modules import Module
from plainwork_core.schema import Schema
from plainwork_core.schema.versions import choice_of


def schema_of(root: Module) -> Schema:
    """Return the schema of the provider version that *root* requires."""
    required: dict[str, Any] = {}
    for name, (attribute, _) in root.declarations.required_providers.items():
        try:
            required[name] = known.literal_of(attribute.expression)
        except (NotLiteral, TypeError):
            continue
    return choice_of({"terraform": {"required_providers": required}}).schema()
