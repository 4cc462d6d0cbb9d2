"""Immutable data classes that are cheap to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, slots: bool = False, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a data class that type checkers treat as `dataclass(frozen=True)`: equal by value, hashable, not assignable.

    At run time nothing guards the attributes. The guard doubles what a class costs at import, and each object pays for
    it again; a run of `plainwork check` imports some seventy such classes.
    """
    return dataclass(slots=slots, kw_only=kw_only, unsafe_hash=True)
