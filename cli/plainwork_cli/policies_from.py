"""`--policies-from REV`: settings and own policies of a Git revision, so that a change cannot weaken its own checks."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.waivers import Waiver
from plainwork_policies.engine import settings_file
from plainwork_policies.engine.path_glob import PathGlob
from plainwork_policies.engine.settings import Settings


def settings_from(revision: str, config: Path | None) -> Settings:
    """Return the settings of *revision*, with its waivers and its own policies.

    Args:
        revision: of the repository of the working directory, such as `origin/main`.
        config: a file of the working tree; by default the nearest settings file of *revision*.

    Raises:
        InputError: the working directory is in no repository, or the revision or its settings file does not exist.
    """
    root = Path(_git("rev-parse", "--show-toplevel").decode().strip())
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", name=revision)
    export = _Export(root, commit.decode().strip(), Path(tempfile.mkdtemp(prefix="plainwork-")).resolve())
    atexit.register(shutil.rmtree, export.directory, ignore_errors=True)
    export.add(path for path in export.paths if path.endswith(".toml"))
    export.add(export.own_policies())
    if (named := config or os.environ.get(settings_file.VARIABLE)) is not None:
        file: Path | None = export.at(Path(named))
    else:
        directories = (export.at(parent) for parent in (Path.cwd(), *Path.cwd().parents) if parent.is_relative_to(root))
        found = (settings_file.in_directory(directory) for directory in directories if directory.is_dir())
        file = next((path for path in found if path), None)
    if file is None or not file.is_file():
        wanted = export.relative(Path(named)) if named else settings_file.FILE
        raise InputError(f"--policies-from {revision}: the revision has no {wanted}; add it there first")
    return _in_work_tree(settings_file.read(file), export, revision)


class _Export:
    """Files of a commit, written to a directory of their own.

    Attributes:
        root: of the work tree.
        directory: with the files.
        paths: of all files of the commit.
    """

    def __init__(self, root: Path, commit: str, directory: Path) -> None:
        self.root, self.directory, self._commit = root, directory, commit
        self.paths = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).decode().split("\0")[:-1]

    def add(self, paths: Iterable[str]) -> None:
        """Write the files and directories *paths*."""
        if listed := list(paths):
            archive = _git("-C", str(self.root), "archive", "--format=tar", self._commit, "--", *listed)
            with tarfile.open(fileobj=BytesIO(archive)) as members:
                members.extractall(self.directory, filter="data")

    def own_policies(self) -> Iterator[str]:
        """Yield the directories of the commit that a settings file names in `own_policies`."""
        directories = {str(parent) for path in self.paths for parent in Path(path).parents}
        for file in self.directory.rglob("*.toml"):
            for name in _own_policies(file):
                folder = os.path.relpath(file.parent / name, self.directory)
                if folder in directories - {"."}:
                    yield folder

    def at(self, path: Path) -> Path:
        """Return the place of a *path* of the work tree in the export."""
        return self.directory / self.relative(path)

    def relative(self, path: Path) -> str:
        """Return a *path* of the work tree relative to its root."""
        return os.path.relpath(path.absolute(), self.root)


def _own_policies(file: Path) -> list[str]:
    try:
        document: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return []  # the settings file itself is read again, with an error
    table = document.get("tool", {}).get("plainwork", {}) if file.name == "pyproject.toml" else document
    names = table.get("own_policies", []) if isinstance(table, dict) else []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _in_work_tree(settings: Settings, export: _Export, revision: str) -> Settings:
    """Return *settings* with the paths of the work tree that is checked, except those of own policies."""

    def moved(glob: PathGlob) -> PathGlob:
        return replace(glob, directory=export.root / os.path.relpath(glob.directory, export.directory))

    def named(waiver: Waiver) -> Waiver:
        return replace(waiver, origin=waiver.origin.replace(f"{export.directory}/", f"{revision}:"))

    inside = [one.glob for one in settings.own_policies if one.folder.is_relative_to(export.directory)]
    return replace(
        settings,
        exclude=tuple(map(moved, (*settings.exclude, *inside))),
        waivers=tuple((named(waiver), glob and moved(glob)) for waiver, glob in settings.waivers),
        paths=tuple(replace(part, glob=moved(part.glob)) for part in settings.paths),
    )


def _git(*arguments: str, name: str = "") -> bytes:
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout  # noqa: S603, S607  git of the user
    except FileNotFoundError as error:
        raise InputError("--policies-from requires git on PATH") from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip() or f"{name!r} is not a revision of this repository"
        raise InputError(f"--policies-from: {reason}; fetch it, or correct the name") from error
