"""Plans of a few changes in the format of `terraform show -json`."""

from __future__ import annotations

from typing import Any

from plainwork_core.addresses import without_keys

PROVIDER = "registry.terraform.io/hashicorp/aws"
ACTIONS = {
    "create": ["create"],
    "update": ["update"],
    "delete": ["delete"],
    "replace": ["delete", "create"],
    "replace-first": ["create", "delete"],
    "none": ["no-op"],
    "forget": ["forget"],
}


def change(
    verb: str,
    address: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    *,
    unknown: dict[str, Any] | None = None,
    forced_by: tuple[str, ...] = (),
    sensitive: dict[str, Any] | None = None,
    **members: Any,
) -> dict[str, Any]:
    """Return an entry of `resource_changes`.

    Args:
        verb: a key of `ACTIONS`.
        address: of the resource.
        before: its arguments in the state.
        after: its planned arguments; for an update or a replacement those that differ from *before*.
        unknown: `after_unknown`.
        forced_by: the arguments that force the replacement.
        sensitive: `before_sensitive` and `after_sensitive`.
        members: other members of the entry, such as `previous_address`.
    """
    *_, type_, name = without_keys(address).split(".")
    old = None if verb == "create" else {"id": name, **(before or {})}
    new = None if verb in ("delete", "forget") else {**(old or {}), **(after or {})}
    detail = {
        "actions": ACTIONS[verb],
        "before": old,
        "after": new,
        "after_unknown": unknown or {},
        "before_sensitive": sensitive or {},
        "after_sensitive": sensitive or {},
    }
    if forced_by:
        detail["replace_paths"] = [[path] for path in forced_by]
    if "importing" in members:
        detail["importing"] = members.pop("importing")
    module = address.partition(f"{type_}.")[0].rstrip(".")
    place = {"module_address": module} if module else {}
    entry = {"address": address, "mode": "managed", "type": type_, "name": name, "provider_name": PROVIDER, **place}
    return {**entry, "change": detail, **members}


def plan(*changes: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Return a plan of *changes*, with other members of the document."""
    planned: dict[str, list[dict[str, Any]]] = {}
    for entry in changes:
        if (after := entry["change"]["after"]) is not None:
            keys = ("address", "mode", "type", "name", "provider_name")
            values = {"values": after, "sensitive_values": entry["change"]["after_sensitive"], "schema_version": 0}
            planned.setdefault(entry.get("module_address", ""), []).append(
                {**{key: entry[key] for key in keys}, **values}
            )
    root = {
        "resources": planned.pop("", []),
        "child_modules": [{"address": address, "resources": found} for address, found in planned.items()],
    }
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "complete": True,
        "planned_values": {"root_module": root},
        "resource_changes": list(changes),
        "configuration": {"root_module": {}},
        **members,
    }
