"""What `plainwork adopt` reads: HCL, Terraform's JSON syntax, the output of an app, or a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainwork_core.adopt.configuration import Configuration, read_hcl
from plainwork_core.errors import InputError
from plainwork_core.hcl.expressions import scan
from plainwork_core.hcl.language import TOP_LEVEL
from plainwork_core.model.stack import Location
from plainwork_core.output_directory import DOCUMENT, MANIFEST
from plainwork_core.python_source.elements import Element, all_elements
from plainwork_core.read.json_lines import load
from plainwork_core.read.parsed_files import SUFFIXES
from plainwork_core.read.synthesized import find_stacks
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.text import enumeration

_PATHS = ("module", "root", "cwd")
_FILES = re.compile(r"\b(?:file|filebase64|filemd5|filesha256|filebase64sha256|fileset|templatefile)\(\"(?![/~$])")


def read(path: Path) -> Configuration:
    """Read the one root module at *path*.

    Raises:
        InputError: there is none, there are several, or one that Terraform would reject.
    """
    found = _read(path)
    notes = (
        f"{place(found, element.address)}: {note}"
        for element in all_elements(found.document)
        for note in _notes(element)
    )
    return replace(found, notes=(*found.notes, *notes))


def place(configuration: Configuration, address: str) -> str:
    """Return file and line of a block, and its address."""
    location = configuration.locations.get(address)
    return f"{location.file}:{location.line}: {address}" if location else address


def _read(path: Path) -> Configuration:
    if not path.exists():
        raise InputError(f"{path}: does not exist")
    if path.is_dir():
        return _json(_one_stack(path)) if _is_synthesized(path) else read_hcl(path)
    return read_hcl(path) if path.name.endswith((".tf", ".tofu")) else _json(path)


def _is_synthesized(directory: Path) -> bool:
    names = {entry.name for entry in directory.iterdir() if entry.name.endswith(SUFFIXES)}
    return (directory / MANIFEST).is_file() or names == {DOCUMENT}


def _one_stack(directory: Path) -> Path:
    stacks = find_stacks(directory)
    if len(stacks) > 1:
        named = enumeration((str(stack.file.parent) for stack in stacks), "or")
        raise InputError(f"{directory}: {len(stacks)} stacks; pass the directory of one: {named}")
    return stacks[0].file


def _json(file: Path) -> Configuration:
    text = decode(read_bytes(file), str(file))
    if not text.lstrip().startswith("{"):
        raise InputError(
            f"{file}: not HCL and not JSON; pass a .tf file, a directory, CDKTF JSON or the JSON of a plan"
        )
    document, lines = load(text, str(file))
    if "planned_values" in document:
        from plainwork_core.adopt.plan import read_plan  # noqa: PLC0415  a configuration does not need it
        from plainwork_core.read.plan_check import check_plan  # noqa: PLC0415  as above

        check_plan(document, str(file))
        return read_plan(document, str(file))
    if "terraform_version" in document or "lineage" in document:
        raise InputError(f"{file}: a state has values and no expressions; pass HCL, or the JSON of a plan")
    if not TOP_LEVEL.issuperset(document):
        unknown = next(name for name in document if name not in TOP_LEVEL)
        raise InputError(f"{file}: not a Terraform configuration (unknown block type {unknown!r}) and not a plan")
    found = Configuration(document)
    paths = {element.address: (element.kind, *element.labels) for element in all_elements(document)}
    locations = {address: Location(str(file), lines[path]) for address, path in paths.items() if path in lines}
    return replace(found, locations=locations)


def _notes(element: Element) -> Iterator[str]:
    """Yield what is relative to the directory of the configuration."""
    source = element.body.get("source") if element.kind == "module" else None
    if isinstance(source, str) and source.startswith("."):
        yield f"the source {source!r} is relative to the directory of the rendered HCL; copy the module, or change it"
    strings = list(_strings(element.body))
    if any(_FILES.search(text) or _uses_path(text) for text in strings if "${" in text):
        yield "reads files relative to the directory of the rendered HCL; copy them there"


def _uses_path(text: str) -> bool:
    return any(names[0] == "path" and names[1:2] and names[1] in _PATHS for names in scan(text).references)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for name, inner in value.items():
                if name != "//":
                    yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
