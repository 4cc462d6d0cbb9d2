"""The files of a configuration: root modules, local modules, synthesized stacks and snapshots, each with its text."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from plainwork_core import python_lines
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.hcl.write import RenderError, render
from plainwork_core.model.blocks import Location
from plainwork_core.model.cache import Cache
from plainwork_core.output_directory import DOCUMENT
from plainwork_core.read import json_text
from plainwork_core.read.parsed_files import SUFFIXES, terraform_files
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.repository import source_directories

SNAPSHOTS = "__snapshots__"
"""The directory in which syrupy has one file for each test: each is a stack of its own."""
_VARIABLES = (".tfvars",)


@frozen()
class SourceFile(Cache):
    """One file.

    Args:
        name: its name for the user.
        text: its content.
    """

    name: str
    text: str

    @property
    def is_json(self) -> bool:
        """Whether it is in Terraform's JSON syntax."""
        return self.name.endswith(".json")

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """Its JSON, with numbers as exact as there."""
        from decimal import Decimal  # noqa: PLC0415  only JSON needs it

        found = json_text.parse(self.text, self.name, parse_float=Decimal, object_pairs_hook=json_text.unique_members)
        if not isinstance(found, dict):
            raise InputError(f"{self.name}: not a JSON object")
        return found


@frozen()
class Code:
    """A root module, a local module or a snapshot.

    Args:
        name: its path for the user.
        files: those that Terraform reads in it.
        lines: the Python line of each block, if the stack is written in Python.
        revision: that it is read from; `""` for none.
    """

    name: str
    files: tuple[SourceFile, ...]
    lines: Mapping[str, Location] = field(default_factory=dict)
    revision: str = ""


def code_at(path: Path, shown: str | None = None, revision: str = "", *, may_be_empty: bool = False) -> dict[str, Code]:
    """Return the configurations at *path*, by their path in it; `"."` for a file and for the directory itself.

    Args:
        path: a file or a directory.
        shown: the name of *path* for the user.
        revision: that it is read from.
        may_be_empty: whether a directory without a configuration is one without blocks.

    Raises:
        InputError: it does not exist, cannot be read, or has no configuration.
    """
    shown = str(path) if shown is None else shown
    try:
        found = {key: replace(code, revision=revision) for key, code in _found(path, shown)}
    except OSError as error:
        raise InputError(f"{error.filename or path}: cannot be read: {error.strerror}") from error
    if not found and not may_be_empty:
        raise InputError(f"{shown}: no *.tf, *.tf.json or CDKTF output found")
    return found


def _found(path: Path, shown: str) -> Iterator[tuple[str, Code]]:
    if not path.exists():
        raise InputError(f"{shown}: does not exist")
    if path.is_dir():
        for directory, _ in source_directories(path):
            yield from _in_directory(directory, os.path.relpath(directory, path), shown)
    elif path.name.endswith(SUFFIXES):
        yield ".", Code(shown, (_file(path, shown),), python_lines.read(path))
    else:
        raise InputError(f"{shown}: not a configuration; pass *.tf, *.tf.json, or a directory with them")


def _in_directory(directory: Path, relative: str, shown: str) -> Iterator[tuple[str, Code]]:
    names = [entry.name for entry in os.scandir(directory) if not entry.is_dir() and entry.name.endswith(SUFFIXES)]
    if all(name.startswith(".") for name in names):
        return
    place = os.path.normpath(os.path.join(shown, relative))  # noqa: PTH118  *shown* may be `main:stacks`
    files = terraform_files(directory)
    if SNAPSHOTS in directory.absolute().parts:
        for file in files:
            name = f"{place}/{file.name}"
            yield os.path.normpath(f"{relative}/{file.name}"), Code(name, (_file(file, name),))
        return
    files += sorted(file for file in directory.iterdir() if file.name.endswith(_VARIABLES) and file.is_file())
    lines = python_lines.read(directory / DOCUMENT)
    yield relative, Code(place, tuple(_file(file, f"{place}/{file.name}") for file in files), lines)


def _file(file: Path, shown: str) -> SourceFile:
    return SourceFile(os.path.normpath(shown), decode(read_bytes(file), shown))


def without_common(before: SourceFile, after: SourceFile) -> tuple[str, str]:
    """Return both documents in JSON as HCL, without the blocks that are equal in both.

    Raises:
        InputError: one of them has no form in HCL.
    """
    old, new = _copy(before.document), _copy(after.document)
    for kind in ("resource", "data"):
        for type_ in [*_members(new.get(kind))]:
            for name in [*_members(new[kind][type_])]:
                if _plain(_at(old, kind, type_, name)) == _plain(new[kind][type_][name]):
                    del old[kind][type_][name], new[kind][type_][name]
    return _rendered(old, before.name), _rendered(new, after.name)


def as_hcl(file: SourceFile) -> str:
    """Return the content of *file* as HCL.

    Raises:
        InputError: it has no form in HCL.
    """
    return _rendered(file.document, file.name) if file.is_json else file.text


def _rendered(document: Mapping[str, Any], name: str) -> str:
    try:
        return render(document)
    except RenderError as error:
        raise InputError(f"{name}: {error}") from error


def _copy(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return *document* with own maps of blocks."""
    copied = dict(document)
    for kind in ("resource", "data"):
        if isinstance(types := document.get(kind), dict):
            copied[kind] = {type_: dict(names) if isinstance(names, dict) else names for type_, names in types.items()}
    return copied


def _members(value: Any) -> Sequence[str]:
    return tuple(value) if isinstance(value, dict) else ()


def _at(document: Mapping[str, Any], *path: str) -> Any:
    found: Any = document
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _plain(block: Any) -> str | None:
    """Return a block without its comment, as text; `None` if there is none."""
    if not isinstance(block, dict):
        return None if block is None else json.dumps(block, default=str)
    return json.dumps({name: value for name, value in block.items() if name != "//"}, default=str)
