"""Numbers that alarms follow from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator


def written_number(name: str, value: Any, least: int, most: int) -> Iterator[str]:
    """One sentence where a value is no whole number in a range, or a reference to one."""
    if identifiers.is_reference(value):
        yield f"{name} must be written out, because alarms follow from it: got {value!r}"
    else:
        yield from identifiers.whole_number(name, value, least, most)
