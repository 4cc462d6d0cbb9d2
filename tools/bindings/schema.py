"""The shipped schema of a provider version of which there are bindings (`tools/data.py`).

What bindings do not state is from the shipped schema of the older version, for the names that both have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from plainwork_core.data_files import STAMP
from plainwork_core.schema import Mode, Schema
from plainwork_core.schema.reduction import distinct_blocks, without_settable_id
from plainwork_core.schema.store import ORIGIN, SHIPPED, Archive, content_of
from tools.bindings.blocks import blocks
from tools.bindings.carried_over import Block, carried_over
from tools.bindings.typescript import modules
from tools.packages import Package

OLDER = SHIPPED["5.100.0"]
_TERRAFORMS_OWN = ("resource/terraform_data", "data/terraform_remote_state", "provider/terraform")
_VERSION = re.compile(r"provider version ([\d.]+)")


def write(stamp: dict[str, Any], bindings: Package, _older: Package) -> bytes:
    """Return the content of the schema file."""
    origin = {"bindings": f"{bindings.name} {bindings.version}", "providers": {"hashicorp/aws": version(bindings)}}
    own = {name: Archive(OLDER).read(name) for name in _TERRAFORMS_OWN}
    return content_of({**dict(_members(bindings)), **own, ORIGIN: origin, STAMP: {"stamp": stamp}})


def version(bindings: Package) -> str:
    """Return the version of the provider that the bindings were generated from."""
    metadata = f"{bindings.name.replace('-', '_')}-{bindings.version}.dist-info/METADATA"
    found = _VERSION.search(bindings.read(metadata).decode())
    if found is None:
        raise SystemExit(f"{metadata} does not state the version of the provider")
    return found[1]


def read(bindings: Package) -> Iterator[tuple[Mode, str, Block]]:
    """Yield mode, type and block of each type, in the format of `terraform providers schema -json`."""
    for module in modules(bindings):
        for mode, type_, block in blocks(module):
            yield mode, type_, without_settable_id(block) if mode == "resource" else block


def _members(bindings: Package) -> Iterator[tuple[str, Any]]:
    older = Schema(OLDER)
    for mode, type_, block in read(bindings):
        known = older.block(mode, type_)
        yield f"{mode}/{type_}", distinct_blocks(carried_over(block, known) if known else block)
