"""The place of a finding in the repository, as code hosts name it: a path from the root, and a line."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from plainwork_core.model.stack import Location
from plainwork_policies.engine.run_result import Problem

_IN_MESSAGE = re.compile(r"(.+?):(?:(\d+):)? ")


def repository_path(file: str) -> str:
    """Return the path of *file* from the root of its repository, with `/`; absolute if it is outside.

    The root is the nearest parent of the working directory with `.git`, or the working directory without one.
    """
    absolute = os.path.normpath(Path.cwd() / file)
    root = repository_root()
    if not Path(absolute).is_relative_to(root):
        return Path(absolute).as_posix()
    return Path(absolute).relative_to(root).as_posix()


def problem_location(problem: Problem) -> Location:
    """Return the file and line at the beginning of the message of *problem*, otherwise its file."""
    found = _IN_MESSAGE.match(problem.message)
    if found and Path(found[1]).is_file():
        return Location(found[1], int(found[2] or 0))
    return Location(problem.file)


def uri(path: str) -> str:
    """Return *path* of `repository_path` as a URI reference; an absolute one has the scheme `file`."""
    quoted = quote(os.fsencode(path))
    return f"file://{quoted}" if path.startswith("/") else quoted


def repository_root() -> Path:
    """Return the nearest parent of the working directory with `.git`, or the working directory without one."""
    return _root(Path.cwd())


@cache
def _root(directory: Path) -> Path:
    around = (directory, *directory.parents)
    return next((parent for parent in around if (parent / ".git").exists()), directory)
