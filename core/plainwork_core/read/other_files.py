"""Files of Terraform in HCL that are no part of a root module, which no policy checks.

https://developer.hashicorp.com/terraform/language/stacks and
https://developer.hashicorp.com/terraform/language/block/tfquery/list; tests deploy nothing that stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from plainwork_core.model.stack import Note, Stack
from plainwork_core.observed import observe
from plainwork_core.text import listed

_OF_STACKS = (".tfcomponent.hcl", ".tfdeploy.hcl", ".tfstack.hcl")
_OF_QUERIES = (".tfquery.hcl",)


def with_notes(stack: Stack, directory: Path) -> Stack:
    """Return *stack* with a note on the files in *directory* that are not checked."""
    found = (*_notes(directory, "Terraform Stacks file", _OF_STACKS, is_incomplete=True),)
    found += (*_notes(directory, "query file", _OF_QUERIES, is_incomplete=False),)
    return replace(stack, notes=(*stack.notes, *found)) if found else stack


def has_stacks(directory: Path) -> bool:
    """Return whether a file of Terraform Stacks is in *directory* or below it."""
    return any(file.name.endswith(_OF_STACKS) for file in directory.rglob("*.hcl"))


def _notes(directory: Path, noun: str, suffixes: tuple[str, ...], *, is_incomplete: bool) -> Iterator[Note]:
    observe(directory)
    if names := sorted(file.name for file in directory.glob("[!.]*.hcl") if file.name.endswith(suffixes)):
        yield Note(f"{listed(noun, names)} not checked", is_incomplete=is_incomplete)
