"""The files that the synthesis of an app writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plainwork._cdktf import Manifest
from plainwork_core.files import write_bytes

_DOCUMENT = "cdk.tf.json"


def document(outdir: Path, stack: str) -> Path:
    """Return the file of a stack."""
    return outdir / Manifest.STACKS_FOLDER / stack / _DOCUMENT


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
    manifest = json.loads((outdir / Manifest.FILE_NAME).read_text(encoding="utf-8"))
    for path in before.keys() - {outdir / Manifest.FILE_NAME, *(document(outdir, name) for name in manifest["stacks"])}:
        _remove(path)


def _written(outdir: Path) -> list[Path]:
    manifest = outdir / Manifest.FILE_NAME
    return [*([manifest] if manifest.is_file() else []), *outdir.glob(f"{Manifest.STACKS_FOLDER}/*/{_DOCUMENT}")]


def _remove(path: Path) -> None:
    """Remove a file, and its directory if nothing else is in it."""
    path.unlink()
    if path.name == _DOCUMENT:
        with suppress(OSError):
            path.parent.rmdir()
