"""The AWS resource types that accept tags, from the shipped schemas of the provider (`tools/data.py`)."""

from __future__ import annotations

import json
from typing import Any

from plainwork_core.schema import Schema
from plainwork_core.schema.store import NEWEST, SHIPPED
from tools.packages import Package

_OLDER = "5.100.0"
_NEEDED = {"tags", "tags_all"}


def write(stamp: dict[str, Any], _provider: Package | None, _bindings: Package | None) -> bytes:
    """Return the content of `taggable_types.json`."""
    older, newest = Schema(SHIPPED[_OLDER]), Schema(SHIPPED[NEWEST])
    with_tags, known = taggable_types(older), set(older.types("resource"))
    added = taggable_types(newest) - with_tags
    types = {"types": with_tags, "newer_types": added - known, "types_with_newer_tags": added & known}
    content = {"stamp": stamp} | {key: sorted(names) for key, names in types.items()}
    return (json.dumps(content, indent=0) + "\n").encode()


def taggable_types(schema: Schema) -> set[str]:
    """Return the resource types with `tags` and `tags_all`, to which the provider applies `default_tags`."""
    blocks = ((type_, schema.block("resource", type_)) for type_ in schema.types("resource"))
    return {type_ for type_, block in blocks if block and block.attributes.keys() >= _NEEDED}
