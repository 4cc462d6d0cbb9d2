"""Another version of what a run reads: a directory, a plan, or a Git revision in a temporary directory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os.path import relpath
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.read.options import ReadOptions
from plainwork_core.repository import repository_path
from plainwork_policies.compare.checkout import checkout
from plainwork_policies.compare.revision import revision_problem

_INPUTS = (".tf", ".tofu", ".json")


@frozen()
class Version:
    """The other version.

    Args:
        name: as the user passed it.
        paths: of the inputs; none if it has none of them.
        directory: that contains the paths of the run.
        other: the same directory in the other version.
        is_temporary: whether the files exist until the end of the comparison only.
    """

    name: str
    paths: tuple[Path, ...]
    directory: Path
    other: Path
    is_temporary: bool = False

    def path_of(self, source: str) -> str:
        """Return the path in the repository of the stack *source* of the version."""
        return repository_path(str(self.directory / relpath(source, self.other)))

    def shown(self, file: str) -> str:
        """Return the name of *file* for people: that of the run instead of that in a temporary directory."""
        if not self.is_temporary or not file.startswith(str(self.other)):
            return file
        path = self.directory / relpath(file, self.other)
        return relpath(path) if path.is_absolute() else str(path)

    def options(self, options: ReadOptions) -> ReadOptions:
        """Return *options* with the files of the version, if it has them."""
        return replace(options, variable_files=tuple(map(self._copy_of, options.variable_files)))

    def _copy_of(self, file: Path) -> Path:
        absolute, root = file.resolve(), self.directory.resolve()
        copy = self.other / absolute.relative_to(root) if absolute.is_relative_to(root) else file
        return copy if copy.exists() else file


def is_revision(name: str) -> bool:
    """Return whether *name* is a Git revision, and no path.

    Raises:
        InputError: it is both, or neither.
    """
    file, problem = Path(name), revision_problem(name, Path.cwd())
    if file.exists() and problem is None:
        raise InputError(f"--against: {name} is a path and a Git revision; write ./{name} or refs/heads/{name}")
    if problem is not None and not file.exists():
        hint = f"Git: {problem}" if problem else "fetch the revision first, as with `git fetch origin main`"
        raise InputError(f"--against: {name} is neither a file nor a directory, nor a Git revision; {hint}")
    return problem is None


@contextmanager
def version_at(name: str, paths: Sequence[Path]) -> Iterator[Version]:
    """Provide the version *name* of *paths*: a Git revision, or a file or directory that is one of the only path.

    Raises:
        InputError: *name* is nothing of the kind, or it is not a version of *paths*.
    """
    if is_revision(name):
        with _checked_out_version(name, paths) as version:
            yield version
    elif len(paths) != 1:
        raise InputError(f"--against: {name} is another version of one PATH, and this run has {len(paths)}")
    else:
        yield Version(name, (Path(name),), paths[0], Path(name))


@contextmanager
def _checked_out_version(name: str, paths: Sequence[Path]) -> Iterator[Version]:
    """Provide *paths* in the revision *name*, with the output of its CDKTF apps."""
    with checkout(name, paths, option="--against") as found:
        if missing := [path for path, copy in found.copies.items() if _may_be_plan(path) and not copy.exists()]:
            raise InputError(
                f"--against: {name} has no {missing[0]}; compare a plan with a plan, a baseline or a saved report"
            )
        inputs = tuple(copy for copy in found.copies.values() if _has_inputs(copy))
        yield Version(name, inputs, found.root, found.tree, is_temporary=True)


def _may_be_plan(path: Path) -> bool:
    return path.suffix == ".json" and not path.name.endswith(".tf.json")


def _has_inputs(path: Path) -> bool:
    return path.is_file() or any(file.suffix in _INPUTS for file in path.rglob("*"))
