"""A stack as JSON data: what reports and comparisons read of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Change, Location, ModuleCall, Note, Resource, Stack
from plainwork_core.secrets import HIDDEN

_SHOWN = ("source", "version")
"""The arguments of a module call that reports have."""
_NOWHERE = Location("")


@frozen()
class StoredStack(Stack):
    """A stack without the values of its arguments; *hides_code* if one of them is a secret, which code may show."""

    hides_code: bool = False

    @cached_property
    def hide_secrets(self) -> Callable[[str], str]:
        """A function that hides each line of code if the stack has a secret, which is not stored."""
        return lambda text: HIDDEN if self.hides_code and text.strip() else text


def stack_data(stack: Stack) -> dict[str, Any]:
    """Return *stack* as JSON data."""
    return {
        "source": stack.source,
        "format": stack.format,
        "hides_code": stack.has_secrets,
        "resources": [
            [found.address, found.mode, found.type, list(map(location_data, found.calls))] for found in stack.resources
        ],
        "calls": list(map(_call_data, stack.module_calls)),
        "changes": [[change.address, change.type, list(change.actions)] for change in stack.changes],
        "notes": [[note.message, note.is_incomplete] for note in stack.notes],
        "moves": [list(move) for move in stack.moves],
        "python_lines": {address: location_data(line) for address, line in stack.python_lines.items()},
    }


def stack_of(data: Any) -> StoredStack:
    """Return the stack of *data*.

    Raises:
        DAMAGE: it has another form.
    """
    return StoredStack(
        str(data["source"]),
        {"plan": "plan", "cdktf": "cdktf", "hcl": "hcl"}[data["format"]],  # type: ignore[arg-type]
        resources=tuple(_resource(*cells) for cells in data["resources"]),
        module_calls=tuple(_call(*cells) for cells in data["calls"]),
        changes=tuple(
            Change(address, type_, tuple(actions), None, None) for address, type_, actions in data["changes"]
        ),
        notes=tuple(Note(str(message), bool(is_incomplete)) for message, is_incomplete in data["notes"]),
        moves=tuple((str(old), str(new)) for old, new in data["moves"]),
        python_lines={address: location_of(line) for address, line in data["python_lines"].items()},
        hides_code=bool(data["hides_code"]),
    )


def location_data(location: Location) -> list[Any]:
    """Return *location* as JSON data."""
    return [location.file, location.line]


def location_of(data: Sequence[Any]) -> Location:
    """Return the location of *data*.

    Raises:
        DAMAGE: it has another form.
    """
    file, line = data
    return Location(str(file), int(line))


def _resource(address: str, mode: Any, type_: str, calls: Sequence[Any]) -> Resource:
    return Resource(address, mode, type_, "", "", {}, _NOWHERE, calls=tuple(map(location_of, calls)))


def _call_data(call: ModuleCall) -> list[Any]:
    shown = {name: value for name in _SHOWN if isinstance(value := call.values.get(name), str)}
    return [call.name, call.module, shown, location_data(call.location), call.is_repeated, call.is_evaluated]


def _call(name: str, module: str, shown: Any, location: Any, is_repeated: Any, is_evaluated: Any) -> ModuleCall:  # noqa: PLR0917  the cells of `_call_data`
    return ModuleCall(
        name,
        dict(shown),
        location_of(location),
        {},
        module,
        is_repeated=bool(is_repeated),
        is_evaluated=bool(is_evaluated),
    )
