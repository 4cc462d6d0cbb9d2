"""Write generated files, or with `--check` list the files that are out of date."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def write(files: Mapping[Path, str], arguments: Sequence[str], *, folder: Path | None = None) -> int:
    """Write each of *files* that is out of date, and print its name.

    Args:
        files: the text of each file.
        arguments: of the command line: none, or `--check` to write nothing.
        folder: contains only *files*; any other file in it is removed.

    Returns:
        The exit code: 1 if `--check` finds a file that is out of date.
    """
    is_check = list(arguments) == ["--check"]
    changed = stale(files, folder)
    for file in changed:
        print(f"{file.name} in {file.parent.name}/: {'out of date' if is_check else 'written'}", file=sys.stderr)
        if is_check:
            continue
        if file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[file], encoding="utf-8")
        else:
            file.unlink()
    return 1 if is_check and changed else 0


def stale(files: Mapping[Path, str], folder: Path | None = None) -> list[Path]:
    """Return the files that do not have the text in *files*, and those in *folder* that are not in *files*."""
    outdated = [file for file, text in files.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    return outdated + [file for file in sorted(folder.iterdir() if folder else ()) if file not in files]
