"""Reads an error text: what a user pastes, or the log of a pipeline."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from plainwork_core.errors import InputError
from plainwork_core.read.text import decode, open_file

MOST_BYTES = 1 << 20
"""How much of the end of a text is read: the error is at the end of a log."""

_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_FRAME = re.compile(r"[│╷╵|]")
_REQUEST_ID = re.compile(r"(?:RequestID|HostID):[^,]{0,200}, ")
_BINARY = 0.05
"""The share of control characters from which a text counts as a binary file."""


def read_error(file: Path | None, stream: BinaryIO) -> str:
    """Return the text of *file*, or of *stream* without one, in one line with single blanks.

    Raises:
        InputError: the file cannot be read, or the text is empty or binary.
    """
    name = "standard input" if file is None else str(file)
    with nullcontext(stream) if file is None else open_file(file) as opened:
        data = _end(opened)
    text = _decoded(data, name)
    if sum(1 for character in text if not character.isprintable() and not character.isspace()) > _BINARY * len(text):
        raise InputError(f"{name}: binary file; pass the text that Terraform printed")
    found = one_line(text)
    if not found:
        raise InputError(f"{name}: empty; pass the text that Terraform printed")
    return found


def one_line(text: str) -> str:
    """Return *text* without colors, frames and IDs of requests, with single blanks in place of line ends."""
    return _REQUEST_ID.sub("", " ".join(_FRAME.sub(" ", _ANSI.sub("", text)).split()))


def _end(stream: BinaryIO) -> bytes:
    """Return the end of *stream*. A pipe has no end to go to, so all of it is read."""
    end = b""
    while chunk := stream.read(MOST_BYTES):
        end = (end + chunk)[-MOST_BYTES:]
    return end


def _decoded(data: bytes, name: str) -> str:
    """Return *data* as text. A log may have a byte of another encoding, or begin in the middle of a character."""
    try:
        return decode(data, name)
    except InputError:
        if b"\0" in data[:4]:
            raise
        return data.decode("utf-8", errors="replace")
