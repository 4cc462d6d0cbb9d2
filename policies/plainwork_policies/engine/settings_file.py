"""Finds and reads the settings file: `plainwork.toml`, or `[tool.plainwork]` in `pyproject.toml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainwork_core.config_loader import build
from plainwork_core.errors import InputError, did_you_mean
from plainwork_policies.engine.registry import settings_tables
from plainwork_policies.engine.settings import Settings, Table, settings_class

VARIABLE = "PLAINWORK_CONFIG"
FILE = "plainwork.toml"
_GENERAL = ("fail_on", "exclude", "policies")


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
    """Read the settings in *file*; a `pyproject.toml` has them under `[tool.plainwork]`.

    Raises:
        InputError: as for `load`.
    """
    if not file.is_file():
        raise InputError(f"{file}: the settings file does not exist; correct {VARIABLE}, --config or the link")
    table = _toml(file)
    if file.name == "pyproject.toml":
        return _settings(_tool_table(table, file) or {}, f"{file}: [tool.plainwork]", file.parent)
    return _settings(table, f"{file}:", file.parent)


def _settings(data: Mapping[str, Any], where: str, directory: Path) -> Settings:
    own = {name: value for name, value in data.items() if name in _GENERAL}
    known = settings_tables()
    tables = [_table(name, data[name], where, known) for name in data if name not in own]
    general = build(Settings, own, where)
    return replace(general, tables=tuple(tables), directory=directory)


def _table(name: str, value: Any, where: str, known: Mapping[str, tuple[str, str]]) -> Table:
    """Make a family's table. *known* has the package of the family and the former name, by table."""
    if name not in known:
        new = next((table for table, (_, former) in known.items() if former == name), None)
        names = (*_GENERAL, *known)
        hint = f"; it is now `[{new}]`" if new else did_you_mean(name, names) or f"; it has {', '.join(names)}"
        raise InputError(f"{where} unsupported setting `{name}`{hint}")
    if not isinstance(value, Mapping):
        raise InputError(f"{where} `{name}` is {value!r}, not a table; use [{name}]")
    return build(settings_class(known[name][0]), value, f"{where} [{name}]")


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
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise InputError(f"{file}: cannot be read as TOML: {error}") from error
