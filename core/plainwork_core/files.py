"""The one way to write files: whole, or not at all; and several together, or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from plainwork_core.errors import InputError

Content = str | bytes | Path | None
"""Of a file that is written: text in UTF-8, bytes, a file that is copied with its mode, or `None` for no file."""


def write_files(contents: Mapping[Path, Content]) -> None:
    """Write all files of *contents*, and the directories above them, or none.

    Raises:
        InputError: a file cannot be written; all files, links and directories are as before.
    """
    with ExitStack() as undo:
        for file, content in contents.items():
            try:
                _create_directories(file.parent, undo)
                _remember(file, undo)
                _put(file, content)
            except (OSError, RuntimeError, ValueError) as error:  # links in a loop, a name that no file can have
                reason = getattr(error, "strerror", None) or error
                unchanged = "; no file was changed" if len(contents) > 1 else ""
                raise InputError(f"{file}: cannot be written: {reason}{unchanged}") from error
        undo.pop_all()


def _create_directories(directory: Path, undo: ExitStack) -> None:
    """Create *directory* and those above it; *undo* removes the ones that did not exist."""
    for missing in [each for each in (*reversed(directory.parents), directory) if not each.exists()]:
        missing.mkdir(exist_ok=True)
        undo.callback(_attempt, missing.rmdir)


def _remember(file: Path, undo: ExitStack) -> None:
    """Have *undo* make *file* as it is now. A directory, a device and a pipe stay what they are."""
    if file.is_symlink():
        _remember(file.resolve(), undo)
        undo.callback(_attempt, _link, file, file.readlink())
    elif not file.exists():
        undo.callback(_attempt, _put, file, None)
    elif file.is_file():
        undo.callback(_attempt, file.chmod, file.stat().st_mode & 0o777)
        undo.callback(_attempt, write_bytes, file, file.read_bytes())


def _attempt(action: Callable[..., object], *arguments: object) -> None:
    with suppress(OSError, ValueError):
        action(*arguments)


def _link(file: Path, target: Path) -> None:
    if not file.is_symlink():
        file.symlink_to(target)


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
