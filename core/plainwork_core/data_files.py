"""The data files of plainwork, and the packages that each of them is made from.

`tools/data.py` writes them. Each has a stamp: the name, version and date of each package, where the date is the day on
which the version was fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from plainwork_core.frozen import frozen

FOLDER = Path(__file__).parent / "data"
STAMP = "_stamp"
"""The member of a zip file that has its stamp."""


@frozen(slots=True)
class Source:
    """One package that a data file is made from.

    Args:
        name: in its registry, such as `botocore`.
        version: such as `1.44.8`.
        date: the day on which this version was fetched, such as `2026-11-29`.
    """

    name: str
    version: str
    date: str

    def __str__(self) -> str:
        """Return name and version: `botocore 1.44.8`."""
        return f"{self.name} {self.version}"


def data_files() -> Iterator[Path]:
    """Yield the data files, in the order of their names."""
    yield from (file for file in sorted(FOLDER.iterdir()) if file.suffix in (".json", ".zip"))


@cache
def sources(file_name: str) -> tuple[Source, ...]:
    """Return the packages that a data file is made from."""
    rows = read_stamp((FOLDER / file_name).read_bytes())["sources"]
    return tuple(Source(row["name"], row["version"], row["date"]) for row in rows)


def read_stamp(content: bytes) -> dict[str, Any]:
    """Return the stamp in the *content* of a data file."""
    from io import BytesIO  # noqa: PLC0415  only `--version --verbose` reads a zip here
    from zipfile import ZipFile, is_zipfile  # noqa: PLC0415  saves 20 ms

    if is_zipfile(BytesIO(content)):
        content = ZipFile(BytesIO(content)).read(f"{STAMP}.json")
    stamp: dict[str, Any] = json.loads(content)["stamp"]
    return stamp
