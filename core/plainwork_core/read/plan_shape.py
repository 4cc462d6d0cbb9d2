"""The shape of the parts of a plan on which the model relies: of another shape, the plan is damaged.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from plainwork_core.model.values import is_deep
from plainwork_core.text import enumeration

_MOST_LEVELS = 200
"""Levels of lists and maps: more than modules in modules and arguments in blocks have."""

_Fault = tuple[str, str]
Shape = Any
"""The type of a string, `str`; the set of its values; a list of one shape; a map with the shape of each member.

A member `name?` may be absent or null, and the member `*` is the shape of each that the map has.
"""
_ANY_MAP: Shape = {}
_BLOCK: Shape = {"address": str, "provider_config_key?": str, "expressions?": _ANY_MAP}
_CHANGE: Shape = {"actions": [str], "replace_paths?": [[]]}
_INSTANCE: Shape = {"type": str, "name": str, "module_address?": str, "change": _CHANGE}
_CHANGED: Shape = {"address": str, "mode": str, "deposed?": str, "action_reason?": str, **_INSTANCE}
_VALUE: Shape = {"address": str, "mode": {"managed", "data"}, "type": str, "name": str, "values?": _ANY_MAP}
_VALUES: Shape = {"resources?": [_VALUE]}
_VALUES["child_modules?"] = [{"address": str, **_VALUES}]
_VALUES["child_modules?"][0]["child_modules?"] = _VALUES["child_modules?"]
_MODULE: Shape = {"resources?": [_BLOCK], "outputs?": {"*": _ANY_MAP}, "variables?": {"*": _ANY_MAP}}
_MODULE["module_calls?"] = {"*": {"module?": _MODULE, "expressions?": _ANY_MAP}}
_PROVIDER: Shape = {"name": str, "alias?": str, "expressions?": _ANY_MAP}
_PLAN: Shape = {
    "variables?": {"*": _ANY_MAP},
    "planned_values": {"root_module?": _VALUES},
    "prior_state?": {"values?": {"root_module?": _VALUES}},
    "configuration": {"provider_config?": {"*": _PROVIDER}, "root_module": _MODULE},
    "resource_changes?": [_CHANGED],
    "resource_drift?": [_INSTANCE],
    "output_changes?": {"*": _CHANGE},
    "deferred_changes?": [{"resource_change": _INSTANCE}],
    "action_invocations?": [{"address": str}],
    "deferred_action_invocations?": [{"action_invocation": {"address": str}}],
}
_STATE: Shape = {"values?": {"root_module?": _VALUES}}


def problem(plan: Mapping[str, Any]) -> str | None:
    """Return the first part of *plan* that has another shape than in a plan, or `None`."""
    if found := _problem(plan, _PLAN):
        return found
    if is_deep(list(_kept(plan)), _MOST_LEVELS):
        return f"it has more than {_MOST_LEVELS} levels of lists and maps"
    return None


def problem_of_state(state: Mapping[str, Any]) -> str | None:
    """Return the first part of *state* that has another shape than in `terraform show -json`, or `None`."""
    return _problem(state, _STATE)


def _problem(document: Mapping[str, Any], shape: Shape) -> str | None:
    if not _all_have([document], shape) and (fault := _fault(document, shape)):
        path, what = fault
        return f"`{path}` {what}" if path else what.removeprefix("has ")
    return None


def _kept(plan: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the parts of *plan* that the model has as they are, so that policies read them at any depth."""
    yield from (plan.get(name) for name in ("variables", "planned_values", "prior_state"))
    yield from (change["change"].get("before") for change in plan.get("resource_changes") or ())


def _all_have(values: Iterable[Any], shape: Shape) -> bool:
    """Return whether *values* have a shape; few plans have a fault, of which `_fault` finds the place."""
    found = list(values)
    if isinstance(shape, set):
        return all(isinstance(value, str) and value in shape for value in found)
    if not set(map(type, found)) <= {shape if isinstance(shape, type) else type(shape)}:
        return False
    if isinstance(shape, list):
        return not shape or _all_have(chain.from_iterable(found), shape[0])
    if not isinstance(shape, dict):
        return True
    if "*" in shape:
        return _all_have(chain.from_iterable(map(dict.values, found)), shape["*"])
    return not found or all(_all_have_member(found, key, part) for key, part in shape.items())


def _all_have_member(values: Iterable[Mapping[str, Any]], key: str, shape: Shape) -> bool:
    name = key.removesuffix("?")
    members = [value.get(name) for value in values]
    return _all_have(members if name == key else [member for member in members if member is not None], shape)


def _fault(value: Any, shape: Shape) -> _Fault | None:
    """Return the path from *value* to the first part of another shape, and what is wrong with it."""
    if isinstance(shape, set):
        return None if isinstance(value, str) and value in shape else ("", f"is not {enumeration(sorted(shape), 'or')}")
    type_: type[Any] = shape if isinstance(shape, type) else type(shape)
    if not isinstance(value, type_):
        return "", f"is not {_NAMES[type_]}"
    if isinstance(shape, dict):
        return _fault_of_map(value, shape)
    if isinstance(shape, list) and shape:
        for index, member in enumerate(value):
            if fault := _fault(member, shape[0]):
                return f"[{index}]{_below(fault[0])}", fault[1]
    return None


def _fault_of_map(value: Mapping[str, Any], shape: Mapping[str, Shape]) -> _Fault | None:
    if "*" in shape:
        shape = dict.fromkeys(value, shape["*"])
    for key, part in shape.items():
        if type(value.get(key)) is part:
            continue  # a string that it must have: most of a plan
        name = key.removesuffix("?")
        member = value.get(name)
        if member is None:
            if name == key:
                return "", f"has no `{name}`"
        elif fault := _fault(member, part):
            return f"{name}{_below(fault[0])}", fault[1]
    return None


def _below(path: str) -> str:
    return f".{path}" if path and not path.startswith("[") else path


_NAMES: dict[type, str] = {str: "a string", list: "a list", dict: "a map"}
