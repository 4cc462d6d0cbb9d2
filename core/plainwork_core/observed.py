"""What readers look at on disk: a later run has the same result if it is unchanged."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Observed = dict[str, str]
"""The state of each path, as `state` returns it, before it was read."""
_observers: list[Observed] = []


def observe(path: Path | str) -> None:
    """Add *path*, a file or a directory that is read next, or looked for, to what is observed now."""
    name = str(path)
    for observed in _observers:
        if name not in observed:
            observed[name] = state(name)


def is_observing() -> bool:
    """Return whether something is observed now."""
    return bool(_observers)


def observe_again(before: Observed) -> None:
    """Add what was observed *before* a result that is used again."""
    for observed in _observers:
        observed.update(before)


@contextmanager
def observed_within() -> Iterator[Observed]:
    """Collect what is observed until the end of the block, if something is observed around it."""
    if not _observers:
        yield {}
        return
    with observing() as observed:
        yield observed


@contextmanager
def observing() -> Iterator[Observed]:
    """Collect what is observed until the end of the block."""
    observed: Observed = {}
    _observers.append(observed)
    try:
        yield observed
    finally:
        _observers.pop()


def state(path: str) -> str:
    """Return a digest of *path*: where its links lead, and the content of a file, or the entries of a directory.

    It is `""` for what may have another content each time, such as a pipe, or a file that cannot be read.
    """
    try:
        content = _content(path)
    except (FileNotFoundError, NotADirectoryError):
        content = b"\0-"
    except OSError:
        content = b""
    return hashlib.sha256(os.fsencode(os.path.realpath(path)) + content).hexdigest() if content else ""


def _content(path: str) -> bytes:
    mode = Path(path).stat().st_mode
    if stat.S_ISDIR(mode):
        with os.scandir(path) as entries:
            rows = sorted((entry.name, entry.is_dir(), entry.is_file(), entry.is_symlink()) for entry in entries)
        return b"\0d" + os.fsencode(repr(rows))
    return b"\0f" + Path(path).read_bytes() if stat.S_ISREG(mode) else b""
