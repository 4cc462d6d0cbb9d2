"""The module in a directory: what its files declare, and which directory a call in it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from os.path import normpath, realpath, relpath
from pathlib import Path

from plainwork_core.frozen import frozen
from plainwork_core.installed_modules import installed_modules
from plainwork_core.read.declarations import Declarations, ParsedFile
from plainwork_core.read.parsed_files import parsed_files

_LOCAL = ("./", "../")


@frozen()
class Module:
    """The files of one directory.

    Attributes:
        files: the parsed files.
        declarations: what they declare.
        directory: where they are; the base of `source = "./..."`.
    """

    files: tuple[ParsedFile, ...]
    declarations: Declarations
    directory: Path

    @classmethod
    def of(cls, files: Iterable[ParsedFile], directory: Path) -> Module:
        """Return the module that *files* are.

        Raises:
            InputError: they declare something that Terraform would reject.
        """
        found = tuple(files)
        return cls(found, Declarations.of(list(found)), directory)

    @classmethod
    def at(cls, directory: Path) -> Module:
        """Return the module in *directory*.

        Raises:
            InputError: there is none, a file with a syntax error, or see `of`.
        """
        return cls.of(parsed_files(directory), directory)

    def directory_from(self, root: Module) -> str:
        """Return the directory as `path.module` has it: relative to that of the *root* module."""
        return relpath(self.directory, root.directory)

    @cached_property
    def real_directory(self) -> str:
        """The directory without symbolic links."""
        return realpath(self.directory)


@frozen()
class Installed:
    """The modules that `terraform init` installed in the directory of a root module."""

    root: Path

    @cached_property
    def _directories(self) -> Mapping[str, str]:
        return {module.key: module.directory for module in installed_modules(self.root)}

    def directory(self, path: tuple[str, ...]) -> Path | None:
        """Return the directory of the module that the calls named in *path* lead to; `None` if it is not installed."""
        found = self._directories.get(".".join(path))
        return None if found is None else Path(normpath(self.root / found))


def local_directory(caller: Module, source: str) -> Path | None:
    """Return the directory that `source = "./..."` in *caller* refers to; `None` for another source."""
    return Path(normpath(caller.directory / source)) if source.startswith(_LOCAL) else None
