"""The root modules at the path that a user passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.read.parsed_files import SUFFIXES
from plainwork_core.repository import source_directories


def root_modules(path: Path) -> list[Path]:
    """Return the root modules at *path*: the file, the directory, or the directories below one without Terraform files.

    Raises:
        InputError: the path does not exist, or has no Terraform files.
    """
    try:
        if path.is_file() or _has_files(path) or (path / ".terraform").is_dir():
            return [path]
        if not path.exists():
            raise InputError(f"{path}: does not exist")
        found = list(_below(path))
    except OSError as error:
        raise InputError(f"{error.filename or path}: cannot be read: {error.strerror}") from error
    if not found:
        raise InputError(f"{path}: no *.tf, *.tf.json or CDKTF output found; pass the directory of a root module")
    return found


def _below(path: Path) -> Iterator[Path]:
    return (folder for folder, names in source_directories(path) if any(map(_is_terraform, names)))


def _has_files(path: Path) -> bool:
    return path.is_dir() and any(_is_terraform(entry.name) for entry in path.iterdir())


def _is_terraform(name: str) -> bool:
    return name.endswith(SUFFIXES) and not name.startswith(".")
