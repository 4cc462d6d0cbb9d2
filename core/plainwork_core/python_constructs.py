"""The Python construct that creates each block of a synthesized stack: in the metadata of its document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plainwork_core.observed import observe


def read(file: Path) -> dict[str, str]:
    """Return the construct of each block in the document *file*, by address: `FileSystem files`.

    A block that the stack itself creates has none. A document that plainwork or CDKTF did not write has none at all.
    """
    observe(file)
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return dict(_constructs(document)) if isinstance(document, Mapping) else {}


def _constructs(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, prefix in (("resource", ""), ("data", "data.")):
        for type_, blocks in _members(document.get(kind)):
            for name, block in _members(blocks):
                if construct := _construct(_member(block, "//")):
                    yield f"{prefix}{type_}.{name}", construct


def _construct(metadata: Any) -> str:
    """Return the construct in the metadata of a block: of plainwork, or the path of CDKTF around the block."""
    own = _member(_member(metadata, "plainwork"), "construct")
    if isinstance(own, str):
        return own
    path = _member(_member(metadata, "metadata"), "path")
    return "/".join(path.split("/")[1:-1]) if isinstance(path, str) else ""


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items() if isinstance(value, Mapping) else ())


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None
