"""`--policies-from REV`: settings and own policies of a Git revision, so that a change cannot weaken its own checks."""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.repository import repository_root
from plainwork_core.waivers import Waiver
from plainwork_policies.compare.revision import checked_out
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
    root, until_exit = repository_root(), ExitStack()
    try:
        tree = until_exit.enter_context(checked_out(revision, root))
    except InputError as error:
        raise InputError(f"--policies-from: {error}") from error
    atexit.register(until_exit.close)  # policies are imported when they are needed
    copy = _Copy(root, tree)
    file = copy.settings_file(config)
    if file is None or not file.is_file():
        named = config or os.environ.get(settings_file.VARIABLE)
        wanted = os.path.relpath(Path(named).absolute(), root) if named else settings_file.FILE
        raise InputError(f"--policies-from {revision}: the revision has no {wanted}; add it there first")
    return copy.in_work_tree(settings_file.read(file), revision)


@frozen()
class _Copy:
    """A revision of the repository *root* in the directory *tree*."""

    root: Path
    tree: Path

    def settings_file(self, config: Path | None) -> Path | None:
        """Return the settings file in the revision that a run would use."""
        if (named := config or os.environ.get(settings_file.VARIABLE)) is not None:
            return self._at(Path(named))
        around = (parent for parent in (Path.cwd(), *Path.cwd().parents) if parent.is_relative_to(self.root))
        found = (settings_file.in_directory(self._at(parent)) for parent in around)
        return next((path for path in found if path), None)

    def in_work_tree(self, settings: Settings, revision: str) -> Settings:
        """Return *settings* with the paths of the work tree that is checked, except those of own policies."""
        inside = [one.glob for one in settings.own_policies if one.folder.is_relative_to(self.tree)]
        return replace(
            settings,
            exclude=tuple(map(self._moved, (*settings.exclude, *inside))),
            waivers=tuple(
                (self._named(waiver, revision), glob and self._moved(glob)) for waiver, glob in settings.waivers
            ),
            paths=tuple(replace(part, glob=self._moved(part.glob)) for part in settings.paths),
        )

    def _at(self, path: Path) -> Path:
        return self.tree / os.path.relpath(path.absolute(), self.root)

    def _moved(self, glob: PathGlob) -> PathGlob:
        return glob.relocated(self.tree, self.root)

    def _named(self, waiver: Waiver, revision: str) -> Waiver:
        return replace(waiver, origin=waiver.origin.replace(f"{self.tree}/", f"{revision}:"))
