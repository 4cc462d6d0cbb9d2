"""The files that functions such as `file` read: those in the checked directory and in called modules, and no others."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.observed import observe

LARGEST_FILE = 1_000_000
"""Bytes of a file that is read."""
_MOST_ENTRIES = 20_000
"""Files and directories below the directory of a `fileset`."""


class Files:
    """The files of the checked directory, and of the modules that are called from it.

    Args:
        directory: where Terraform runs: the directory of the root module, to which paths are relative. Without it no
            file is read.
        checked: the directory that contains all files that may be read; `None` for *directory*.

    Attributes:
        templates: parsed ones by their text: a loop may evaluate one for each of its members.
    """

    def __init__(self, directory: Path | None, checked: Path | None = None) -> None:
        self._directory = directory
        self._checked = checked or directory
        self._allowed = {os.path.realpath(self._checked)} if self._checked else set()
        self.templates: dict[str, Expression] = {}

    def allow(self, directory: str) -> None:
        """Allow the files of a module that is called, by its *directory* without links."""
        self._allowed.add(directory)

    def content(self, path: str) -> bytes:
        """Return the content of the file at *path*.

        Raises:
            Rejected: there is no such file.
            Unsupported: it is outside of the checked directory, or too large.
        """
        file = self._inside(path)
        try:
            found = file.stat()
            if not stat.S_ISREG(found.st_mode):
                raise Rejected(f"`{path}` is not a file")
            if found.st_size > LARGEST_FILE:
                raise Unsupported(f"on files of more than {LARGEST_FILE:,} bytes")
            with file.open("rb") as stream:
                return stream.read(LARGEST_FILE)
        except FileNotFoundError:
            raise Rejected(f"`{path}` does not exist") from None
        except OSError as error:
            raise Unsupported(f"on `{path}`: {error.strerror}") from None

    def exists(self, path: str) -> bool:
        """Return whether there is a regular file at *path*.

        Raises:
            Rejected: something else is there, or a file is a directory of *path*.
            Unsupported: it is outside of the checked directory.
        """
        try:
            is_file = stat.S_ISREG(self._inside(path).stat().st_mode)
        except FileNotFoundError:
            return False
        except NotADirectoryError:
            is_file = False
        except OSError as error:
            raise Unsupported(f"on `{path}`: {error.strerror}") from None
        if not is_file:
            raise Rejected(f"`{path}` is not a file")
        return True

    def below(self, path: str, depth: int) -> Iterator[str]:
        """Yield the path of each regular file below the directory *path*, relative to it, with `/` between names.

        Args:
            path: of the directory.
            depth: the most names in a result.

        Raises:
            Unsupported: *path* or a link in it leads out of the checked directory, or it has too many entries.
        """
        top = self._inside(path)
        left, entries = [(top, "", depth)], 0
        while left:
            directory, prefix, depth = left.pop()
            for entry in _entries(directory):
                entries += 1
                if entries > _MOST_ENTRIES:
                    raise Unsupported(f"on a directory with more than {_MOST_ENTRIES:,} entries")
                if entry.is_symlink():
                    self._require_inside(Path(entry.path), prefix + entry.name)
                if entry.is_file():
                    yield prefix + entry.name
                elif entry.is_symlink():
                    raise Unsupported(f"on a directory with `{prefix}{entry.name}`, a link to no file")
                elif entry.is_dir() and depth > 1:
                    left.append((Path(entry.path), f"{prefix}{entry.name}/", depth - 1))

    def _inside(self, path: str) -> Path:
        if self._directory is None:
            raise Unsupported("here")
        if path.startswith("~"):
            raise Unsupported("on a path in the home directory")
        if "\0" in path:
            raise Rejected("a path has no null character")
        return self._require_inside(self._directory / path, path)

    def _require_inside(self, file: Path, path: str) -> Path:
        """Return *file* without links.

        Raises:
            Unsupported: it is outside of the checked directory.
        """
        observe(file)
        found = Path(os.path.realpath(file))
        if not any(found.is_relative_to(directory) for directory in self._allowed):
            where = f"on `{path}`, which is outside of the checked directory `{self._checked}`"
            raise Unsupported(f"{where}; check a directory that contains it, or a plan")
        return found


def _entries(directory: Path) -> list[os.DirEntry[str]]:
    observe(directory)
    try:
        with os.scandir(directory) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise Unsupported(f"on `{directory}`: {error.strerror}") from None
