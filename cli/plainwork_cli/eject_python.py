"""`plainwork eject --from-python`: a synthesized stack as HCL that needs neither this library nor CDKTF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork_core.adopt.configuration import read_text
from plainwork_core.adopt.equality import differences
from plainwork_core.errors import InputError, PlainworkError
from plainwork_core.files import write_files
from plainwork_core.hcl.write import render
from plainwork_core.python_source.elements import COMMENT, metadata
from plainwork_core.read.synthesized import find_stacks
from plainwork_core.text import enumeration

if TYPE_CHECKING:
    from plainwork_core.read.synthesized import SynthesizedStack

OUTPUT = "cdktf.out"
FILE_NAME = "main.tf"
_STATE = "terraform.tfstate"
_ASSETS = "assets"


def write_stack(stack: str, output: Path | None) -> list[str]:
    """Write a synthesized stack as one file of HCL, and return what a person should know.

    Args:
        stack: the name of a stack in `cdktf.out`, the directory of one stack, or a document.
        output: the file; `STACK/main.tf` by default.

    Raises:
        InputError: there is no such stack, the file exists, or it cannot be written.
        RenderError: something in the document has no form in HCL.
    """
    found = _found(stack)
    file = output or Path(found.name) / FILE_NAME
    if file.exists():
        raise InputError(f"{file}: exists; remove it, or pass another --output")
    document = found.document()
    text = render(standalone(document))
    if different := differences(document, read_text(text, str(file)).document):
        raise PlainworkError(f"{found.file}: {enumeration(different)} would be another block in HCL; report this error")
    write_files({file: text})
    return [f"created {file}: {text.count(chr(10))} lines", *_beside(found, file, document)]


def standalone(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the names of constructs, which are of Python, and without the data of CDKTF."""
    return {name: _without_constructs(value) for name, value in document.items() if name != COMMENT}


def _without_constructs(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_constructs(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    kept = {name: _without_constructs(item) for name, item in value.items() if name != COMMENT}
    if own := metadata(value):
        kept[COMMENT] = {"plainwork": {name: item for name, item in own.items() if name != "construct"}}
    elif isinstance(value.get(COMMENT), str | list):
        kept[COMMENT] = value[COMMENT]
    return kept


def _found(stack: str) -> SynthesizedStack:
    path = Path(stack)
    if not path.exists() and Path(OUTPUT).is_dir():
        stacks = find_stacks(Path(OUTPUT))
        if named := [one for one in stacks if one.name == stack]:
            return named[0]
        raise InputError(f"{OUTPUT} has no stack {stack!r}; it has {enumeration(one.name for one in stacks)}")
    found = find_stacks(path)
    if len(found) > 1:
        raise InputError(f"{path} has {len(found)} stacks; name one: {enumeration((one.name for one in found), 'or')}")
    return found[0]


def _beside(stack: SynthesizedStack, file: Path, document: Mapping[str, Any]) -> list[str]:
    """Return what belongs beside the file, because Terraform reads it by a path relative to the directory."""
    notes = []
    if (stack.file.parent / _ASSETS).is_dir():
        notes.append(f"copy {stack.file.parent / _ASSETS} to {file.parent / _ASSETS}: its paths are relative")
    if (stack.file.parent / _STATE).is_file() and "backend" not in document.get("terraform", {}):
        notes.append(f"move {stack.file.parent / _STATE} to {file.parent / _STATE}: the state is a local file")
    return notes
