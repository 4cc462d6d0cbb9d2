"""The document of a configuration, and where each block of it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from plainwork_core.adopt.comments import FileComments
from plainwork_core.adopt.lists import with_lists
from plainwork_core.adopt.order import in_order
from plainwork_core.frozen import frozen
from plainwork_core.hcl.definitions import Block
from plainwork_core.hcl.json_form import block_body
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.stack import Location
from plainwork_core.read.declarations import Declarations, Declared
from plainwork_core.read.modules import Module
from plainwork_core.read.parsed_files import parsed_file, parsed_hcl
from plainwork_core.schema import Mode, Schema
from plainwork_core.schema.versions import choice_of

_UNLABELLED = ("moved", "import", "removed")
_PLACED = ("resource", "data", "ephemeral", "action", "module")
_OF_DECLARATIONS = {"required_version", "required_providers", "backend", "cloud"}
_WAIVED = ("resource", "data")
_MIXED = "its blocks `{}` are all `dynamic` in Python, which keeps their order"
_WITH_SCHEMA: tuple[Mode, ...] = ("resource", "data", "ephemeral")


@frozen()
class Configuration:
    """A root module as one document.

    Attributes:
        document: in Terraform's JSON syntax.
        locations: of each block, by its address: `aws_s3_bucket.logs`, `var.name`, `moved aws_s3_bucket.old`.
        notes: what a person should know before the Python is used, each with its place.
    """

    document: Mapping[str, Any]
    locations: Mapping[str, Location] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_hcl(path: Path) -> Configuration:
    """Read a directory as one root module, or a file as if it were alone.

    Raises:
        InputError: a file with a syntax error, or what Terraform would reject.
    """
    module = Module.of([parsed_file(path)], path.parent) if path.is_file() else Module.at(path)
    comments = {file.file: FileComments(file.file) for file in module.files}
    found = _configuration(module, comments)
    waivers = (note for one in comments.values() for note in one.other_waivers())
    return replace(found, notes=(*found.notes, *waivers))


def read_text(text: str, name: str) -> Configuration:
    """Read the HCL of one file, which is called *name*.

    Raises:
        InputError: see `read_hcl`.
    """
    return _configuration(Module.of([parsed_hcl(text, name)], Path(name).parent), {})


def _configuration(module: Module, comments: Mapping[str, FileComments]) -> Configuration:
    document: dict[str, Any] = {"terraform": terraform} if (terraform := _terraform(module)) else {}
    schema = choice_of(document).schema()
    notes: list[str] = []
    locations: dict[str, Location] = {}
    scoped = set(_scoped(module.declarations))
    for position, (address, declared) in enumerate(module.declarations.blocks.items(), 1):
        if address not in scoped:
            block, mixed = _in_order(declared.block, schema)
            notes += (
                f"{declared.location.file}:{block.line}: {address}: {_MIXED.format(name)}" for name in sorted(mixed)
            )
            own = _of_comments(declared, comments.get(declared.location.file))
            _place(document, (block.type, *block.labels), _body(block, position, own))
            locations[address] = declared.location
    if module.declarations.locals:
        document["locals"] = {
            name: block_body(nodes.Body((attribute,)), LANGUAGE["locals"])[name]
            for name, attribute in module.declarations.locals.items()
        }
        locations |= _of_locals(module)
    for file in module.files:
        for block in file.body.blocks:
            if block.type in _UNLABELLED:
                body = block_body(block.body, LANGUAGE[block.type])
                document.setdefault(block.type, []).append(body)
                locations[f"{block.type} {next(iter(body.values()), '')}"] = Location(file.file, block.line)
    _write_lists(document, schema)
    return Configuration(document, locations, tuple(notes))


def _in_order(block: nodes.Block, schema: Schema) -> tuple[nodes.Block, set[str]]:
    """Return a block in which the JSON syntax keeps the order of nested blocks, and the names that this changes."""
    mixed: set[str] = set()
    if block.type not in _WITH_SCHEMA:
        return block, mixed
    mode: Mode = block.type
    return replace(block, body=in_order(block.body, schema.block(mode, block.labels[0]), mixed)), mixed


def _write_lists(document: dict[str, Any], schema: Schema) -> None:
    for mode in _WITH_SCHEMA:
        for type_, named in document.get(mode, {}).items():
            if known := schema.block(mode, type_):
                named |= {name: with_lists(body, known) for name, body in named.items()}


def _scoped(declarations: Declarations) -> Iterator[str]:
    """Yield the addresses of the data sources in checks."""
    for declared in declarations.blocks.values():
        if declared.block.type == "check":
            yield from (
                ".".join(("data", *nested.labels)) for nested in declared.block.body.blocks if nested.type == "data"
            )


def _body(block: nodes.Block, position: int, own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a block in JSON, with the data that `plainwork.synthesize` adds for the writer of HCL."""
    definition = LANGUAGE[block.type]
    marked = sorted(set(_blocks(block.body, definition, ""))) if definition.of_provider else []
    placed = {"position": position} if block.type in _PLACED else {}
    data = {**placed, **({"blocks": marked} if marked else {}), **own}
    return {**block_body(block.body, definition), **({"//": {"plainwork": data}} if data else {})}


def _of_comments(declared: Declared, comments: FileComments | None) -> dict[str, Any]:
    """Return the comment above a block, and the waivers of a resource or data source."""
    if comments is None:
        return {}
    above = comments.above(declared.location)
    waivers = comments.waivers(declared.location) if declared.block.type in _WAIVED else []
    return {**({"comment": above} if above else {}), **({"waivers": waivers} if waivers else {})}


def _blocks(body: nodes.Body, definition: Block, prefix: str) -> Iterator[str]:
    """Yield the path of each nested block of a provider."""
    for block in body.blocks:
        if block.type == "dynamic":
            content = next((inner.body for inner in block.body.blocks if inner.type == "content"), nodes.Body())
            yield f"{prefix}{block.labels[0]}"
            yield from _blocks(content, Block(), f"{prefix}{block.labels[0]}.")
        elif block.type not in definition.blocks:
            yield f"{prefix}{block.type}"
            yield from _blocks(block.body, Block(), f"{prefix}{block.type}.")
        elif block.type == "config":
            yield from _blocks(block.body, Block(), f"{prefix}config.")


def _place(document: dict[str, Any], path: tuple[str, ...], body: dict[str, Any]) -> None:
    *above, last = path
    for name in above:
        document = document.setdefault(name, {})
    if path[0] == "provider":
        document.setdefault(last, []).append(body)
    else:
        document[last] = body


def _of_locals(module: Module) -> dict[str, Location]:
    return {
        f"local.{attribute.name}": Location(file.file, attribute.line)
        for file in module.files
        for block in file.body.blocks
        if block.type == "locals"
        for attribute in block.body.attributes
    }


def _terraform(module: Module) -> dict[str, Any]:
    """Return the `terraform` blocks of all files as one."""
    declarations, definition = module.declarations, LANGUAGE["terraform"]
    merged: dict[str, Any] = {}
    for file in module.files:
        for block in file.body.blocks:
            if block.type == "terraform":
                merged |= {
                    name: value
                    for name, value in block_body(block.body, definition).items()
                    if name not in _OF_DECLARATIONS
                }
    versions = [str(getattr(attribute.expression, "value", "")) for attribute in declarations.required_version]
    if versions:
        merged["required_version"] = ", ".join(versions)
    if declarations.required_providers:
        body = nodes.Body(tuple(attribute for attribute, _ in declarations.required_providers.values()))
        merged["required_providers"] = block_body(body, definition.blocks["required_providers"])
    if declarations.backend:
        backend = declarations.backend.block
        merged |= block_body(nodes.Body((), (backend,)), definition)
    return merged
