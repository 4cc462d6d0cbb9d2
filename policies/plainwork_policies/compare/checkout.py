"""The paths of a run in a Git revision, with the output of their CDKTF apps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from os.path import relpath
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.repository import repository_root
from plainwork_policies.compare.apps import synthesize
from plainwork_policies.compare.revision import checked_out


@frozen()
class Checkout:
    """A revision.

    Args:
        root: of the repository.
        tree: the directory with its files.
        copies: by path of the run, where it is in *tree*; it may not exist.
    """

    root: Path
    tree: Path
    copies: Mapping[Path, Path]


@contextmanager
def checkout(name: str, paths: Sequence[Path], *, option: str = "") -> Iterator[Checkout]:
    """Provide *paths* in the revision *name* until the end of the block.

    Args:
        name: as for `checked_out`.
        paths: files and directories in the repository.
        option: the one that names the revision, for messages.

    Raises:
        InputError: a path is outside of the repository, or the revision cannot be read or synthesized.
    """
    root = repository_root()
    if outside := [path for path in paths if not path.resolve().is_relative_to(root)]:
        where = f"{option}: " if option else ""
        raise InputError(f"{where}{outside[0]} is outside of {root}, the repository of {name}")
    with checked_out(name, root) as tree:
        synthesize(tree, root, paths)
        yield Checkout(root, tree, {path: tree / relpath(path.resolve(), root) for path in paths})
