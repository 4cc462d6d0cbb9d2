"""Synthesizes the CDKTF apps of a base, whose output is rarely in the repository."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.repository import source_directories

CONFIGURATION = "cdktf.json"
_OUTPUT = "cdktf.out"
_SHOWN_LINES = 5


def synthesize(tree: Path, root: Path, paths: Iterable[Path]) -> None:
    """Run the command in each `cdktf.json` of *tree* whose output a run on *paths* checks, and *tree* does not have.

    Args:
        tree: a copy of another version of *root*.
        root: the directory with the checked version.
        paths: files and directories in *root*.

    Raises:
        InputError: a `cdktf.json` is invalid, or its command fails or has no output.
    """
    checked = [path.resolve() for path in paths]
    for file in _configurations(tree):
        app, output = _app(file)
        current = root / output.relative_to(tree)
        is_checked = any(current.is_relative_to(path) or path.is_relative_to(current) for path in checked)
        if is_checked and current.exists() and not output.exists():
            _run(app, file.parent, output)


def _configurations(tree: Path) -> Iterator[Path]:
    return (directory / CONFIGURATION for directory, files in source_directories(tree) if CONFIGURATION in files)


def _app(file: Path) -> tuple[str, Path]:
    """Return the command of an app and its output directory."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        return str(document["app"]), file.parent / str(document.get("output", _OUTPUT))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file}: no command to synthesize the app: {type(error).__name__}: {error}") from error


def _run(app: str, directory: Path, output: Path) -> None:
    environment = {**os.environ, "CDKTF_OUTDIR": str(output)}
    done = subprocess.run(  # noqa: S602  the command of the user's own repository, run as CDKTF runs it
        app, shell=True, check=False, cwd=directory, env=environment, capture_output=True, text=True, errors="replace"
    )
    if done.returncode or not output.is_dir():
        fault = f"ended with exit code {done.returncode}" if done.returncode else f"did not write {output.name}"
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()][-_SHOWN_LINES:]
        raise InputError(f"the base does not synthesize: `{app}` {fault}: {' | '.join(lines) or 'no output'}")
