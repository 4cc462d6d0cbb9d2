"""Reads the raw plan: `terraform show -json plan.bin`.

https://developer.hashicorp.com/terraform/internals/json-format is its format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.plan_check import check_plan, damaged_plan
from plainwork_core.read.plan_completeness import partial
from plainwork_core.read.plan_configuration import Configuration, Scope
from plainwork_core.read.plan_notes import notes
from plainwork_core.read.plan_parts import change_of, plan_parts
from plainwork_core.read.plan_providers import Providers
from plainwork_core.read.plan_read_back import ReadBack
from plainwork_core.read.plan_values import after_apply, marked, overlay

_OF_EXISTING = frozenset(("update", "delete"))
_Planned = tuple[Mapping[str, Any], Scope]


def read(document: Mapping[str, Any], source: str) -> Stack:
    """Read a plan.

    Args:
        document: the plan's JSON.
        source: the file's name for the user.

    Raises:
        InputError: a plan that is incomplete or damaged, or of an unknown format.
    """
    try:
        check_plan(document, source)
        return _stack(document, source)
    except RecursionError as error:
        raise damaged_plan(source, "it is nested too deeply to be read") from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise damaged_plan(source, f"{type(error).__name__}: {error}") from error


def _stack(document: Mapping[str, Any], source: str) -> Stack:
    configuration = Configuration.of(document, source)
    providers = Providers.of(document, configuration.root, configuration.location)
    changes = {_address(change): change for change in document.get("resource_changes") or ()}
    read_back = ReadBack(tuple(changes.values()))
    planned = list(_walk(document["planned_values"].get("root_module", {}), configuration.root))
    prior = (document.get("prior_state") or {}).get("values") or {}
    read_now = _read_now(
        prior.get("root_module", {}),
        configuration.root,
        {instance["address"] for instance, _ in planned},
    )
    kept = [pair for pair in planned if not _is_forgotten(changes.get(pair[0]["address"], {}))]
    resources = tuple(_resource(pair, changes, providers, read_back) for pair in (*kept, *read_now))
    after = {resource.address: _with_read_back(resource) for resource in resources}
    _check_changes(changes, after, [instance["address"] for instance, _ in planned], source)
    return Stack(
        source,
        "plan",
        providers=tuple(providers.by_key.values()),
        resources=resources,
        module_calls=configuration.module_calls,
        required_providers=providers.requirements,
        configuration=configuration,
        notes=(*partial(document, planned), *notes(document)),
        moves=tuple(
            (change["previous_address"], address) for address, change in changes.items() if "previous_address" in change
        ),
        outputs=configuration.outputs,
        changes=tuple(change_of(address, change, after.get(address), source) for address, change in changes.items()),
        plan_parts=plan_parts(document, source),
    )


def _check_changes(changes: Mapping[str, Any], after: Mapping[str, Any], planned: Iterable[str], source: str) -> None:
    """Raise an error for a change without its values before or after, and for planned values without a change."""
    for address, change in changes.items():
        if address not in after and _is_planned(change):
            raise damaged_plan(source, f"no `planned_values` of {address}, which it changes")
        if _lacks_state(change["change"]):
            raise damaged_plan(source, f"no `before` of {address}")
    for address in planned:
        if address not in changes:
            raise damaged_plan(source, f"no `resource_changes` of {address}")


def _walk(module: Mapping[str, Any], scope: Scope) -> Iterator[_Planned]:
    for resource in module.get("resources") or ():
        yield resource, scope
    for child in module.get("child_modules") or ():
        yield from _walk(child, scope.child(child["address"]))


def _read_now(module: Mapping[str, Any], root: Scope, planned: set[str]) -> Iterator[_Planned]:
    """Yield the data sources that were read while planning: those of the prior state that are still configured."""
    for resource, scope in _walk(module, root):
        if resource["mode"] == "data" and resource["address"] not in planned and scope.block(resource):
            yield resource, scope


def _resource(planned: _Planned, changes: Mapping[str, Any], providers: Providers, read_back: ReadBack) -> Resource:
    resource, scope = planned
    address, block = resource["address"], scope.block(resource)
    change = changes.get(address, {}).get("change", {})
    values = _without_null(
        overlay(resource.get("values"), change.get("after_unknown"), _unknowns(scope, block, resource)) or {}
    )
    names = read_back.of(resource, block, change)
    return Resource(
        address,
        resource["mode"],
        resource["type"],
        resource["name"],
        providers.key(block, scope, address),
        {name: value for name, value in values.items() if name not in names} if names else values,
        providers.location,
        ignored=None,
        read_back={name: values[name] for name in names},
        sensitive=_sensitive(resource.get("sensitive_values"), change.get("after_sensitive")),
    )


def _sensitive(*masks: Any) -> frozenset[str]:
    return frozenset(path for mask in masks if mask for path in marked(mask))


def _with_read_back(resource: Resource) -> Mapping[str, Value]:
    return {**resource.values, **resource.read_back} if resource.read_back else resource.values


def _unknowns(
    scope: Scope, block: Mapping[str, Any], resource: Mapping[str, Any]
) -> Callable[[tuple[str | int, ...]], Unknown]:
    return lambda path: after_apply(scope, block, resource, path)


def _without_null(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value is not None}


def _address(change: Mapping[str, Any]) -> str:
    """Return Terraform's name of what changes: a deposed object of a replacement has its key in it."""
    deposed = change.get("deposed")
    return f"{change['address']} (deposed object {deposed})" if deposed else str(change["address"])


def _is_planned(change: Mapping[str, Any]) -> bool:
    made = {"create", "update"}.intersection(change["change"]["actions"])
    return bool(made) and change["mode"] == "managed" and "deposed" not in change


def _is_forgotten(change: Mapping[str, Any]) -> bool:
    """Return whether a `removed` block drops the resource from the state: `planned_values` has it without arguments."""
    return bool(change.get("change", {}).get("actions") == ["forget"])


def _lacks_state(change: Mapping[str, Any]) -> bool:
    """Return whether a change of an existing resource has no arguments from the state."""
    before = change.get("before")
    is_of_existing = before is not None or not _OF_EXISTING.isdisjoint(change["actions"])
    return is_of_existing and not isinstance(before, dict)
