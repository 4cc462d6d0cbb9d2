"""Synthesized stacks on disk: the manifest of `app.synth()`, and one document of Terraform's JSON for each stack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.output_directory import DOCUMENT, MANIFEST
from plainwork_core.read import json_text
from plainwork_core.read.text import decode, read_bytes


@frozen(slots=True)
class SynthesizedStack:
    """One synthesized stack.

    Attributes:
        name: the stack's name.
        file: its document in Terraform's JSON syntax.
    """

    name: str
    file: Path

    def document(self) -> dict[str, Any]:
        """Return the content of the file, with numbers as exact as there.

        Raises:
            InputError: the file cannot be read, is not a JSON object, or has a key twice in one object.
        """
        from decimal import Decimal  # noqa: PLC0415  only rendering needs it

        text = decode(read_bytes(self.file), str(self.file))
        content = json_text.parse(text, str(self.file), parse_float=Decimal, object_pairs_hook=json_text.unique_members)
        if not isinstance(content, dict):
            raise InputError(f"{self.file}: not a JSON object")
        return content


def stacks_of_manifest(manifest: Path) -> list[SynthesizedStack]:
    """Return the stacks that the *manifest* of an app lists; none where the file is another tool's manifest.

    Raises:
        InputError: the file cannot be read, is not JSON, or lists a stack without a path or outside of its directory.
    """
    document = json_text.parse(decode(read_bytes(manifest), str(manifest)), str(manifest))
    stacks = document.get("stacks") if isinstance(document, Mapping) else None
    if not isinstance(stacks, Mapping):
        return []
    try:
        paths = {name: stack["synthesizedStackPath"] for name, stack in stacks.items()}
        found = [SynthesizedStack(name, manifest.parent / path) for name, path in paths.items()]
    except (KeyError, TypeError) as error:
        raise InputError(f"{manifest}: a stack has no `synthesizedStackPath`; synthesize the app again") from error
    root = manifest.parent.resolve()
    if outside := [stack for stack in found if not stack.file.resolve().is_relative_to(root)]:
        raise InputError(
            f"{manifest}: stack {outside[0].name!r} is outside of {manifest.parent}; synthesize the app again"
        )
    return found


def find_stacks(path: Path) -> list[SynthesizedStack]:
    """Return the stacks at *path*.

    Args:
        path: the output directory of an app, the directory of one stack in it, or one document.

    Raises:
        InputError: *path* does not exist, or contains no stack.
    """
    if not path.exists():
        raise InputError(f"{path}: does not exist; synthesize the app, or pass its output directory")
    if path.is_file():
        return [SynthesizedStack(_name_of(path), path)]
    if (path / MANIFEST).is_file():
        if stacks := stacks_of_manifest(path / MANIFEST):
            return stacks
        raise InputError(f"{path / MANIFEST}: no stacks found; add a stack to the app, or pass another directory")
    if (path / DOCUMENT).is_file():
        return [SynthesizedStack(path.resolve().name, path / DOCUMENT)]
    raise InputError(f"{path}: no {MANIFEST} and no {DOCUMENT} found; pass the output directory of an app")


def _name_of(file: Path) -> str:
    return file.resolve().parent.name if file.name == DOCUMENT else file.name.partition(".")[0]
