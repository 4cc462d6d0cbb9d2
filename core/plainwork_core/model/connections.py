"""How the resources of a stack belong together: what names a resource, and whether a module may."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from plainwork_core.model.references import is_computed_by_provider, only_referent, referents
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value, blocks, is_known, unknowns


def configured(resource: Resource, path: str) -> Value:
    """Return the argument *path* of *resource* as somebody wrote it; `None` where nobody did, and AWS decides."""
    value = resource.get(path)
    return None if is_computed_by_provider(value) else value


def configured_blocks(resource: Resource, name: str) -> list[Value]:
    """Return the nested blocks *name* of *resource* that somebody wrote."""
    return [each for each in blocks(resource.values, name) if not is_computed_by_provider(each)]


def resources_referencing(
    whole: Resource, stack: Stack, type_: str, argument: str, own: str = "id"
) -> Iterator[Resource | Unknown]:
    """Yield the resources of *type_* whose *argument* names *whole*; `Unknown` for each of which nobody can tell.

    Args:
        whole: what is named.
        stack: where.
        type_: of the resources that may name it.
        argument: path of their argument that does.
        own: what of *whole* the argument holds, where that is known.
    """
    by_id, by_address, open_ = _parts(stack, type_, argument, whole.type)
    known = whole.get(own)
    yield from by_id.get(known, ()) if isinstance(known, str) else ()
    yield from by_address.get(whole.address, ())
    own_parts = {id(each) for each in by_address.get(whole.address, ())}
    yield from (named for part, named in open_ if id(part) not in own_parts)


@cached_per_stack
def _parts(
    stack: Stack, type_: str, argument: str, whole_type: str
) -> tuple[dict[str, list[Resource]], dict[str, list[Resource]], list[tuple[Resource, Unknown]]]:
    """The index of `resources_referencing`: by the text that names a whole, by its address, and what may name any."""
    by_id: dict[str, list[Resource]] = {}
    by_address: dict[str, list[Resource]] = {}
    open_: list[tuple[Resource, Unknown]] = []
    for part in stack.managed(type_):
        named = part.get(argument)
        if not isinstance(named, Unknown):
            by_id.setdefault(str(named), []).append(part)
            continue
        found = referents(stack, part, named)
        for each in found:
            by_address.setdefault(each.address, []).append(part)
        if not found or any(each.type != whole_type for each in found):
            open_.append((part, named))
    return by_id, by_address, open_


def resolve_reference(owner: Resource, value: Value, stack: Stack, type_: str, own: str) -> Resource | Unknown:
    """Return the resource of *type_* that *value*, an argument of *owner*, names.

    Args:
        owner: whose argument it is.
        value: the argument; not `None`.
        stack: where it is looked for.
        type_: of what it names.
        own: what of it the argument holds, such as `name`.

    Returns:
        The resource, or an `Unknown` that says why nobody can tell.
    """
    if not isinstance(value, Unknown):
        return _first_by(stack, type_, own).get(str(value)) or Unknown(f"`{value}` is not in this stack")
    made_of = only_referent(stack, owner, value)
    return made_of if made_of and made_of.mode == "managed" and made_of.type == type_ else value


@cached_per_stack
def _first_by(stack: Stack, type_: str, own: str) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for each in stack.managed(type_):
        if is_known(value := each.get(own)) and value is not None:
            found.setdefault(str(value), each)
    return found


def may_be_elsewhere(resource: Resource, stack: Stack) -> Unknown | None:
    """Return why what belongs to *resource* may stand where the model does not see it: in a module, or in a caller."""
    if stack.format == "plan":
        return None
    if stack.may_be_module:
        return Unknown("without a provider this folder is a module, whose caller may have it", (resource.address,))
    call = first_call_with(stack).get(resource.address)
    return Unknown(f"`{call}` gets `{resource.address}`, and what it does with it is not seen") if call else None


@cached_per_stack
def first_call_with(stack: Stack) -> dict[str, str]:
    """Return the first module call that gets something, by the address of what it gets."""
    found: dict[str, str] = {}
    for call in stack.module_calls:
        for name in (name for value in unknowns(dict(call.values)) for name in value.references):
            for address in accumulate(name.replace("[", ".").split("."), "{}.{}".format):
                found.setdefault(address, call.address)
    return found


def is_callers(value: Unknown) -> bool:
    """Tell whether *value* is made of a variable or a local, so that it may be anything, nothing included."""
    return any(name.startswith(("var.", "local.")) for name in value.references)
