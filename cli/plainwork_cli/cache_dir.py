"""The option `--cache-dir` of `plainwork check`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_core.errors import InputError
from plainwork_core.files import write_text

if TYPE_CHECKING:
    from plainwork_policies.stored.cache import Cache

VARIABLE = "PLAINWORK_CACHE_DIR"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of plainwork check; see https://bford.info/cachedir/\n"
_FILES = {"CACHEDIR.TAG": _TAG, ".gitignore": "*\n"}

cache_option = click.option(
    "--cache-dir",
    metavar="DIR",
    envvar=VARIABLE,
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="Keep the results of stacks in DIR, and take those of unchanged stacks from there.",
)


def cache_in(directory: Path | None) -> Cache | None:
    """Return the cache in *directory*, which is created if necessary.

    Raises:
        InputError: it cannot be used, or its files come with the repository, so that a change could bring results.
    """
    if directory is None:
        return None
    from plainwork_policies.stored.cache import Cache  # noqa: PLC0415  few runs use it

    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in _FILES.items():
            if not (directory / name).exists():
                write_text(directory / name, text)
    except OSError as error:
        raise InputError(
            f"--cache-dir {directory}: cannot be used: {error.strerror}; name another directory"
        ) from error
    if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        raise InputError(f"--cache-dir {directory}: cannot be read and written; name another directory")
    if tracked := _tracked(directory):
        raise InputError(
            f"--cache-dir {directory}: {tracked} is in Git, so that a change could bring results of its own; "
            "remove it from Git, or name another directory"
        )
    return Cache(directory.resolve())


def _tracked(directory: Path) -> str:
    """Return a file in *directory* that Git tracks; `""` without one, or outside of a repository.

    Raises:
        InputError: Git cannot tell.
    """
    if not any((parent / ".git").exists() for parent in (directory.resolve(), *directory.resolve().parents)):
        return ""
    command = ("git", "-C", str(directory), "ls-files", "--", ".")
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")  # noqa: S603  Git of the user
        error = done.stderr.strip() if done.returncode else ""
    except OSError as failure:
        error = f"git cannot be run: {failure.strerror}"
    if error:
        raise InputError(
            f"--cache-dir {directory}: is in a repository, and Git does not tell its files: {error}; "
            "name a directory outside of the repository"
        )
    return next(iter(done.stdout.splitlines()), "")
