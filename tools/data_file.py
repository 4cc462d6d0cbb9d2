"""A data file in `core/plainwork_core/data/`: what it is made from, its stamp, and what changed in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from plainwork_core.data_files import FOLDER, STAMP, read_stamp
from tools.packages import Package

SHOWN = 8

Entries = dict[str, Any]


@dataclass(frozen=True)
class DataFile:
    """One file in `core/plainwork_core/data/`.

    Args:
        name: of the file.
        packages: fetches what it is made from, in the newest version.
        write: returns its content, from its stamp and the packages.
        entries: returns the facts of a content by name, for the comparison of two versions.
        facts: what it has facts about.
        license: of the packages.
    """

    name: str
    packages: tuple[Callable[[], Package], ...]
    write: Callable[..., bytes]
    entries: Callable[[bytes], Entries]
    facts: str
    license: str

    @property
    def path(self) -> Path:
        """Where it is."""
        return FOLDER / self.name


def in_json(member: str) -> Callable[[bytes], Entries]:
    """Return a function that reads the entries in one *member* of a JSON file: a map, a list of names, or of rows."""

    def entries(content: bytes) -> Entries:
        found = json.loads(content)[member]
        if isinstance(found, dict):
            return found
        return {row if isinstance(row, str) else row["name"]: row for row in found}

    return entries


def in_members(content: bytes) -> Entries:
    """Return the members of a zip file."""
    archive = ZipFile(BytesIO(content))
    names = (name.removesuffix(".json") for name in archive.namelist())
    return {name: archive.read(f"{name}.json") for name in names if name not in (STAMP, "origin")}


def stamp(file: DataFile, packages: list[Package], before: bytes) -> dict[str, Any]:
    """Return the stamp of *file*; a package whose version is that of *before* keeps its date."""
    rows = read_stamp(before)["sources"] if before else []
    dates = {(row["name"], row["version"]): row["date"] for row in rows}
    today = datetime.now(UTC).date().isoformat()
    fetched = [package.source() | {"date": dates.get((package.name, package.version), today)} for package in packages]
    return {"sources": fetched, "facts": file.facts, "license": f"{file.license}; facts only, no text"}


def changes(before: Entries, after: Entries) -> list[str]:
    """Return a line for each kind of change between two versions: added, removed, changed."""
    kinds = {
        "added": sorted(after.keys() - before.keys()),
        "removed": sorted(before.keys() - after.keys()),
        "changed": sorted(name for name in before.keys() & after.keys() if before[name] != after[name]),
    }
    lines = [f"{kind} {len(names):,}: {_shown(names)}" for kind, names in kinds.items() if names]
    return lines or [f"no change in {len(after):,} entries"]


def _shown(names: list[str]) -> str:
    more = f", {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def with_types(head: Mapping[str, Any], rows: Mapping[str, Any]) -> bytes:
    """Return the content of a JSON file: *head*, and `types` with a line for each of *rows*."""
    lines = ",\n".join(f"{json.dumps(type_)}: {json.dumps(row)}" for type_, row in rows.items())
    return f'{{{json.dumps(head)[1:-1]}, "types": {{\n{lines}\n}}}}\n'.encode()
