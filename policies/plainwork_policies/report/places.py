"""The place of a finding in the repository, as code hosts name it: a path from the root, and a line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from plainwork_core.model.stack import Location
from plainwork_policies.engine.run_result import Problem

_IN_MESSAGE = re.compile(r"(.+?):(?:(\d+):)? ")


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
