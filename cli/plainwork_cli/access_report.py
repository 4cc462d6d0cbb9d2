"""What the reports of `plainwork access` contain: a listing, or what a change allows and removes."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from plainwork_core.access import AccessChange, access_changes, access_of, openings_of
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plainwork_core.access import Opening, PrincipalAccess
    from plainwork_core.model.stack import Stack
    from plainwork_policies.compare.version import Version

_Line = TypeVar("_Line", "AccessChange", "PrincipalAccess", "Opening")
FORMAT_VERSION = "1.0"


@frozen()
class ListedStack:
    """The listing of one stack, without its secrets."""

    stack: Stack
    principals: tuple[PrincipalAccess, ...]
    openings: tuple[Opening, ...]


@frozen()
class ComparedStack:
    """What one stack allows that its former version does not, and the reverse, without its secrets."""

    stack: Stack
    changes: tuple[AccessChange, ...]


@frozen()
class Listing:
    """A listing of several stacks."""

    stacks: tuple[ListedStack, ...]

    def document(self) -> dict[str, Any]:
        """Return the listing as JSON data."""
        return {
            "format_version": FORMAT_VERSION,
            "stacks": [
                {
                    "stack": listed.stack.source,
                    "principals": [_plain(principal) for principal in listed.principals],
                    "openings": [_plain(opening) for opening in listed.openings],
                }
                for listed in self.stacks
            ],
        }


@frozen()
class Comparison:
    """The comparison of several stacks with the base *name*."""

    name: str
    stacks: tuple[ComparedStack, ...]

    @cached_property
    def numbers(self) -> Counter[str]:
        """The number of changes that are `gained`, `lost` and `unknown`."""
        return Counter(change.change for compared in self.stacks for change in compared.changes)

    def document(self) -> dict[str, Any]:
        """Return the comparison as JSON data."""
        return {
            "format_version": FORMAT_VERSION,
            "base": self.name,
            "summary": {name: self.numbers[name] for name in ("gained", "lost", "unknown")},
            "changes": [
                {"stack": compared.stack.source, **_plain(change), "text": change.text}
                for compared in self.stacks
                for change in compared.changes
            ],
        }


def listing(stacks: Sequence[Stack]) -> Listing:
    """Return the listing of *stacks*."""
    return Listing(
        tuple(
            ListedStack(
                stack,
                tuple(_shown(access, access.principal, stack) for access in access_of(stack)),
                tuple(_shown(opening, opening.address, stack) for opening in openings_of(stack)),
            )
            for stack in stacks
        )
    )


def comparison(name: str, pairs: Sequence[tuple[Stack, Stack]], version: Version | None) -> Comparison:
    """Return the comparison of the two versions of each stack; lost lines are in the files of *version*."""
    return Comparison(
        name, tuple(ComparedStack(after, tuple(_changes(before, after, version))) for before, after in pairs)
    )


def _changes(before: Stack, after: Stack, version: Version | None) -> Iterator[AccessChange]:
    for change in access_changes(before, after):
        found = _shown(_shown(change, change.address, before), change.address, after)
        file = version.shown(found.location.file) if version else found.location.file
        yield replace(found, location=Location(file, found.location.line))


def _shown(value: _Line, address: str, stack: Stack) -> _Line:
    """Return *value*, about the block at *address*, without the secrets of *stack*, and with the line in Python."""
    location = stack.python_line(address) or value.location
    hidden: _Line = _without_secrets(value, stack.hide_secrets) if stack.has_secrets else value
    return replace(hidden, location=location)


def _without_secrets(value: Any, hide: Callable[[str], str]) -> Any:
    """Return *value*, a data class of texts, with *hide* applied to each text."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple):
        return tuple(_without_secrets(member, hide) for member in value)
    if isinstance(value, Location) or not hasattr(value, "__dataclass_fields__"):
        return value
    return replace(value, **{one.name: _without_secrets(getattr(value, one.name), hide) for one in fields(value)})


def _plain(value: Any) -> Any:
    """Return *value* as JSON data: a location is a file and a line."""
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


Report = Listing | Comparison
