"""The Python line that creates each block of a synthesized stack: a map beside its document.

The document and its snapshot do not contain lines, which change with every edit above. A path in the map is relative to
the directory of the map.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from plainwork_core.model.blocks import Location
from plainwork_core.observed import observe

SUFFIX = ".map"
_FORMAT = 1


def document(lines: Mapping[str, tuple[str, int]], directory: Path) -> str:
    """Return the map of a stack in *directory*.

    Args:
        lines: the absolute path of a file and the line, by address.
        directory: of the map.
    """
    files = {file: os.path.relpath(file, directory) for file in {file for file, _ in lines.values()}}
    relative = {address: [files[file], line] for address, (file, line) in lines.items()}
    return json.dumps({"version": _FORMAT, "lines": relative}, indent=1) + "\n"


def read(file: Path) -> dict[str, Location]:
    """Return the lines beside the document *file*, by address; none without a map, or with one of another form."""
    lines = file.with_name(f"{file.name}{SUFFIX}")
    observe(lines)
    try:
        content = json.loads(lines.read_text(encoding="utf-8"))
        if content["version"] != _FORMAT:
            return {}
        return {
            str(address): Location(_shown(file, path), int(line)) for address, (path, line) in content["lines"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _shown(file: Path, path: str) -> str:
    """Return the path of a file from the working directory."""
    return os.path.relpath(file.parent / path)
