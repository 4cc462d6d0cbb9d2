"""The files of an output directory, which the `cdktf` command reads."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.files import write_bytes
from plainwork_core.output_directory import DOCUMENT, MANIFEST, STACKS


def stacks(outdir: Path) -> Path:
    """Return the directory of the stacks."""
    return outdir / STACKS


def document(outdir: Path, stack: str) -> Path:
    """Return the file of a stack."""
    return stacks(outdir) / stack / DOCUMENT


def write(file: Path, text: str) -> None:
    """Write a file, and its directory if there is none. Half of a surrogate pair is written as in JavaScript."""
    file.parent.mkdir(exist_ok=True)
    write_bytes(file, text.encode(errors="backslashreplace"))


__all__ = ["DOCUMENT", "MANIFEST", "STACKS", "document", "stacks", "write"]
