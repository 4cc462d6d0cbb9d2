"""How the resources of a stack belong together: what names a resource, and whether a module may."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.iam.references import is_left_to_aws, only_referent, referents
from plainwork_policies.model import Resource, Stack
from plainwork_policies.values import Unknown, Value, blocks, unknowns


def given(resource: Resource, path: str, stack: Stack) -> Value:
    """Return the argument *path* of *resource* as somebody wrote it; `None` where nobody did, and AWS decides."""
    value = resource.get(path)
    return None if is_left_to_aws(stack, value) else value


def given_blocks(resource: Resource, name: str, stack: Stack) -> list[Value]:
    """Return the nested blocks *name* of *resource* that somebody wrote."""
    return [each for each in blocks(resource.values, name) if not is_left_to_aws(stack, each)]


def parts_of(whole: Resource, stack: Stack, type_: str, argument: str, own: str = "id") -> Iterator[Resource | Unknown]:
    """Yield the resources of *type_* whose *argument* names *whole*; `Unknown` for each of which nobody can tell.

    Args:
        whole: what is named.
        stack: where.
        type_: of the resources that may name it.
        argument: path of their argument that does.
        own: what of *whole* the argument holds, where that is known.
    """
    for part in stack.managed(type_):
        named = part.get(argument)
        if not isinstance(named, Unknown):
            if named is not None and named == whole.get(own):
                yield part
            continue
        found = referents(stack, part, named)
        if whole in found:
            yield part
        elif not found or any(each.type != whole.type for each in found):
            yield named


def named_by(owner: Resource, value: Value, stack: Stack, type_: str, own: str) -> Resource | Unknown:
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
        found = (each for each in stack.managed(type_) if each.get(own) == value)
        return next(found, Unknown(f"`{value}` is not in this stack"))
    made_of = only_referent(stack, owner, value)
    return made_of if made_of and made_of.mode == "managed" and made_of.type == type_ else value


def module_given(resource: Resource, stack: Stack) -> Unknown | None:
    """Return that a module gets *resource*, and may hold what belongs to it, where the model has no such module."""
    if stack.format == "plan":
        return None
    for call in stack.module_calls:
        references = (name for value in unknowns(dict(call.values)) for name in value.references)
        if any(f"{name}.".replace("[", ".").startswith(f"{resource.address}.") for name in references):
            return Unknown(f"`{call.address}` gets `{resource.address}`, and what it does with it is not seen")
    return None


def is_callers(value: Unknown) -> bool:
    """Tell whether *value* is made of a variable or a local, so that it may be anything, nothing included."""
    return any(name.startswith(("var.", "local.")) for name in value.references)
