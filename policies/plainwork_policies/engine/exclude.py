"""The setting `exclude`: globs of files and directories that a run does not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from os.path import relpath
from pathlib import Path, PurePath

_WILDCARDS = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
_PART = re.compile(r"(\*\*|\*|\?)")


def exclusion(globs: Sequence[str], directory: Path) -> Callable[[Path], bool]:
    """Return a function that decides whether a file or a directory is excluded.

    Args:
        globs: `legacy/**` and `stacks/*/old` are paths from *directory*; `legacy`, without a slash, is a name at any
            depth. `**` matches several directories. A directory that matches is excluded with all that is in it.
        directory: of the settings file.
    """
    if not globs:
        return lambda _: False
    patterns = [(_compiled(glob), "/" in glob.rstrip("/")) for glob in globs]

    def is_excluded(path: Path) -> bool:
        relative = PurePath(relpath(path, directory)).as_posix()
        return any(pattern.fullmatch(relative if is_path else path.name) for pattern, is_path in patterns)

    return is_excluded


def _compiled(glob: str) -> re.Pattern[str]:
    text = glob.removeprefix("./").rstrip("/").removesuffix("/**")
    return re.compile("".join(_WILDCARDS.get(part) or re.escape(part) for part in _PART.split(text)))
