"""Paths in the repository of the working directory."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def repository_path(file: str) -> str:
    """Return the path of *file* from the root of its repository, with `/`; absolute if it is outside.

    The root is the nearest parent of the working directory with `.git`, or the working directory without one.
    """
    absolute = os.path.normpath(Path.cwd() / file)
    root = repository_root()
    if not Path(absolute).is_relative_to(root):
        return Path(absolute).as_posix()
    return Path(absolute).relative_to(root).as_posix()


def repository_root() -> Path:
    """Return the nearest parent of the working directory with `.git`, or the working directory without one."""
    return _root(Path.cwd())


@cache
def _root(directory: Path) -> Path:
    around = (directory, *directory.parents)
    return next((parent for parent in around if (parent / ".git").exists()), directory)
