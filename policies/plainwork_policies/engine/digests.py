"""Digests of what the results of a run depend on beside its inputs: the policies, the settings and the options."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import plainwork_core
import plainwork_policies
from plainwork_core import __version__
from plainwork_core.errors import InputError
from plainwork_core.model.stack import Stack
from plainwork_core.read.options import ReadOptions
from plainwork_core.repository import repository_path
from plainwork_policies.engine.settings import Settings

_COMPILED = "__pycache__"
_FOR_ERRORS = {("Selection", "source"), ("Waiver", "origin")}
"""Fields that only errors and reports contain: places in files, which may be temporary."""


def digest(*parts: Any) -> str:
    """Return the SHA-256 digest of *parts*, which may be of the types of settings and options."""
    return hashlib.sha256(json.dumps(list(map(_canonical, parts)), sort_keys=True).encode()).hexdigest()


def digest_of_rules(settings: Settings) -> str:
    """Return the digest of the code of plainwork and of the own policies, and of the schema of the user.

    Raises:
        InputError: a file of them cannot be read.
    """
    from plainwork_core.schema.store import own_files  # noqa: PLC0415  few runs need a digest

    folders = {one.folder.name: _digest_of_folder(one.folder) for one in settings.own_policies}
    return digest(__version__, _digest_of_plainwork(), folders, [digest_of_file(file) for file in own_files()])


def digest_of_settings(settings: Settings, options: ReadOptions, source: Path | None) -> str:
    """Return the digest of what a user sets, without the own policies, whose code `digest_of_rules` has.

    Raises:
        InputError: a file of *options* cannot be read.
    """
    own = [one.folder.name for one in settings.own_policies]
    parts = {field.name: getattr(settings, field.name) for field in fields(settings) if field.name != "own_policies"}
    files = [digest_of_file(file) for file in options.variable_files]
    given = [value if "=" in value else digest_of_file(Path(value)) for value in options.backend_config]
    return digest(parts, own, options, files, given, source)


def digest_of_stacks(stacks: Iterable[Stack]) -> str:
    """Return the digest of the names of *stacks* and of the blocks in them."""
    return digest(
        [(repository_path(stack.source), sorted(found.address for found in stack.resources)) for stack in stacks]
    )


def digest_of_file(file: Path) -> str:
    """Return the digest of the content of *file*.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def _canonical(value: Any) -> Any:
    """Return *value* as JSON data that is equal for equal settings, in any directory of the machine."""
    if is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        names = [field.name for field in fields(value) if (name, field.name) not in _FOR_ERRORS]
        return [name, {field: _canonical(getattr(value, field)) for field in names}]
    if isinstance(value, Mapping):
        return {str(key): _canonical(member) for key, member in value.items()}
    if isinstance(value, Path | date):
        return repository_path(str(value)) if isinstance(value, Path) else value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(map(_canonical, value))
    if isinstance(value, list | tuple):
        return list(map(_canonical, value))
    return value


@cache
def _digest_of_plainwork() -> str:
    return digest(
        [_digest_of_folder(Path(folder)) for of in (plainwork_core, plainwork_policies) for folder in of.__path__]
    )


def _digest_of_folder(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and _COMPILED not in file.parts)
    return digest(_contents(files, folder))


def _contents(files: Iterable[Path], folder: Path) -> list[tuple[str, str]]:
    return [(file.relative_to(folder).as_posix(), digest_of_file(file)) for file in files]
