"""Text in the encodings of common tools: UTF-8 with or without a byte order mark, and PowerShell's UTF-16."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from plainwork_core.errors import InputError
from plainwork_core.observed import observe

_PIPES = ("/dev/", "/proc/")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_ARCHIVE = b"PK\x03\x04"
"""The start of a ZIP file, which `terraform plan -out` writes."""


def read_bytes(file: Path) -> bytes:
    """Return the content of *file*: a regular file, or a pipe of the shell such as `/dev/stdin`.

    Raises:
        InputError: the file cannot be read. The content of another device or pipe may never end.
    """
    observe(file)
    with open_file(file) as stream:
        return stream.read()


@contextmanager
def open_file(file: Path) -> Iterator[BinaryIO]:
    """Open a file as `read_bytes` does.

    Raises:
        InputError: see `read_bytes`.
    """
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode) and not (stat.S_ISFIFO(mode) and str(file).startswith(_PIPES)):
            raise InputError(f"{file}: not a regular file")
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def is_encrypted(data: bytes) -> bool:
    """Return whether *data* is a file that git-crypt encrypts, in a clone without its key."""
    return data.startswith(b"\0GITCRYPT\0")


def decode(data: bytes, file: str) -> str:
    """Decode *data* by its byte order mark, or as UTF-8 where it has none; the mark is dropped.

    Args:
        data: the whole file.
        file: its name, for the message.

    Raises:
        InputError: bytes that are not of that encoding.
    """
    if is_encrypted(data):
        raise InputError(f"{file}: encrypted by git-crypt; run `git-crypt unlock`")
    if data.startswith(_ARCHIVE):
        raise InputError(f"{file}: binary plan; convert it with `terraform show -json {file} > plan.json`")
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-8")
    if not mark and b"\0" in data[:4]:
        raise InputError(f"{file}: binary file, or UTF-16 without a byte order mark; save it as UTF-8")
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, len(mark) + error.start) + 1
        raise InputError(
            f"{file}:{line}: invalid {encoding.upper()} byte 0x{error.object[error.start]:02x}; save the file as UTF-8"
        ) from error
