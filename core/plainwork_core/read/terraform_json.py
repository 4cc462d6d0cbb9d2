"""Reads Terraform's JSON syntax, which `cdktf synth` writes: one `cdk.tf.json` is one stack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainwork_core import python_lines
from plainwork_core.model.stack import Stack
from plainwork_core.output_directory import DOCUMENT
from plainwork_core.read.modules import Module
from plainwork_core.read.options import Reading
from plainwork_core.read.parsed_files import parsed_json
from plainwork_core.read.root_module import root_stack
from plainwork_core.read.text import read_bytes


def read(file: Path, source: str | None = None, reading: Reading | None = None) -> Stack:
    """Read *file* as one root module.

    Args:
        file: JSON in Terraform's syntax.
        source: its name for the user; None for *file*.
        reading: shared by the root modules of a run.

    Raises:
        InputError: invalid JSON, a duplicate key, or a shape that Terraform rejects.
    """
    found = _read(read_bytes(file), file, source or str(file), reading)
    return replace(found, python_lines=python_lines.read(file))


def read_document(document: Mapping[str, Any], name: str) -> Stack:
    """Read a synthesized document that is not on disk as one root module, which is called *name*.

    Raises:
        InputError: a shape that Terraform rejects.
    """
    return _read(json.dumps(document).encode(), Path(DOCUMENT), name, None)


def _read(content: bytes, file: Path, name: str, reading: Reading | None) -> Stack:
    module = Module.of([parsed_json(content, name)], file.parent)
    return root_stack(module, name, "cdktf", reading or Reading(), is_whole=file.name == DOCUMENT)
