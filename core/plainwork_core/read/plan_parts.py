"""The changes of a plan, and what it has beside them: drift, outputs and actions.

https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.model.blocks import Location
from plainwork_core.model.changes import Change, OutputChange, PlanParts
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.plan_notes import address_of
from plainwork_core.read.plan_values import marked, overlay


def change_of(address: str, resource_change: Mapping[str, Any], after: Value, source: str) -> Change:
    """Return the change of the resource at *address*, with the planned arguments *after*."""
    change = resource_change["change"]
    return Change(
        address,
        resource_change["type"],
        tuple(change["actions"]),
        change.get("before"),
        after,
        tuple(tuple(path) for path in change.get("replace_paths") or ()),
        resource_change.get("action_reason", ""),
        Location(source),
        _sensitive(change),
        resource_change.get("previous_address", ""),
        _imported(change.get("importing") or {}),
    )


def _imported(importing: Mapping[str, Any]) -> str:
    """Return the ID, or the identity, of what a change imports; Terraform has identities from version 1.12 on."""
    identity = importing.get("identity")
    if isinstance(identity, Mapping):
        return ", ".join(f"{name} = {value}" for name, value in identity.items() if value is not None)
    return str(importing.get("id") or "")


def plan_parts(document: Mapping[str, Any], source: str) -> PlanParts:
    """Return the parts of the plan *document*, read from *source*."""
    drifted = document.get("resource_drift") or ()
    return PlanParts(
        tuple(
            change_of(address_of(entry), entry, entry["change"].get("after"), source)
            for entry in drifted
            if entry["change"]["actions"] != ["no-op"]
        ),
        tuple(_outputs(document.get("output_changes") or {})),
        tuple(address_of(action) for action in document.get("action_invocations") or ()),
        str(document.get("terraform_version") or ""),
    )


def _outputs(changes: Mapping[str, Any]) -> Iterator[OutputChange]:
    for name, change in changes.items():
        if change["actions"] == ["no-op"]:
            continue
        if change.get("before_sensitive") or change.get("after_sensitive"):
            yield OutputChange(name, tuple(change["actions"]), is_sensitive=True)
            continue
        after = overlay(change.get("after"), change.get("after_unknown"), lambda _path: _after_apply(name))  # noqa: B023  called at once
        yield OutputChange(name, tuple(change["actions"]), change.get("before"), after)


def _after_apply(name: str) -> Unknown:
    return Unknown(f"`output.{name}` is known only after apply")


def _sensitive(change: Mapping[str, Any]) -> frozenset[str]:
    masks = (change.get("before_sensitive"), change.get("after_sensitive"))
    return frozenset(path for mask in masks if mask for path in marked(mask))
