"""The files that the synthesis of an app writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from plainwork.tree import files
from plainwork_core import python_lines
from plainwork_core.files import write_bytes, write_text

_LINES = f"{files.DOCUMENT}{python_lines.SUFFIX}"


def write_lines(outdir: Path, stack: str, lines: Mapping[str, tuple[str, int]]) -> None:
    """Write the Python line of each block of a stack beside its file."""
    directory = files.document(outdir, stack).parent
    write_text(directory / _LINES, python_lines.document(lines, directory.absolute()))


@contextmanager
def replaced_as_a_whole(outdir: Path) -> Iterator[None]:
    """Keep the files of the previous synthesis if this one fails; otherwise remove those of stacks that are gone.

    Only the files of a synthesis are touched: what Terraform keeps in the directory of a stack remains.
    """
    before = {path: path.read_bytes() for path in _written(outdir)}
    try:
        yield
    except BaseException:
        for path in _written(outdir):
            if path not in before:
                _remove(path)
        for path, content in before.items():
            write_bytes(path, content)
        raise
    manifest = json.loads((outdir / files.MANIFEST).read_text(encoding="utf-8"))
    documents = [files.document(outdir, name) for name in manifest["stacks"]]
    kept = {outdir / files.MANIFEST, *documents, *(path.with_name(_LINES) for path in documents)}
    for path in sorted(before.keys() - kept, reverse=True):
        _remove(path)


def _written(outdir: Path) -> list[Path]:
    manifest = outdir / files.MANIFEST
    of_stacks = (files.stacks(outdir).glob(f"*/{name}") for name in (files.DOCUMENT, _LINES))
    return [*([manifest] if manifest.is_file() else []), *(path for paths in of_stacks for path in paths)]


def _remove(path: Path) -> None:
    """Remove a file, and its directory if nothing else is in it."""
    path.unlink()
    if path.name in (files.DOCUMENT, _LINES):
        with suppress(OSError):
            path.parent.rmdir()
