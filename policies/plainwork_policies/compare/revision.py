"""A Git revision in a temporary directory.

`git read-tree` and `git checkout-index` write its files without a work tree of Git: the repository keeps no trace, and
no hook runs.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from plainwork_core.errors import InputError

_MERGE_BASE = "..."


def revision_problem(name: str, directory: Path) -> str | None:
    """Return `None` if *name* is a revision around *directory*, as `checked_out` accepts it; otherwise Git's error.

    The error is `""` if there is only no such revision.
    """
    commit = f"{name.removesuffix(_MERGE_BASE)}^{{commit}}"
    code, found = _git(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", commit)
    return found if code else None


@contextmanager
def checked_out(name: str, repository: Path) -> Iterator[Path]:
    """Write the files of the revision *name* to a directory that is removed at the end, also on an interruption.

    Args:
        name: a revision, or `main...` for the last common commit of `main` and `HEAD`.
        repository: its root.

    Raises:
        InputError: the revision does not exist, or its files cannot be written.
    """
    commit = _commit(name, repository)
    with _removed_on_termination(), TemporaryDirectory(prefix="plainwork-") as directory:
        tree = Path(directory).resolve() / "tree"
        environment = {**os.environ, "GIT_INDEX_FILE": str(Path(directory) / "index")}
        for command in (["read-tree", commit], ["checkout-index", "--all", "--quiet", f"--prefix={tree}/"]):
            code, error = _git(repository, *command, environment=environment)
            if code:
                raise InputError(f"{name}: the files of the revision cannot be written: {error}")
        tree.mkdir(exist_ok=True)
        yield tree


def _commit(name: str, repository: Path) -> str:
    if name.endswith(_MERGE_BASE):
        code, found = _git(repository, "merge-base", "--", name.removesuffix(_MERGE_BASE), "HEAD")
    else:
        code, found = _git(repository, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    if code:
        raise InputError(f"{name}: no such revision in {repository}; fetch it first, as with `git fetch origin main`")
    return found


def _git(directory: Path, *arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Return the exit code of Git, and its output or its error."""
    command: Sequence[str] = ("git", "-C", str(directory), *arguments)
    try:
        done = subprocess.run(  # noqa: S603  Git, with the revision as an operand
            command, check=False, capture_output=True, text=True, env=environment, errors="replace"
        )
    except OSError as error:
        return 1, f"git cannot be run: {error.strerror}"
    return done.returncode, (done.stderr if done.returncode else done.stdout).strip()


@contextmanager
def _removed_on_termination() -> Iterator[None]:
    """End as after an error where the process is asked to terminate, so that temporary files are removed."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
