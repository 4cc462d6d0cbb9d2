"""A stack as JSON data: what reports, comparisons and the other stacks of its run read of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import PurePath
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Backend, Change, Location, ModuleCall, Note, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.secrets import HIDDEN

_SHOWN = ("source", "version")
"""The arguments of a module call that reports have."""
_COMPARED = ("bucket", "key", "workspace_key_prefix", "dynamodb_table", "use_lockfile")
"""The arguments of an S3 backend by which policies compare stacks."""
_BUCKET = "aws_s3_bucket"
_NOWHERE = Location("")
_UNKNOWN = Unknown("the value is not stored")


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
        "directories": sorted(stack.directories),
        "backend": stack.backend and _backend_data(stack.backend),
        "resources": list(map(_resource_data, stack.resources)),
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
        directories=frozenset(map(str, data["directories"])),
        backend=_backend(*data["backend"]) if data["backend"] else None,
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


def facts(stack: Stack) -> list[Any]:
    """Return what policies on any other stack read of *stack*, without lines, as JSON data; see also `buckets`."""
    calls = [
        [call.address, call.values.get("source"), str(PurePath(call.location.file).parent), call.is_repeated]
        for call in stack.module_calls
        if isinstance(call.values.get("source"), str)
    ]
    backend = stack.backend and _backend_data(stack.backend)[:2]
    return [stack.source, stack.format, sorted(stack.directories), backend, calls]


def buckets(stack: Stack) -> list[str]:
    """Return the names of the buckets in *stack*, which policies on the stacks with such a state bucket read."""
    return sorted(name for bucket in stack.managed(_BUCKET) if isinstance(name := bucket.attribute("bucket"), str))


def _backend_data(backend: Backend) -> list[Any]:
    """Return a backend with the arguments that policies compare; `None` for one that is unknown."""
    compared = {name: backend.values[name] for name in _COMPARED if name in backend.values}
    known = {name: value if isinstance(value, str | bool) else None for name, value in compared.items()}
    return [backend.type, known, backend.location.file]


def _backend(type_: str, known: Mapping[str, Any], file: str) -> Backend:
    values = {name: _UNKNOWN if value is None else value for name, value in known.items()}
    return Backend(type_, values, Location(file))


def _resource_data(resource: Resource) -> list[Any]:
    name = resource.attribute("bucket") if (resource.mode, resource.type) == ("managed", _BUCKET) else None
    calls = list(map(location_data, resource.calls))
    return [resource.address, resource.mode, resource.type, calls, name if isinstance(name, str) else None]


def _resource(address: str, mode: Any, type_: str, calls: Sequence[Any], bucket: str | None) -> Resource:
    values = {} if bucket is None else {"bucket": bucket}
    return Resource(address, mode, type_, "", "", values, _NOWHERE, calls=tuple(map(location_of, calls)))


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
