"""Globs of files and directories in settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from os.path import relpath
from pathlib import Path, PurePath

from plainwork_core.frozen import frozen

_WILDCARDS = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
_PART = re.compile(r"(\*\*|\*|\?)")


@frozen()
class PathGlob:
    """A glob of files and directories.

    Args:
        glob: `legacy/**` and `stacks/*/old` are paths from *directory*; `legacy`, without a slash, is a name at any
            depth. `**` matches several directories.
        directory: of the settings file, or the working directory for an option.
    """

    glob: str
    directory: Path

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        text = self.glob.removeprefix("./").rstrip("/").removesuffix("/**")
        return re.compile("".join(_WILDCARDS.get(part) or re.escape(part) for part in _PART.split(text)))

    def matches(self, path: Path) -> bool:
        """Return whether it matches *path* itself."""
        is_path = "/" in self.glob.rstrip("/")
        return self._pattern.fullmatch(self._relative(path) if is_path else path.name) is not None

    def contains(self, path: Path) -> bool:
        """Return whether it matches *path* or a directory around it, up to its own directory."""
        relative = PurePath(self._relative(path))
        return any(self.matches(self.directory / part) for part in (relative, *relative.parents))

    def relocated(self, directory: Path, other: Path) -> PathGlob:
        """Return the glob for a copy of *directory* at *other*."""
        return PathGlob(self.glob, other / relpath(self.directory, directory))

    def _relative(self, path: Path) -> str:
        return PurePath(relpath(path, self.directory)).as_posix()


def exclusion(globs: Sequence[PathGlob]) -> Callable[[Path], bool]:
    """Return a function that decides whether a file or a directory matches one of *globs*."""
    return lambda path: any(glob.matches(path) for glob in globs)
