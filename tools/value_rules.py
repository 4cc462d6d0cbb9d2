"""Rules for the values of arguments: those of `value_rules.toml`, with the models of botocore (`tools/data.py`)."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tools.packages import Package

Rule = dict[str, Any]
Shapes = dict[str, dict[str, Any]]
"""The shapes of a service by name."""

TABLE = Path(__file__).with_suffix(".toml")
_MODEL = "service-2.json.gz"
_ANCHORS = re.compile(r"\^(.*)\$")


def write(stamp: dict[str, Any], botocore: Package) -> bytes:
    """Return the content of `value_rules.json`."""
    table = {"stamp": stamp, "rules": value_rules(lambda service: _shapes(botocore, service))}
    return (json.dumps(table, indent=1) + "\n").encode()


def value_rules(shapes_of: Callable[[str], Shapes]) -> dict[str, dict[str, Rule]]:
    """Return the rules by type and path of the argument.

    Args:
        shapes_of: returns the shapes of a service of botocore.
    """
    shapes_of, types = cache(shapes_of), tomllib.loads(TABLE.read_text(encoding="utf-8"))
    arguments = {type_: types[found.get("same_as", type_)] for type_, found in types.items()}
    return {
        type_: {path: _with_shape(row, shapes_of) for path, row in sorted(rows.items())}
        for type_, rows in sorted(arguments.items())
    }


def _with_shape(row: Rule, shapes_of: Callable[[str], Shapes]) -> Rule:
    """Return a row of the table with the rule of its shape."""
    if "shape" not in row:
        return row
    service, _, name = row["shape"].partition(" ")
    rest = {key: value for key, value in row.items() if key != "shape"}
    return {"source": f"botocore {row['shape']}", **_rule(shapes_of(service), name), **rest}


def _shapes(botocore: Package, service: str) -> Shapes:
    models = botocore.members(f"botocore/data/{service}/")
    newest = max(name for name in models if name.endswith(_MODEL))
    shapes: Shapes = json.loads(gzip.decompress(models[newest]))["shapes"]
    return shapes


def _rule(shapes: Shapes, name: str) -> Rule:
    structure, _, member = name.partition(".")
    parent = shapes[structure]
    shape = shapes[(parent["member"] if member == "member" else parent["members"][member])["shape"]]
    if "enum" in shape:
        return {"enum": sorted(shape["enum"])}
    if "pattern" in shape:
        return {"pattern": _ANCHORS.sub(r"\1", shape["pattern"])}
    if shape["type"] == "string":
        return {"max_length": shape["max"]}
    return {limit: int(shape[limit]) for limit in ("min", "max") if limit in shape}
