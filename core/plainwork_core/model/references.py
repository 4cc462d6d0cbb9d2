"""The resources and data sources to which the references of an unknown value refer."""

from __future__ import annotations

import re

from plainwork_core.addresses import KEY
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value

_RESOURCE = re.compile(
    rf"((?:module\.[\w-]+(?:{KEY.pattern})?\.)*(?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+)({KEY.pattern})?(?:[.\[]|$)"
)
_LAST_KEY = re.compile(rf"{KEY.pattern}$")
_OF_NO_RESOURCE = ("each.", "count.", "path.", "terraform.")


def referents(stack: Stack, owner: Resource, value: Unknown) -> list[Resource]:
    """Return the resources and data sources that *value*, an argument of *owner*, refers to.

    If the block has several instances, a reference with a key refers to that instance. A reference without a key
    refers to the instance with the owner's key, or to all instances if there is none.
    """
    found: dict[str, Resource] = {}
    for reference in value.references:
        if match := _RESOURCE.match(reference):
            for resource in _instances(stack, owner, match.group(1), match.group(2) or ""):
                found[resource.address] = resource
    return list(found.values())


def only_referent(stack: Stack, owner: Resource, value: Unknown) -> Resource | None:
    """Return the resource or data source that *value* refers to; `None` if it also refers to anything else."""
    others = [name for name in value.references if not _RESOURCE.match(name) and not name.startswith(_OF_NO_RESOURCE)]
    found = referents(stack, owner, value)
    return found[0] if len(found) == 1 and not others else None


def names_attribute(value: Unknown) -> bool:
    """Return whether *value* refers only to attributes of resources and data sources, such as an ARN."""
    return bool(value.references) and all(_RESOURCE.match(reference) for reference in value.references)


def is_computed_by_provider(value: Value) -> bool:
    """Return whether *value* is an unknown value in a plan for an argument that the configuration does not set."""
    return isinstance(value, Unknown) and value.is_computed


def _instances(stack: Stack, owner: Resource, block: str, key: str) -> list[Resource]:
    own_key = _LAST_KEY.search(owner.address)
    for wanted in filter(None, (key, own_key.group() if own_key else "")):
        if named := stack.resource(block + wanted):
            return [named]
    return _by_block(stack).get(block, [])


@cached_per_stack
def _by_block(stack: Stack) -> dict[str, list[Resource]]:
    table: dict[str, list[Resource]] = {}
    for resource in stack.resources:
        table.setdefault(_LAST_KEY.sub("", resource.address), []).append(resource)
    return table
