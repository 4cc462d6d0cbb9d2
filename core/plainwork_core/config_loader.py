"""Loads TOML data into frozen dataclasses and checks names, types and choices. Errors state the file and the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from plainwork_core.errors import InputError, did_you_mean

T = TypeVar("T")
_NAMES: dict[type, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    date: "a date without quotes, such as 2027-03-31",
}


def build(cls: type[T], data: Mapping[str, Any], where: str) -> T:
    """Return an instance of *cls* with the values of *data*, and defaults for the other keys.

    Args:
        cls: a dataclass whose fields are `str`, `bool`, `int`, `date`, `Literal`, a `tuple` or a `Mapping` from names
            of any of these, or such dataclasses. A field may have `formerly` in its metadata, its former name, or
            `internal`: it is no key.
        data: a TOML table.
        where: the file and the table, such as `plainwork.toml: [tags]`.

    Raises:
        InputError: a key that *cls* does not have, or a value of another type, or one that *cls* itself rejects.
    """
    hints = get_type_hints(cls)
    keys = [field for field in fields(cls) if not field.metadata.get("internal")]  # type: ignore[arg-type]  # a TypeVar cannot be bound to dataclasses
    known = {field.name: field.metadata.get("formerly") for field in keys}
    for key in data:
        if key not in known:
            raise InputError(f"{where} unsupported setting `{key}`{_hint(key, known)}")
    if missing := next((field.name for field in keys if field.name not in data and _is_required(field)), None):
        raise InputError(f"{where} `{missing}` is not set")
    values = {key: _value(hints[key], value, where, key) for key, value in data.items()}
    try:
        return cls(**values)
    except (ValueError, InputError) as error:
        raise InputError(f"{where} {error}") from error


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _hint(key: str, known: Mapping[str, str | None]) -> str:
    renamed = next((name for name, former in known.items() if former and former == key), None)
    if renamed:
        return f"; it is now `{renamed}`"
    return did_you_mean(key, known) or f"; supported: {_list(known)}"


def _value(hint: Any, value: Any, where: str, key: str) -> Any:
    if is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise InputError(f"{where} `{key}` is {value!r}, not a table; use [{key}]")
        return build(hint, value, f"{where} [{key}]")  # type: ignore[arg-type]  # is_dataclass does not narrow to a type
    if get_origin(hint) is Mapping:
        if not isinstance(value, Mapping):
            raise InputError(f"{where} `{key}` is {value!r}, not a table; use [{key}]")
        return {name: _value(get_args(hint)[1], member, where, f"{key}.{name}") for name, member in value.items()}
    if get_origin(hint) is tuple:
        return tuple(
            _member(get_args(hint)[0], member, where, f"{key}[{index}]")
            for index, member in _members(value, where, key)
        )
    return _member(hint, value, where, key)


def _members(value: Any, where: str, key: str) -> enumerate[Any]:
    if not isinstance(value, list):
        raise InputError(f"{where} `{key}` is {value!r}, not a list; use {key} = [...]")
    return enumerate(value)


def _member(hint: Any, value: Any, where: str, key: str) -> Any:
    if is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise InputError(f"{where} `{key}` is {value!r}, not a table")
        return build(hint, value, f"{where} {key}")  # type: ignore[arg-type]  # as above
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise InputError(f"{where} `{key}` is {value!r}; it must be one of {_list(get_args(hint))}")
    elif type(value) is not hint:
        raise InputError(f"{where} `{key}` is {value!r}, not {_NAMES[hint]}")
    elif value == "":
        raise InputError(f"{where} `{key}` is empty; set a value or remove the key")
    return value


def _list(words: Any) -> str:
    return ", ".join(f"`{word}`" for word in words)
