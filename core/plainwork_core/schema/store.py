"""Schemas in zip files: one JSON member for each type, read when it is asked for."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from plainwork_core.data_files import FOLDER
from plainwork_core.errors import SchemaError
from plainwork_core.files import write_bytes
from plainwork_core.schema.model import BlockSchema, Mode, from_distinct_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE_NAME = "plainwork.schema.zip"
VARIABLE = "PLAINWORK_SCHEMA"
ORIGIN = "origin"
SHIPPED = {version: FOLDER / f"aws-{version}.schema.zip" for version in ("6.69.1", "5.100.0")}
"""The shipped schemas of the AWS provider by its version, newest first."""
NEWEST = next(iter(SHIPPED))

_SUFFIX = ".json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Archive:
    """One schema file.

    Attributes:
        path: the zip file; it is opened at the first question.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, member: str) -> Any:
        """Return the JSON value of a member, or None where there is none.

        Raises:
            SchemaError: the file cannot be read.
        """
        name = f"{member}{_SUFFIX}"
        if name not in self._zip.NameToInfo:
            return None
        with self._readable():
            return json.loads(self._zip.read(name))

    def names(self, folder: str) -> list[str]:
        """Return the members in a folder, without it.

        Raises:
            SchemaError: the file cannot be read.
        """
        inside = (name for name in self._zip.namelist() if name.startswith(f"{folder}/"))
        return [name.removeprefix(f"{folder}/").removesuffix(_SUFFIX) for name in inside]

    @cached_property
    def _zip(self) -> ZipFile:
        with self._readable():
            return ZipFile(self.path)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, BadZipFile, ValueError) as error:
            raise SchemaError(f"{self.path}: not a schema file: {error}; create it with `plainwork schema`") from error


class Schema:
    """The types of one or more schema files; the first file that has a type decides."""

    def __init__(self, *paths: Path) -> None:
        self._archives = [Archive(path) for path in paths]
        self._blocks: dict[tuple[str, str], BlockSchema | None] = {}

    def types(self, mode: Mode) -> list[str]:
        """Return the name of every type of which there is a schema.

        Raises:
            SchemaError: a schema file cannot be read.
        """
        return sorted({name for archive in self._archives for name in archive.names(mode)})

    def block(self, mode: Mode, type_: str) -> BlockSchema | None:
        """Return the schema of a type of resource, data source, action or provider; None if the type is unknown.

        Raises:
            SchemaError: a schema file cannot be read.
        """
        key = (mode, type_)
        if key not in self._blocks:
            found = (archive.read(f"{mode}/{type_}") for archive in self._archives)
            self._blocks[key] = next((from_distinct_blocks(data) for data in found if data is not None), None)
        return self._blocks[key]


def load(version: str = NEWEST) -> Schema:
    """Return a shipped schema (AWS and Terraform's own types), preceded by the user's file if it exists.

    Args:
        version: of the AWS provider: one of `SHIPPED`; see `plainwork_core.schema.versions`.

    The user's file is the one that `PLAINWORK_SCHEMA` names, or the first `plainwork.schema.zip` found upwards from
    the working directory. Types found there win over the shipped ones.

    Raises:
        SchemaError: `PLAINWORK_SCHEMA` names a file that does not exist.
    """
    return _load(os.environ.get(VARIABLE), os.getcwd(), version)  # noqa: PTH109  twice for each resource: a string is the faster key


def load_own() -> Schema:
    """Return the schema of the user's file; one without types if there is no file.

    Raises:
        SchemaError: `PLAINWORK_SCHEMA` names a file that does not exist.
    """
    return _load_own(os.environ.get(VARIABLE), Path.cwd())


def own_files() -> list[Path]:
    """Return the user's file in a list; an empty one if there is no file.

    Raises:
        SchemaError: `PLAINWORK_SCHEMA` names a file that does not exist.
    """
    return _own_files(os.environ.get(VARIABLE), Path.cwd())


@cache
def _load_own(named: str | None, directory: Path) -> Schema:
    return Schema(*_own_files(named, directory))


@cache
def _load(named: str | None, directory: str, version: str) -> Schema:
    return Schema(*_own_files(named, Path(directory)), SHIPPED[version])


def _own_files(named: str | None, directory: Path) -> list[Path]:
    if not named:
        return [path for parent in (directory, *directory.parents) if (path := parent / FILE_NAME).is_file()][:1]
    if not Path(named).is_file():
        raise SchemaError(f"{VARIABLE} is {named!r}; the file does not exist; create it with `plainwork schema`")
    return [Path(named)]


def write(path: Path, members: Mapping[str, Any]) -> None:
    """Write a schema file."""
    write_bytes(path, content_of(members))


def content_of(members: Mapping[str, Any]) -> bytes:
    """Return the content of a schema file: the same bytes for the same members, wherever and whenever it is made."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, value in sorted(members.items()):
            info = ZipInfo(f"{name}{_SUFFIX}", date_time=_EPOCH)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, json.dumps(value, separators=(",", ":"), sort_keys=True), compresslevel=9)
    return content.getvalue()
