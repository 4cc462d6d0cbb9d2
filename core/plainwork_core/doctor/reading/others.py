"""The other root modules of the repository that store their state in the same object.

A file is parsed only if it contains the bucket and the key literally.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from plainwork_core.doctor.facts import OtherBackend, Setting
from plainwork_core.doctor.reading.configuration import read_configuration
from plainwork_core.doctor.reading.roots import SKIPPED
from plainwork_core.errors import InputError
from plainwork_core.read.parsed_files import SUFFIXES
from plainwork_core.repository import root_of

_MOST_FILES = 1000
"""Files that are read. A repository with more is a monorepo, for which `plainwork check` compares the keys."""


def others_with_state(directory: Path, settings: Mapping[str, Setting]) -> Iterator[OtherBackend]:
    """Yield the other backends with the bucket and the key of *settings*, as their blocks have them."""
    words = [setting.value for name in ("bucket", "key") if (setting := settings.get(name))]
    if len(words) < 2 or not all(isinstance(word, str) and word for word in words):  # noqa: PLR2004  both of them
        return
    here = directory.resolve()
    contained = [str(word).encode() for word in words]
    for other in _directories_with(root_of(here), contained):
        if other != here:
            yield from _same_state(other, words)


def _same_state(directory: Path, words: list[str]) -> Iterator[OtherBackend]:
    try:
        backend = read_configuration(directory).backend
    except (InputError, OSError):  # it is another root module, whose own examination reports it
        return
    if backend and backend.type == "s3" and [backend.values.get(name) for name in ("bucket", "key")] == words:
        yield OtherBackend(os.path.relpath(directory), backend.values, backend.location)


def _directories_with(root: Path, words: list[bytes]) -> Iterator[Path]:
    """Yield the directories below *root* with a file that contains all *words*."""
    left = _MOST_FILES
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in SKIPPED)
        files = [Path(folder, name) for name in names if name.endswith(SUFFIXES)]
        left -= len(files)
        if left < 0:
            return
        if any(_contains(file, words) for file in files):
            yield Path(folder)


def _contains(file: Path, words: list[bytes]) -> bool:
    try:
        content = file.read_bytes() if file.is_file() else b""
    except OSError:
        return False
    return all(word in content for word in words)
