"""The types of arguments in the stubs of `plainwork.types`, for the annotations of your own functions.

They are those that Terraform has, and a `Reference` in place of any of them. Terraform also converts strings such as
`"3"` and `"true"` to numbers and bools, and `Resource` accepts them; for a type checker they are text like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, SupportsIndex, TypeAlias, TypeVar

from plainwork.references import Reference

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class ListOrTuple(Protocol[T_co]):
    """A list or a tuple, and no string, which is a sequence of strings, too."""

    def __contains__(self, value: object, /) -> bool: ...
    def __iter__(self) -> Iterator[T_co]: ...
    def __len__(self) -> int: ...
    def index(self, value: Any, start: SupportsIndex = ..., stop: SupportsIndex = ..., /) -> int:
        """Return the first place of a value."""


String: TypeAlias = str | float
"""Text, or a number or a bool, which Terraform converts to text."""
Number: TypeAlias = float | Reference
Bool: TypeAlias = bool | Reference
ListOf: TypeAlias = ListOrTuple[T] | Reference
MapOf: TypeAlias = Mapping[str, T | None] | Reference
