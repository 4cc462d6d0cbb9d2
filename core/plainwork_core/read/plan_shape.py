"""The shape of the parts of a plan on which the model relies: of another shape, the plan is damaged.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork_core.model.values import is_deep

_MODES = ("managed", "data")
_MOST_LEVELS = 200
"""Levels of lists and maps: more than modules in modules and arguments in blocks have."""


def checked_document(document: Any) -> None:
    """Raise `ValueError` if a plan is nested more deeply than its readers can follow."""
    if is_deep(document, _MOST_LEVELS):
        raise ValueError(f"more than {_MOST_LEVELS} levels of lists and maps")


def checked_resource(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *resource*, of the planned values or the prior state.

    Raises:
        TypeError: a part of it has another type.
        ValueError: it is neither a managed resource nor a data source.
    """
    _require_types(resource, str, "address", "type", "name")
    _require_types(resource, Mapping, "values", required=False)
    if resource["mode"] not in _MODES:
        raise ValueError("the `mode` of a resource is neither `managed` nor `data`")
    return resource


def checked_change(change: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *change*, of `resource_changes`.

    Raises:
        TypeError: a part of it has another type.
    """
    _require_types(change, str, "address", "type")
    _require_types(change, str, "deposed", "action_reason", required=False)
    _require_types(change, Mapping, "change")
    _require_types(change["change"], list, "actions")
    _require_types(change["change"], list, "replace_paths", required=False)
    if not all(isinstance(action, str) for action in change["change"]["actions"]):
        raise TypeError("an action is not a string")
    return change


def _require_types(part: Mapping[str, Any], type_: type, *names: str, required: bool = True) -> None:
    for name in names:
        value = part[name] if required else part.get(name)
        if not isinstance(value, type_) and (required or value is not None):
            raise TypeError(f"`{name}` has another type than in a plan")
