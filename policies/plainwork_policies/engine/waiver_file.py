"""Adds a waiver to the settings file, whose other content stays as it is."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.files import write_files
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.waivers import Waiver
from plainwork_policies.engine import settings_file
from plainwork_policies.engine.registry import by_pattern, entries
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.settings_template import toml
from plainwork_policies.engine.waived import forbidden

_KEYS = ("policy", "address", "argument", "path", "reason", "owner")


def add(waiver: Waiver, file: Path | None, today: date) -> Path:
    """Append *waiver* to *file*, and return the file.

    Args:
        waiver: with an address.
        file: `None` for the file of the working directory, which is created if it does not exist.
        today: the date of the machine.

    Raises:
        InputError: the policy does not exist or cannot be waived, the waiver exists or is expired, the file is invalid
            or cannot be written.
    """
    target = file or settings_file.find() or Path(settings_file.FILE)
    settings = settings_file.read(target) if file or target.exists() else Settings()
    if waiver.is_expired(today):
        raise InputError(f"`expires` is {waiver.expires}, which is before today ({today})")
    names = {name for policy in by_pattern(waiver.policy) for name in (policy.id, policy.severity)}
    if names & forbidden(settings.forbid_waivers, entries()):
        raise InputError(f"{target}: `forbid_waivers` does not allow a waiver of {waiver.policy}")
    same = (waiver.policy, waiver.address, waiver.argument, waiver.path)
    if any((other.policy, other.address, other.argument, other.path) == same for other, _ in settings.waivers):
        raise InputError(f"{target}: has a waiver of {waiver.policy} at {waiver.address}; change its date there")
    before = decode(read_bytes(target), str(target)) if target.exists() else ""
    text = _appended(before, _entry(waiver, "tool.plainwork.waivers" if target.name == "pyproject.toml" else "waivers"))
    _check(text, target)
    write_files({target: text})
    return target


def _entry(waiver: Waiver, table: str) -> str:
    rows = [f"{key} = {toml(value)}" for key in _KEYS if (value := getattr(waiver, key))]
    return "\n".join([f"[[{table}]]", *rows, f"expires = {waiver.expires}"]) + "\n"


def _appended(text: str, entry: str) -> str:
    if not text:
        return entry
    end = "\r\n" if "\r\n" in text else "\n"
    entry = entry.replace("\n", end)
    return f"{text}{'' if text.endswith(end) else end}{end}{entry}"


def _check(text: str, file: Path) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{file}: write each waiver as [[waivers]]; the list `waivers = [...]` cannot be appended to"
        ) from error
