"""The arguments that hold a secret: those that a shipped schema has as sensitive or write-only (`tools/data.py`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from plainwork_core.schema import BlockSchema
from plainwork_core.schema.store import SHIPPED, Schema
from tools.packages import Package

_PUBLIC = {
    "certificates and public keys": r"(certificate|certificate_chain|\w*_pem|token_signing_public_keys)$",
    "names, identifiers and key ARNs": r"(\w*user_?name|platform_principal|client_id|bundle_id|team_id|token_key_id"
    r"|kms_\w+)$",
    "texts and configurations": r"(\w+_banner|notes|schema|content|payload|input|airflow_configuration_options)$",
    "parameters of requests, of which `is_value_secret` marks the secret ones": r"(body|header|query_string)\.value$",
    "tokens of AWS Support, which grant no access": r"aws_s3_bucket_\w+\.token$",
    "maps whose keys decide what is secret": r"(credentials_map|athena_properties|connection_properties)$",
}
"""Sensitive arguments of the schema whose value alone grants no access, by the reason."""


def write(stamp: dict[str, Any], _provider: Package | None, _bindings: Package | None) -> bytes:
    """Return the content of `sensitive_arguments.json`."""
    schemas = [Schema(path) for path in SHIPPED.values()]
    types = sorted({type_ for schema in schemas for type_ in schema.types("resource")})
    found = {type_: sorted({path for schema in schemas for path in _secrets(type_, schema)}) for type_ in types}
    table = {"stamp": stamp, "arguments": {type_: paths for type_, paths in found.items() if paths}}
    return (json.dumps(table, indent=1) + "\n").encode()


def _secrets(type_: str, schema: Schema) -> Iterator[str]:
    block = schema.block("resource", type_)
    for path in _sensitive(block) if block else ():
        if not any(re.search(rf"\b{public}", f"{type_}.{path}") for public in _PUBLIC.values()):
            yield path


def _sensitive(block: BlockSchema, path: str = "") -> Iterator[str]:
    for name, attribute in block.attributes.items():
        write_only = block.attributes.get(f"{name}_wo")
        is_secret = attribute.sensitive or attribute.write_only or (write_only and write_only.write_only)
        if attribute.settable and is_secret:
            yield path + name
    for name, nested in block.blocks.items():
        yield from _sensitive(nested.block, f"{path}{name}.")
