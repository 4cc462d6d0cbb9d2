"""The settings as they are written: every table with what it is for, and every key with its default."""

from __future__ import annotations

import inspect
import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_policies.engine import settings

_HEAD = "Settings of plainwork. Every key has its default: take the `#` before one away to change it."
_WIDTH = 110


@dataclass(frozen=True)
class Table:
    """One table of the settings file: `name` is `""` for what stands before all tables, `keys` are TOML's lines."""

    name: str
    described: str
    keys: tuple[str, ...]


def tables() -> Iterator[Table]:
    """Yield every table there is, in the order of the file, with the defaults."""
    defaults = settings.Settings()
    parts = {field.name: getattr(defaults, field.name) for field in fields(defaults)}
    inner = {name: part for name, part in parts.items() if is_dataclass(part)}
    yield Table("", _described(defaults), _keys({name: part for name, part in parts.items() if name not in inner}))
    for name, part in inner.items():
        yield Table(name, _described(part), _keys({field.name: getattr(part, field.name) for field in fields(part)}))


def text() -> str:
    """Return a settings file that changes nothing: comments, table headers, and each key behind a `#`."""
    lines = _comment(_HEAD)
    for table in tables():
        lines += ["", *_comment(table.described), *([f"[{table.name}]"] if table.name else [])]
        lines += [f"# {key}" for key in table.keys]
    return "\n".join(lines) + "\n"


def write(folder: Path) -> Path:
    """Write the file into *folder*, and return it.

    Raises:
        InputError: *folder* has settings already, or cannot be written to.
    """
    if there := settings.in_folder(folder):
        raise InputError(f"{there} is there already: `plainwork init --stdout` prints what would be written")
    file = folder / settings.FILE
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text())
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error
    return file


def _comment(words: str) -> list[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _described(table: Any) -> str:
    """Return what a table's docstring says, without what it raises."""
    said = inspect.getdoc(type(table)) or ""
    return " ".join(said.removeprefix("Everything that can be set.").partition("Raises:")[0].split())


def _keys(defaults: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"{name} = {_literal(value)}" for name, value in defaults.items())


def _literal(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return f"'{value}'" if isinstance(value, str) and "\\" in value else json.dumps(value)
