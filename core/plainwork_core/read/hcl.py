"""Reads HCL: the `*.tf` and `*.tf.json` files of one directory are one root module."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.model.stack import Stack
from plainwork_core.observed import observe
from plainwork_core.read.modules import Module
from plainwork_core.read.options import Reading
from plainwork_core.read.parsed_files import SUFFIXES, parsed_file
from plainwork_core.read.root_module import root_stack


def read(path: Path, source: str | None = None, reading: Reading | None = None) -> Stack:
    """Read a directory as one root module, or a single `.tf` file as if it were alone in its directory.

    Args:
        path: a directory or a file.
        source: its name for the user; None for *path*.
        reading: shared by the root modules of a run.

    Raises:
        InputError: a file with a syntax error, or a directory without Terraform files.
    """
    reading = reading or Reading()
    if path.is_file():
        module = Module.of([parsed_file(path)], path.parent)
        return root_stack(module, source or str(path), "hcl", reading, is_whole=_is_alone(path))
    return root_stack(reading.files.at(path), source or str(path), "hcl", reading, is_whole=True)


def _is_alone(file: Path) -> bool:
    """Return whether *file* is the only one in its directory."""
    observe(file.parent)
    names = (entry.name for entry in file.parent.iterdir())
    return not any(name.endswith(SUFFIXES) and name != file.name for name in names)
