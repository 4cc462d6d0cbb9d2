"""Write generated files, or with `--check` list the files that are out of date."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def write(files: Mapping[Path, str], arguments: Sequence[str]) -> int:
    """Write each of *files* that is out of date, and print its name.

    Args:
        files: the text of each file.
        arguments: of the command line: none, or `--check` to write nothing.

    Returns:
        The exit code: 1 if `--check` finds a file that is out of date.
    """
    is_check = list(arguments) == ["--check"]
    stale = [file for file, text in files.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    for file in stale:
        print(f"{file.name} in {file.parent.name}/: {'out of date' if is_check else 'written'}", file=sys.stderr)
        if not is_check:
            file.write_text(files[file], encoding="utf-8")
    return 1 if is_check and stale else 0
