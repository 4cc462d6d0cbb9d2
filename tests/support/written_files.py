"""The files of an output directory, for comparison."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

IS_CDK_TERRAIN = find_spec("cdktn") is not None
"""CDK Terrain writes an empty list or dict in one line, CDKTF in two."""


def written_files(directory: Path) -> dict[str, object]:
    """Return the bytes of each file by its path; with CDK Terrain its JSON."""
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {
        str(file.relative_to(directory)): json.loads(file.read_bytes()) if IS_CDK_TERRAIN else file.read_bytes()
        for file in files
    }
