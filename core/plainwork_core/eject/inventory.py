"""What a plan or a state says of the instances of modules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from plainwork_core.eject.shapes import Key
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.moves import is_in_module
from plainwork_core.read import json_text
from plainwork_core.read.plan_check import check_plan, check_state
from plainwork_core.read.text import decode, read_bytes

_KEY = r'\[(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>\d+))\]'
_CALL = re.compile(rf"(?P<call>module\.[\w-]+)(?:{_KEY})?\.")
_RESOURCE = re.compile(rf"(?P<mode>data\.|ephemeral\.)?[\w-]+\.[\w-]+(?:{_KEY})?")
_FORMS = "pass the output of `terraform state list` or `terraform show -json`"


@frozen()
class Inventory:
    """The resources of a plan or a state.

    Attributes:
        kind: of the file.
        addresses: of the managed resources, in a plan those after it.
        others: of the data sources.
        changed: the managed resources that the plan changes.
        data: the values of the data sources of the root module that have been read, by address.
    """

    kind: Literal["plan", "state"]
    addresses: tuple[str, ...]
    others: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def keys(self) -> dict[str, list[Key]]:
        """Return the keys of the instances of each call, by the address of the call."""
        found: dict[str, dict[Key, None]] = {}
        for address in (*self.addresses, *self.others):
            for call, key in _calls(address):
                if key is not None:
                    found.setdefault(call, {})[key] = None
        return {call: list(keys) for call, keys in found.items()}

    def inside(self, call: str) -> set[str]:
        """Return the addresses in the module of *call*."""
        return {address for address in self.addresses if is_in_module(address, call)}


def _calls(address: str) -> Iterator[tuple[str, Key | None]]:
    for match in _prefixes(address):
        key = json.loads(match["text"]) if match["text"] else int(match["number"]) if match["number"] else None
        yield address[: match.start()] + match["call"], key


def _prefixes(address: str) -> Iterator[re.Match[str]]:
    """Yield the part of *address* for each call in it."""
    position = 0
    while match := _CALL.match(address, position):
        yield match
        position = match.end()


def read_plan(file: Path) -> Inventory:
    """Return what `terraform show -json plan.bin` printed of a plan.

    Raises:
        InputError: it is no plan.
    """
    plan = json_text.parse(_text(file), str(file))
    if isinstance(plan, dict) and "values" in plan and "planned_values" not in plan:
        raise InputError(f"{file}: a state; pass it with --state")
    check_plan(plan, str(file))
    managed = [one for one in plan.get("resource_changes") or () if one["mode"] == "managed"]
    kept = [one for one in managed if "delete" not in _actions(one) or "create" in _actions(one)]
    state = list(_instances(plan.get("prior_state") or {}))
    return Inventory(
        "plan",
        tuple(one["address"] for one in kept),
        _others(state),
        tuple(one["address"] for one in managed if _actions(one) != ["no-op"]),
        _data(state),
    )


def read_state(file: Path) -> Inventory:
    """Return what `terraform state list` or `terraform show -json` printed of a state.

    Raises:
        InputError: it is neither.
    """
    text = _text(file)
    if not text.lstrip().startswith("{"):
        return _listed(text, file)
    state = json_text.parse(text, str(file))
    if "planned_values" in state:
        raise InputError(f"{file}: a plan; pass it with --plan")
    if "lineage" in state:
        raise InputError(f"{file}: the state file, whose format is Terraform's own; {_FORMS}")
    check_state(state, str(file))
    found = list(_instances(state))
    managed = tuple(one["address"] for one in found if one["mode"] == "managed")
    return Inventory("state", managed, _others(found), data=_data(found))


def _listed(text: str, file: Path) -> Inventory:
    managed, others = list[str](), list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if address := line.strip():
            position = max((match.end() for match in _prefixes(address)), default=0)
            resource = _RESOURCE.fullmatch(address, position)
            if resource is None:
                raise InputError(f"{file}:{number}: not the address of a resource; {_FORMS}")
            (others if resource["mode"] else managed).append(address)
    return Inventory("state", tuple(managed), tuple(others))


def _text(file: Path) -> str:
    return decode(read_bytes(file), str(file))


def _instances(state: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the instances in the order of `terraform state list`."""
    modules = [(state.get("values") or {}).get("root_module") or {}]
    while modules:
        module = modules.pop()
        yield from module.get("resources") or ()
        modules += reversed(module.get("child_modules") or ())


def _others(state: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(one["address"] for one in state if one["mode"] != "managed")


def _data(state: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the values of data sources of the root module without instances and without sensitive values."""
    return {
        one["address"]: one["values"]
        for one in state
        if one["mode"] == "data"
        and one["address"].startswith("data.")
        and "index" not in one
        and not _is_sensitive(one.get("sensitive_values"))
    }


def _is_sensitive(marks: Any) -> bool:
    if isinstance(marks, (dict, list)):
        return any(map(_is_sensitive, marks.values() if isinstance(marks, dict) else marks))
    return bool(marks)


def _actions(change: Mapping[str, Any]) -> list[str]:
    return list(change["change"]["actions"])
