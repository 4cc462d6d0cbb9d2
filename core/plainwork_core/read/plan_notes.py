"""What a plan contains beside the resources and changes that policies check, as sentences for the summary.

https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.model.stack import Note
from plainwork_core.text import listed

_FAILED = ("fail", "error")


def notes(document: Mapping[str, Any]) -> Iterator[Note]:
    """Yield the notes on the plan *document*."""
    yield from _deferred(document)
    changes = document.get("resource_changes") or ()
    yield from _note(
        "resource", _addresses(change for change in changes if change["change"].get("importing")), "imported"
    )
    drifted = (change for change in document.get("resource_drift") or () if _acts(change["change"]))
    yield from _note("resource", _addresses(drifted), "changed outside of Terraform")
    yield from _note("action", _addresses(document.get("action_invocations")), "invoked by the apply; not checked")
    yield from _note("check", _failed_checks(document.get("checks")), "failed in Terraform")
    outputs = [name for name, change in (document.get("output_changes") or {}).items() if _acts(change)]
    yield from _note("output", outputs, "changed; not checked", before="" if changes else "no resources; ")


def _deferred(document: Mapping[str, Any]) -> Iterator[Note]:
    changes = _addresses(change["resource_change"] for change in document.get("deferred_changes") or ())
    actions = _addresses(action["action_invocation"] for action in document.get("deferred_action_invocations") or ())
    advice = "not checked; apply the plan and check the next one"
    yield from _note("deferred change", changes, advice, is_incomplete=True)
    yield from _note("deferred action", actions, advice, is_incomplete=True)


def _failed_checks(checks: Any) -> Iterator[str]:
    """Yield the addresses of those that failed; the format of *checks* was another one before Terraform 1.3."""
    for check in checks if isinstance(checks, list) else ():
        address = check.get("address") if isinstance(check, dict) and check.get("status") in _FAILED else None
        if isinstance(address, dict):
            yield str(address.get("to_display"))


def _note(
    noun: str, names: Iterable[str], verb: str, *, before: str = "", is_incomplete: bool = False
) -> Iterator[Note]:
    if found := list(names):
        yield Note(f"{before}{listed(noun, found)} {verb}", is_incomplete=is_incomplete)


def _acts(change: Mapping[str, Any]) -> bool:
    return bool(change["actions"] != ["no-op"])


def _addresses(objects: Iterable[Mapping[str, Any]] | None) -> Iterator[str]:
    yield from map(address_of, objects or ())


def address_of(found: Mapping[str, Any]) -> str:
    """Return the address of an action or a changed resource; Terraform 1.0 has none in `resource_drift`."""
    if "address" in found:
        return str(found["address"])
    data = "data" if found.get("mode") == "data" else ""
    name = ".".join(filter(None, (found.get("module_address"), data, found["type"], found["name"])))
    index = found.get("index")
    return name if index is None else f"{name}[{json.dumps(index)}]"
