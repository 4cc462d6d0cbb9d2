"""Synthesized stacks on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from plainwork_core.errors import PlainworkError

MANIFEST = "manifest.json"
DOCUMENT = "cdk.tf.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One synthesized stack.

    Attributes:
        name: the stack's name.
        file: its document in Terraform's JSON syntax.
    """

    name: str
    file: Path

    def document(self) -> dict[str, Any]:
        """What is in the file, with numbers as exact as they are written there.

        Raises:
            PlainworkError: the file cannot be read, or does not hold a JSON object.
        """
        return _read(self.file)


def find(path: Path) -> list[Source]:
    """The stacks that *path* holds.

    Args:
        path: the directory that `app.synth()` has written, the directory of one stack in it, or one document.

    Raises:
        PlainworkError: there is nothing at *path*, or no stack in it.
    """
    if not path.exists():
        raise PlainworkError(f"{path} does not exist: synthesize first, or name what `app.synth()` has written")
    if path.is_file():
        return [Source(_name_of(path), path)]
    if (path / MANIFEST).is_file():
        return _of_manifest(path)
    if (path / DOCUMENT).is_file():
        return [Source(path.resolve().name, path / DOCUMENT)]
    raise PlainworkError(f"{path} holds no stack: there is neither {MANIFEST} nor {DOCUMENT} in it")


def _of_manifest(directory: Path) -> list[Source]:
    manifest = directory / MANIFEST
    stacks = _read(manifest).get("stacks")
    if not isinstance(stacks, dict) or not stacks:
        raise PlainworkError(f"{manifest} lists no stacks: add one to the app, or name another directory")
    try:
        return [Source(name, directory / stack["synthesizedStackPath"]) for name, stack in stacks.items()]
    except (KeyError, TypeError) as error:
        raise PlainworkError(
            f"{manifest} is no manifest of CDKTF: a stack in it has no synthesizedStackPath"
        ) from error


def _name_of(file: Path) -> str:
    return file.resolve().parent.name if file.name == DOCUMENT else file.name.partition(".")[0]


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal, object_pairs_hook=_object)
    except OSError as error:
        raise PlainworkError(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise PlainworkError(f"{file} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise PlainworkError(f"{file} must hold a JSON object, not a {type(content).__name__}")
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; Terraform reads both of two blocks with one name, where Python would drop the first."""
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object has {twice!r} twice; write it once, several blocks as a list")
    return members
