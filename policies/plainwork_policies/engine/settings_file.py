"""Finds and reads the settings file: `plainwork.toml`, or `[tool.plainwork]` in `pyproject.toml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.settings_layer import SettingsLayer, layer_of

VARIABLE = "PLAINWORK_CONFIG"
FILE = "plainwork.toml"


def load(start: Path | None = None) -> Settings:
    """Read the settings for the directory *start* (default: the working directory), or return the defaults.

    Raises:
        InputError: the file does not exist, is not TOML or is invalid; one directory has two files.
    """
    file = find(start)
    return read(file) if file else Settings()


def find(start: Path | None = None) -> Path | None:
    """Return the file in the environment variable `PLAINWORK_CONFIG`, or the nearest one in *start* and its parents."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    nearest = (start or Path.cwd()).resolve()
    return next((file for directory in (nearest, *nearest.parents) if (file := in_directory(directory))), None)


def read(file: Path) -> Settings:
    """Read the settings in *file* and in the files that it extends.

    Raises:
        InputError: as for `load`.
    """
    settings = Settings()
    for layer in reversed(_layers(file)):
        settings = layer.onto(settings)
    return settings


def _layers(file: Path) -> list[SettingsLayer]:
    """Return *file* and the files that it extends, each after the one that extends it."""
    layers, files = [_layer(file)], [file]
    while extends := layers[-1].extends:
        base = layers[-1].directory / extends
        if base.resolve() in {known.resolve() for known in files}:
            raise InputError(f"{files[-1]}: `extends` is {extends!r}, which extends this file; remove one of them")
        layers.append(_layer(base, f"; correct `extends` in {files[-1]}"))
        files.append(base)
    return layers


def _layer(file: Path, hint: str = f"; correct {VARIABLE}, --config or the link") -> SettingsLayer:
    """Read one file; a `pyproject.toml` has the settings under `[tool.plainwork]`."""
    if not file.is_file():
        raise InputError(f"{file}: the settings file does not exist{hint}")
    table = _toml(file)
    if file.name == "pyproject.toml":
        return layer_of(_tool_table(table, file) or {}, f"{file}: [tool.plainwork]", file.parent)
    return layer_of(table, f"{file}:", file.parent)


def in_directory(directory: Path) -> Path | None:
    """Return the settings file in *directory*, or `None`.

    Raises:
        InputError: there are two, or one is not TOML.
    """
    own, shared = directory / FILE, directory / "pyproject.toml"
    has_table = shared.is_file() and _tool_table(_toml(shared), shared) is not None
    if has_table and os.path.lexists(own):
        raise InputError(f"{own} and [tool.plainwork] in {shared} both contain settings; remove one of them")
    return own if os.path.lexists(own) else shared if has_table else None


def _tool_table(table: Mapping[str, Any], file: Path) -> Mapping[str, Any] | None:
    tools = table.get("tool", {})
    found = tools.get("plainwork") if isinstance(tools, Mapping) else None
    if found is not None and not isinstance(found, Mapping):
        raise InputError(f"{file}: `tool.plainwork` is {found!r}, not a table; use [tool.plainwork]")
    return found


def _toml(file: Path) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have no settings file

    from plainwork_core.read.text import decode  # noqa: PLC0415  as above

    try:
        return tomllib.loads(decode(file.read_bytes(), str(file)))
    except (ValueError, OSError) as error:  # a number of thousands of digits is no TOMLDecodeError
        raise InputError(f"{file}: cannot be read as TOML: {error}") from error
