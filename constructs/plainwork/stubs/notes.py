"""The documentation of a class in a stub: what its signature does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.schema.outline import members, versions_of
from plainwork_core.schema.store import SHIPPED

if TYPE_CHECKING:
    from plainwork_core.schema import BlockSchema, Mode
    from plainwork_core.schema.versions import SchemaChoice

_KINDS = {"resource": "Resource", "data": "Data source", "ephemeral": "Ephemeral resource"}
_PAGES = {"resource": "resources", "data": "data-sources", "ephemeral": "ephemeral-resources"}
_AWS = "aws_"


def notes(choice: SchemaChoice, mode: Mode, type_: str, block: BlockSchema) -> list[str]:
    """Return lines: the page of the provider, limits of blocks, deprecations, differences between versions."""
    others = versions_of(mode, type_)
    provider = f" of AWS provider {choice.version}" if others and type_.startswith(_AWS) else ""
    lines = [f"{_KINDS[mode]} `{type_}`{provider}."]
    if provider:
        page = f"{_PAGES[mode]}/{type_.removeprefix(_AWS)}"
        lines += ["", f"https://registry.terraform.io/providers/hashicorp/aws/{choice.version}/docs/{page}"]
    rows = members(block, others)
    sections = {
        "Blocks": [f"`{row.name}` {row.limits}" for row in rows if row.kind == "block"],
        "Deprecated": [f"`{row.name}`" for row in rows if "deprecated" in row.marks],
        "Write-only": [f"`{row.name}`" for row in rows if "write-only" in row.marks],
    }
    for version in SHIPPED if provider else ():
        if version != choice.version:
            new = [f"`{row.name}`" for row in rows if version not in row.versions]
            sections[f"Not in provider {version}"] = new if version in others else ["the type"]
    for heading, entries in sections.items():
        if entries:
            lines += ["", f"{heading}: {', '.join(entries)}."]
    return lines
