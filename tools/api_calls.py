"""The API calls that create resources: those of `api_calls.toml`, whose actions iam-data has (`tools/data.py`)."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.packages import Package

TABLE = Path(__file__).with_suffix(".toml")


def write(stamp: dict[str, Any], iam_data: Package, _provider: Package | None) -> bytes:
    """Return the content of `api_calls.json`."""
    table = api_calls()
    if unknown := sorted({*_actions(table)} - set(_known(iam_data))):
        sys.exit(f"{TABLE.name}: iam-data has no {', '.join(unknown)}")
    return (json.dumps({"stamp": stamp, **table}, indent=1) + "\n").encode()


def api_calls() -> dict[str, dict[str, Any]]:
    """Return the services and the calls of the table, by prefix."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {"services": table.pop("services"), "calls": table}


def _actions(table: dict[str, dict[str, Any]]) -> Iterator[str]:
    for service, calls in table["calls"].items():
        for name, row in calls.items():
            yield f"{service}:{name}"
            yield from (further["action"] for further in row.get("further", ()))


def _known(iam_data: Package) -> Iterator[str]:
    for file, content in iam_data.members("package/data/actions/").items():
        yield from (f"{file.removesuffix('.json')}:{action['name']}" for action in json.loads(content).values())
