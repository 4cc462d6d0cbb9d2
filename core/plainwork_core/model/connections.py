"""Connections between resources: which resource an argument refers to, and what may be defined outside the input."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from plainwork_core.addresses import without_keys
from plainwork_core.model.references import is_computed_by_provider, only_referent, referents
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value, is_known, scalar, unknowns


def configured(resource: Resource, path: str) -> Value:
    """Return the argument *path* of *resource*; `None` if the configuration does not set it."""
    value = resource.get(path)
    return None if is_computed_by_provider(value) else value


def resources_referencing(
    target: Resource, stack: Stack, type_: str, argument: str, key_attribute: str = "id"
) -> Iterator[Resource | Unknown]:
    """Yield the resources of *type_* whose *argument* refers to *target*, and an `Unknown` for each that may do so.

    Args:
        target: the resource that is referred to.
        stack: the stack around it.
        type_: of the resources that refer to it.
        argument: path of the argument that refers to it.
        key_attribute: the attribute of *target* that the argument holds, if its value is known.
    """
    by_key, by_address, undecided = _referencing(stack, type_, argument, target.type)
    key = target.attribute(key_attribute)
    yield from by_key.get(key, ()) if isinstance(key, str) else ()
    certain = by_address.get(target.address, [])
    yield from certain
    certain_ids = {id(resource) for resource in certain}
    yield from (value for resource, value in undecided if id(resource) not in certain_ids)


@cached_per_stack
def _referencing(
    stack: Stack, type_: str, argument: str, target_type: str
) -> tuple[dict[str, list[Resource]], dict[str, list[Resource]], list[tuple[Resource, Unknown]]]:
    """Return the index of `resources_referencing`: by known value, by address of the target, and the undecided."""
    by_key: dict[str, list[Resource]] = {}
    by_address: dict[str, list[Resource]] = {}
    undecided: list[tuple[Resource, Unknown]] = []
    for resource in stack.managed(type_):
        value = scalar(resource.get(argument), argument)
        if not isinstance(value, Unknown):
            by_key.setdefault(str(value), []).append(resource)
            continue
        found = referents(stack, resource, value)
        for referent in found:
            by_address.setdefault(referent.address, []).append(resource)
        if not found or any(referent.type != target_type for referent in found):
            undecided.append((resource, value))
    return by_key, by_address, undecided


def resolve_reference(
    owner: Resource, value: Value, stack: Stack, type_: str, key_attribute: str
) -> Resource | Unknown:
    """Return the resource of *type_* that *value* refers to.

    Args:
        owner: the resource with the argument.
        value: the argument; not `None`.
        stack: the stack around it.
        type_: of the resource.
        key_attribute: the attribute of the resource that the argument holds, such as `name`.

    Returns:
        The resource, or an `Unknown` with the reason why it cannot be determined.
    """
    if not isinstance(value, Unknown):
        found = _first_by(stack, type_, key_attribute).get(str(value))
        return found or Unknown(f"`{value}` is not defined in this stack")
    referent = only_referent(stack, owner, value)
    return referent if referent and referent.mode == "managed" and referent.type == type_ else value


@cached_per_stack
def _first_by(stack: Stack, type_: str, key_attribute: str) -> dict[str, Resource]:
    """Return the first resource of *type_* for each known value of *key_attribute*."""
    found: dict[str, Resource] = {}
    for resource in stack.managed(type_):
        if is_known(value := resource.attribute(key_attribute)) and value is not None:
            found.setdefault(str(value), resource)
    return found


def may_be_elsewhere(resource: Resource, stack: Stack) -> Unknown | None:
    """Return why a resource that refers to *resource* may be outside the input: in a module, or in a caller."""
    if stack.format == "plan":
        return None
    if stack.may_be_module:
        reason = "this directory has no provider configuration and may be a module; check its caller or a plan"
        return Unknown(reason, (resource.address,))
    call = first_call_with(stack).get(resource.address)
    if call is None:
        return None
    return Unknown(f"`{call}` receives `{resource.address}`; its resources are not in this input; check a plan")


@cached_per_stack
def first_call_with(stack: Stack) -> dict[str, str]:
    """Return the first call of a module that is not evaluated, by the address of what the call passes to it."""
    found: dict[str, str] = {}
    for call in (call for call in stack.module_calls if not call.is_evaluated):
        for name in (name for value in unknowns(dict(call.values)) for name in value.references):
            for address in accumulate(name.replace("[", ".").split("."), "{}.{}".format):
                found.setdefault(address, call.address)
    return found


def is_exported(resource: Resource, stack: Stack) -> bool:
    """Return whether an output of the root module refers to *resource*, so that another stack may refer to it."""
    return without_keys(resource.address) in _exported(stack)


@cached_per_stack
def _exported(stack: Stack) -> frozenset[str]:
    names = (without_keys(name).split(".") for name in stack.outputs)
    return frozenset(address for name in names for address in accumulate(name, "{}.{}".format))


def is_callers(value: Unknown) -> bool:
    """Return whether *value* contains a variable or a local value, so that it may be anything, null included."""
    return any(name.startswith(("var.", "local.")) for name in value.references)
