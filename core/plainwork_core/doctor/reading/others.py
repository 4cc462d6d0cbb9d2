"""The other root modules of the repository whose states may meet that of this one.

A file is parsed only if it contains the bucket and the key: the same key, or one that ends with it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from plainwork_core.doctor.facts import OtherBackend
from plainwork_core.doctor.reading.configuration import read_configuration
from plainwork_core.doctor.settings import Setting
from plainwork_core.errors import InputError
from plainwork_core.read.parsed_files import SUFFIXES
from plainwork_core.repository import root_of, source_directories

_BACKEND = re.compile(rb'backend["\s]')
_MOST_DIRECTORIES = 1000
_MOST_FILES = 1000
_LARGEST = 1 << 22
_MOST_PARSED = 40
"""What is read of a repository. `plainwork check` compares all keys of a larger one."""


def others_in_bucket(directory: Path, settings: Mapping[str, Setting]) -> Iterator[OtherBackend]:
    """Yield the other backends with the bucket of *settings* whose keys end with its key."""
    words = [setting.value for name in ("bucket", "key") if (setting := settings.get(name))]
    if len(words) < 2 or not all(isinstance(word, str) and word for word in words):  # noqa: PLR2004  both of them
        return
    here = directory.resolve()
    found = _files_with(root_of(here), [word.encode() for word in words])
    for file in islice((file for file in found if file.parent != here), _MOST_PARSED):
        yield from _in_bucket(Path(os.path.relpath(file)), *words)


def _in_bucket(file: Path, bucket: str, key: str) -> Iterator[OtherBackend]:
    try:
        backend = read_configuration(file).backend
    except (InputError, OSError):  # it is of another root module, whose own examination reports it
        return
    if backend is None or backend.type != "s3" or backend.values.get("bucket") != bucket:
        return
    other = backend.values.get("key")
    if isinstance(other, str) and f"/{other}".endswith(f"/{key}"):
        yield OtherBackend(str(file.parent), backend.values, backend.location)


def _files_with(root: Path, words: list[bytes]) -> Iterator[Path]:
    """Yield the files below *root* that contain a backend block and all *words*.

    A directory with several such files is no root module: Terraform accepts one backend.
    """
    left = _MOST_FILES
    for folder, names in islice(source_directories(root), _MOST_DIRECTORIES):
        files = [folder / name for name in sorted(names) if name.endswith(SUFFIXES)]
        left -= len(files)
        if left < 0:
            return
        contents = ((file, _content(file)) for file in files)
        found = [(file, content) for file, content in contents if _BACKEND.search(content)]
        if len(found) == 1 and all(word in found[0][1] for word in words):
            yield found[0][0]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.is_file() and file.stat().st_size < _LARGEST else b""
    except OSError:
        return b""
