"""The one way to write files: whole, or not at all; and several together, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from plainwork_core.errors import InputError

Content = str | bytes | Path | None
"""Of a file that is written: text in UTF-8, bytes, a file that is copied with its mode, or `None` for no file."""


def write_files(contents: Mapping[Path, Content]) -> None:
    """Write all files of *contents*, and the directories above them, or none.

    Raises:
        InputError: a file cannot be written; all files and directories are as before.
    """
    before: dict[Path, bytes | None] = {}
    created: list[Path] = []
    file = Path()
    try:
        for file, content in contents.items():
            created += _create_directories(file.parent)
            before[file] = file.read_bytes() if file.is_file() else None
            _put(file, content)
    except OSError as error:
        for changed, content in before.items():
            with suppress(OSError):
                _put(changed, content)
        for directory in reversed(created):
            with suppress(OSError):
                directory.rmdir()
        unchanged = "; no file was changed" if len(contents) > 1 else ""
        raise InputError(f"{file}: cannot be written: {error.strerror}{unchanged}") from error


def _create_directories(directory: Path) -> list[Path]:
    """Create *directory* and those above it, and return the ones that did not exist, from the outermost."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    directory.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _put(file: Path, content: Content) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    elif isinstance(content, Path):
        write_bytes(file, content.read_bytes())
        file.chmod(content.stat().st_mode & 0o777)
    else:
        write_bytes(file, content.encode() if isinstance(content, str) else content)


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
