"""Creates a virtual environment from a lock file and shows the progress: `python tools/environment.py FOLDER LOCK`.

The Makefile calls it with the system's Python, so it uses the standard library only and says which version it needs.
With `--project` the checkout is installed too, editable.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

OLDEST = (3, 11)
PIP_INSTALL = ("-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off")
_PACKAGE = re.compile(r"^(?:Collecting|Ignoring|Requirement already satisfied:) ([\w.-]+)")
_TERMINAL_WIDTH = 79


def main(folder: Path, lock: Path, *, is_project: bool) -> int:
    """Create *folder* with the packages of *lock*.

    Returns:
        The exit code: 0, or 1 when Python is too old or pip fails.
    """
    if sys.version_info < OLDEST:
        print(f"error: Python {sys.version.split()[0]} is too old; use 3.11 or later (PYTHON=python3.12 make)")
        return 1
    started = time.monotonic()
    total = len(re.findall(r"^\S+==", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))
    print(f"{folder}: installing {total} packages from {lock} (one to three minutes, once)", flush=True)
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    steps = [[python, *PIP_INSTALL, "--require-hashes", "--requirement", str(lock)]]
    if is_project:
        steps.append([python, *PIP_INSTALL, "--no-build-isolation", "--no-deps", "--editable", "."])
    for command in steps:
        if not _run(command, str(folder), total):
            return 1
    (folder / "ready").touch()
    print(f"{folder}: ready after {time.monotonic() - started:.0f} s", flush=True)
    return 0


def _run(command: list[str], name: str, total: int) -> bool:
    """Run pip, show one line of progress for each package, and print pip's output when it fails."""
    output: list[str] = []
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        assert pip.stdout  # noqa: S101  it is a pipe
        for line in progress(pip.stdout, output, total):
            _show(f"{name}: {line}")
    if sys.stdout.isatty():
        _show("")
    if pip.returncode:
        sys.stdout.write("".join(output[-40:]))
    return pip.returncode == 0


def progress(lines: Iterable[str], output: list[str], total: int) -> Iterator[str]:
    """Yield what pip does now, and keep all that it prints in *output*."""
    packages = 0
    for line in lines:
        output.append(line)
        if found := _PACKAGE.match(line):
            packages += 1
            yield f"downloading {min(packages, total)} of {total}: {found[1]}"
        elif line.startswith("Installing collected packages"):
            yield "writing packages"


def _show(line: str) -> None:
    """Print *line*; on a terminal, in place of the line before it."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{line[:_TERMINAL_WIDTH]}")
    else:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), is_project="--project" in sys.argv))
