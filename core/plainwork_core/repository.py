"""Paths in the repository of the working directory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SKIPPED = ("node_modules", "__pycache__")


def is_source_directory(name: str) -> bool:
    """Return whether a directory of this name may contain source: not a hidden one, and no packages."""
    return not name.startswith(".") and name not in _SKIPPED


def source_directories(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield *root* and the directories below it that may contain source, sorted, each with the names of its files."""
    for directory, below, names in os.walk(root):
        below[:] = sorted(filter(is_source_directory, below))
        yield Path(directory), names


def repository_path(file: str) -> str:
    """Return the path of *file* from the root of its repository, with `/`; absolute if it is outside.

    The root is the nearest parent of the working directory with `.git`, or the working directory without one.
    """
    return _from_root(file, os.getcwd())  # noqa: PTH109  `Path.cwd` costs more than the rest


def repository_root() -> Path:
    """Return the nearest parent of the working directory with `.git`, or the working directory without one."""
    return root_of(Path.cwd())


def root_of(directory: Path) -> Path:
    """Return the nearest parent of the absolute *directory* with `.git`, or *directory* without one."""
    return _root(str(directory))


@cache
def _from_root(file: str, directory: str) -> str:
    absolute, root = Path(os.path.normpath(Path(directory, file))), _root(directory)
    return (absolute.relative_to(root) if absolute.is_relative_to(root) else absolute).as_posix()


@cache
def _root(directory: str) -> Path:
    found = Path(directory)
    return next((path for path in (found, *found.parents) if (path / ".git").exists()), found)
