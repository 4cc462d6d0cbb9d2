"""What a plan says of the instances of modules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from plainwork_core.eject.shapes import Key
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.moves import is_in_module

_CALL = re.compile(r'(?P<call>module\.[\w-]+)(?:\[(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>\d+))\])?\.?')


@frozen()
class Planned:
    """The managed resources of a plan.

    Attributes:
        addresses: after the plan.
        changed: those that the plan changes.
        data: the values of the data sources of the root module that the plan has read, by address.
    """

    addresses: tuple[str, ...]
    changed: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def keys(self) -> dict[str, list[Key]]:
        """Return the keys of the instances of each call, by the address of the call."""
        found: dict[str, dict[Key, None]] = {}
        for address in self.addresses:
            for call, key in _calls(address):
                if key is not None:
                    found.setdefault(call, {})[key] = None
        return {call: list(keys) for call, keys in found.items()}

    def inside(self, call: str) -> set[str]:
        """Return the addresses in the module of *call*."""
        return {address for address in self.addresses if is_in_module(address, call)}


def _calls(address: str) -> Iterator[tuple[str, Key | None]]:
    position = 0
    while match := _CALL.match(address, position):
        call = address[:position] + match["call"]
        position = match.end()
        key = json.loads(match["text"]) if match["text"] else int(match["number"]) if match["number"] else None
        yield call, key


def read_plan(file: Path) -> Planned:
    """Return what `terraform show -json` printed of a plan.

    Raises:
        InputError: it is no plan.
    """
    try:
        plan = json.loads(file.read_bytes())
        return _planned(plan["resource_changes"], plan)
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError(f"{file}: not a plan in JSON; write one with `terraform show -json plan.bin`") from None


def _planned(changes: Sequence[Mapping[str, Any]], plan: Mapping[str, Any]) -> Planned:
    managed = [one for one in changes if one.get("mode") == "managed"]
    kept = [one for one in managed if "delete" not in _actions(one) or "create" in _actions(one)]
    changed = [one for one in managed if _actions(one) != ["no-op"]]
    return Planned(tuple(one["address"] for one in kept), tuple(one["address"] for one in changed), _data(plan))


def _data(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of data sources without instances and without sensitive values."""
    state = (plan.get("prior_state") or {}).get("values") or {}
    resources = (state.get("root_module") or {}).get("resources") or []
    return {
        one["address"]: one["values"]
        for one in resources
        if one.get("mode") == "data" and "index" not in one and not _is_sensitive(one.get("sensitive_values"))
    }


def _is_sensitive(marks: Any) -> bool:
    if isinstance(marks, (dict, list)):
        return any(map(_is_sensitive, marks.values() if isinstance(marks, dict) else marks))
    return bool(marks)


def _actions(change: Mapping[str, Any]) -> list[str]:
    return list(change["change"]["actions"])
