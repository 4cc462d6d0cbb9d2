"""The arguments of AWS resources that the provider computes if the configuration does not set them (`tools/data.py`).

The shipped schema states which attributes are optional and computed, but not which nested
blocks are. So Terraform plans one resource of each type whose required arguments are unknown: a nested block that the
plan shows as known after apply is computed. All nested blocks of a type that the provider rejects without values count
as computed, and so do those that only the newest schema has, because its provider is not planned with.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from plainwork_core.schema import BlockSchema, Schema
from plainwork_core.schema.store import NEWEST, SHIPPED
from tools.data_file import with_types
from tools.packages import Package

_NAME = "probe"
_PROVIDER = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "%s"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "example"
  secret_key                  = "example"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

"""
_ADDRESS = re.compile(rf'(aws_\w+)(?:\.{_NAME}\b|" "{_NAME}")')
_NOT_ARGUMENTS = "timeouts"
_BATCH = 80


def write(stamp: dict[str, Any], provider: Package, _bindings: Package) -> bytes:
    """Return the content of `computed_arguments.json`."""
    schema = Schema(SHIPPED["5.100.0"])
    types = [type_ for type_ in schema.types("resource") if type_.startswith("aws_")]
    with TemporaryDirectory() as folder:
        computed, rejected = computed_blocks(Path(folder), provider.version, schema, types)
    rows = with_newer(table(schema, types, computed), schema, Schema(SHIPPED[NEWEST]))
    return with_types({"stamp": stamp, "not_planned": rejected}, rows)


def computed_blocks(
    folder: Path, version: str, schema: Schema, types: list[str]
) -> tuple[dict[str, set[str]], list[str]]:
    """Return the computed nested blocks of each type, and the types that the provider does not plan."""
    found: dict[str, set[str]] = {}
    for start in range(0, len(types), _BATCH):
        planned = types[start : start + _BATCH]
        while errors := set(_errors(_plan(folder, version, schema, planned))):
            planned = [type_ for type_ in planned if type_ not in errors]
        plan = json.loads(_terraform(folder, "show", "-json", "plan.bin"))
        found |= {change["type"]: _unknown(change["change"]) for change in plan.get("resource_changes", ())}
        print(f"{start + _BATCH}: {len(found)} types planned", file=sys.stderr)
    return found, [type_ for type_ in types if type_ not in found]


def table(schema: Schema, types: list[str], computed: Mapping[str, set[str]]) -> dict[str, dict[str, list[str]]]:
    """Return the content of the table: see `plainwork_core.aws.computed_arguments`."""
    rows = {type_: _row(schema.block("resource", type_) or BlockSchema(), computed.get(type_)) for type_ in types}
    return {type_: row for type_, row in rows.items() if row}


def with_newer(rows: Mapping[str, dict[str, list[str]]], older: Schema, newest: Schema) -> dict[str, Any]:
    """Return *rows* with the types and arguments that only the newest schema has."""
    merged = dict(rows)
    for type_ in newest.types("resource"):
        known = set((older.block("resource", type_) or BlockSchema()).names)
        added = _row(newest.block("resource", type_) or BlockSchema(), None) if type_.startswith("aws_") else {}
        row = rows.get(type_, {})
        names = {key: sorted({*row.get(key, ()), *(set(added.get(key, ())) - known)}) for key in (*added, *row)}
        if filled := {key: names[key] for key in names if names[key]}:
            merged[type_] = filled
    return dict(sorted(merged.items()))


def _row(block: BlockSchema, unknown: set[str] | None) -> dict[str, list[str]]:
    both = {name for name, attribute in block.attributes.items() if attribute.optional and attribute.computed}
    as_blocks = {name for name in both if _is_list_of_objects(block.attributes[name].type)}
    nested = block.blocks.keys() - {_NOT_ARGUMENTS}
    computed = nested if unknown is None else nested & unknown
    row = {"arguments": both - as_blocks, "blocks": as_blocks | computed, "own_blocks": nested - computed}
    return {key: sorted(names) for key, names in row.items() if names}


def _is_list_of_objects(type_: Any) -> bool:
    return isinstance(type_, list) and type_[0] in ("list", "set") and isinstance(type_[1], list)


def _plan(folder: Path, version: str, schema: Schema, types: list[str]) -> str:
    lines = (line for type_ in types for line in _resource(type_, schema))
    (folder / "main.tf").write_text("\n".join((_PROVIDER % version, *lines, "")), encoding="utf-8")
    _terraform(folder, "init", "-input=false")
    return _terraform(folder, "plan", "-json", "-lock=false", "-out=plan.bin")


def _resource(type_: str, schema: Schema) -> Iterator[str]:
    yield f'resource "{type_}" "{_NAME}" {{'
    yield from _required(schema.block("resource", type_) or BlockSchema())
    yield "}"


def _required(block: BlockSchema) -> Iterator[str]:
    for name, attribute in block.attributes.items():
        if attribute.required:
            yield f"{name} = jsondecode(timestamp())"
    for name, nested in block.blocks.items():
        for _ in range(nested.min_items):
            yield f"{name} {{"
            yield from _required(nested.block)
            yield "}"


def _unknown(change: Mapping[str, Any]) -> set[str]:
    return {name for name, mark in change["after_unknown"].items() if mark is True}


def _errors(log: str) -> Iterator[str]:
    """Yield the types that a plan in JSON lines has an error about."""
    for message in map(json.loads, log.splitlines()):
        if message.get("@level") == "error":
            found = _ADDRESS.search(json.dumps(message["diagnostic"]).replace('\\"', '"'))
            if found is None:
                raise SystemExit(f"terraform plan: {message['@message']}")
            yield found[1]


def _terraform(folder: Path, *command: str) -> str:
    ran = subprocess.run(["terraform", *command], cwd=folder, capture_output=True, text=True, check=False)
    return ran.stdout
