"""The states in the directory of a root module, which Terraform wrote beside the one in the backend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

_NAMES = ("errored.tfstate", "terraform.tfstate")
_LARGEST = 64 * 1024 * 1024


class LocalState(NamedTuple):
    """A state file.

    Attributes:
        name: of the file.
        serial: of the state.
        lineage: of the state.
        has_resources: whether it has a resource.
    """

    name: str
    serial: int
    lineage: str
    has_resources: bool


def local_states(directory: Path) -> list[LocalState]:
    """Return the states in *directory*: what an apply could not write, and what a local backend left."""
    return [state for name in _NAMES if (state := _read(directory / name)) is not None]


def _read(path: Path) -> LocalState | None:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        read = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(read, dict):
        return None
    serial, lineage = read.get("serial"), read.get("lineage")
    if not isinstance(serial, int) or not isinstance(lineage, str):
        return None
    return LocalState(path.name, serial, lineage, bool(read.get("resources")))
