"""The one way to write a file: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_bytes(file: Path, content: bytes) -> None:
    """Replace *file* by *content*. If that fails, for example because the disk is full, the file stays as it was.

    A link stays a link, and an existing file keeps its mode; a new one has the mode that `open` would give it. A device
    or a pipe, such as `/dev/null`, is written to and not replaced.

    Raises:
        OSError: the content cannot be written.
    """
    from tempfile import mkstemp  # noqa: PLC0415  a run that writes no file does not need it

    if file.exists() and not file.is_file():
        file.write_bytes(content)
        return
    target = file.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    descriptor, temporary = mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def write_text(file: Path, text: str) -> None:
    """Replace *file* by *text* in UTF-8, with the line ends of *text*.

    Raises:
        OSError: as for `write_bytes`.
    """
    write_bytes(file, text.encode())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
