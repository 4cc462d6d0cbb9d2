"""Checks of numbers, booleans and choices among values: one sentence for each value that is invalid.

A reference passes, because its value is unknown before Terraform runs.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


_MAX_PORT = 65535


def is_reference(value: Any) -> bool:
    """Return whether Terraform replaces the value, or a part of it."""
    return isinstance(value, str) and "${" in value


def whole_number_problems(name: str, value: Any, least: int, most: int) -> Iterator[str]:
    """Yield one sentence if a value is not a whole number from *least* to *most*."""
    if is_reference(value):
        return
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        yield f"{name} must be a whole number from {least} to {most}: got {value!r}"


def port_problems(name: str, value: Any) -> Iterator[str]:
    """Yield one sentence if a value is not a port from 1 to 65535."""
    yield from whole_number_problems(name, value, 1, _MAX_PORT)


def boolean_problems(name: str, value: Any) -> Iterator[str]:
    """Yield one sentence if a value is neither True nor False.

    A reference is invalid here, because the construct itself depends on the value.
    """
    if not isinstance(value, bool):
        yield f"{name} must be True or False: got {value!r}"


def enum_problems(name: str, value: Any, kind: type[Enum]) -> Iterator[str]:
    """Yield one sentence if a value is not a member of an enumeration; a reference is invalid here."""
    if not isinstance(value, kind):
        members = ", ".join(f"{kind.__name__}.{member.name}" for member in kind)
        yield f"{name} must be one of {members}: got {value!r}"


def member_of(value: Any, kind: type[StrEnum]) -> Any:
    """Return the member of an enumeration with this value; any other value as it is."""
    return kind(value) if value in list(kind) else value


def members_of(values: Any, kind: type[StrEnum]) -> Any:
    """Return a list of `member_of` for each value; what is not a list as it is."""
    is_list = isinstance(values, Collection) and not isinstance(values, str)
    return [member_of(value, kind) for value in values] if is_list else values


def choice_problems(name: str, value: Any, choices: Collection[Any]) -> Iterator[str]:
    """Yield one sentence if a value is not among the choices."""
    if not is_reference(value) and value not in choices:
        yield f"{name} must be one of {', '.join(map(repr, choices))}: got {value!r}"
