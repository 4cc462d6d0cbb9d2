"""The other root modules of the repository whose states may meet that of this one.

A directory is read only if one of its files contains the bucket and the key: the same key, or one that ends with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from plainwork_core.doctor.facts import OtherBackend
from plainwork_core.doctor.reading.configuration import read_configuration
from plainwork_core.doctor.reading.roots import SKIPPED
from plainwork_core.doctor.settings import Setting
from plainwork_core.errors import InputError
from plainwork_core.read.parsed_files import SUFFIXES
from plainwork_core.repository import root_of

_MOST_DIRECTORIES = 2000
_MOST_FILES = 1000
"""What is read of a repository. `plainwork check` compares all keys of a larger one."""


def others_in_bucket(directory: Path, settings: Mapping[str, Setting]) -> Iterator[OtherBackend]:
    """Yield the other backends with the bucket of *settings* whose keys end with its key."""
    words = [setting.value for name in ("bucket", "key") if (setting := settings.get(name))]
    if len(words) < 2 or not all(isinstance(word, str) and word for word in words):  # noqa: PLR2004  both of them
        return
    here = directory.resolve()
    for other in _directories_with(root_of(here), [word.encode() for word in words]):
        if other != here:
            yield from _in_bucket(other, *words)


def _in_bucket(directory: Path, bucket: str, key: str) -> Iterator[OtherBackend]:
    try:
        backend = read_configuration(directory).backend
    except (InputError, OSError):  # it is another root module, whose own examination reports it
        return
    if backend is None or backend.type != "s3" or backend.values.get("bucket") != bucket:
        return
    other = backend.values.get("key")
    if isinstance(other, str) and f"/{other}".endswith(f"/{key}"):
        yield OtherBackend(os.path.relpath(directory), backend.values, backend.location)


def _directories_with(root: Path, words: list[bytes]) -> Iterator[Path]:
    """Yield the directories below *root* with a file that contains all *words*."""
    left = _MOST_FILES
    for folder, below, names in islice(os.walk(root), _MOST_DIRECTORIES):
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
