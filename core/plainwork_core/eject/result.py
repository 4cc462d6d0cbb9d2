"""What an ejection writes, and the error with all problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plainwork_core.eject.resources import Move
from plainwork_core.errors import PlainworkError
from plainwork_core.schema import Schema
from plainwork_core.text import count


class EjectError(PlainworkError):
    """Something cannot be written; the message has all problems, one a line."""


@dataclass
class Ejection:
    """What an ejection writes.

    Attributes:
        documents: by the name of the call, the resources in Terraform's JSON syntax.
        moves: the old and the new address of each resource.
        edits: the new text of each file of the root module that changes.
        copies: the files of modules that are copied, by the new path.
        references: what each reference to a call is, if the files of the root module are not edited.
        notes: what is not written, or has another name.
        comments: by the name of the call, those above it.
    """

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    edits: dict[Path, str] = field(default_factory=dict)
    copies: dict[Path, Path] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    resources: int = 0
    schema: Schema | None = None


def stop(problems: Iterable[str]) -> None:
    """Raise an `EjectError` if there are *problems*."""
    if found := list(dict.fromkeys(problems)):
        raise EjectError("\n".join((f"nothing is changed, because of {count(len(found), 'problem')}:", *found)))
