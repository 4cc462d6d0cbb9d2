"""From the references of an unknown value to the resources and data sources that they name."""

from __future__ import annotations

import re

from plainwork_policies.model import Resource, Stack, once_per_stack
from plainwork_policies.values import Unknown

_RESOURCE = re.compile(r"((?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+)(\[[^\]]*\])?(?:\.|$)")
_KEY = re.compile(r"\[[^\]]*\]$")
_OF_NO_RESOURCE = ("each.", "count.", "path.", "terraform.")


def referents(stack: Stack, owner: Resource, value: Unknown) -> list[Resource]:
    """Return the resources and data sources that *value*, an argument of *owner*, is made of.

    A reference in a plan is relative to the owner's module. Where the referred block has several instances, the one
    that is named or that has the owner's key is meant, otherwise all.
    """
    found: dict[str, Resource] = {}
    for reference in value.references:
        if match := _RESOURCE.match(reference):
            for resource in _instances(stack, owner, match.group(1), match.group(2) or ""):
                found[resource.address] = resource
    return list(found.values())


def only_referent(stack: Stack, owner: Resource, value: Unknown) -> Resource | None:
    """Return the one resource or data source that *value* is made of; `None` where it is made of anything else too."""
    others = [name for name in value.references if not _RESOURCE.match(name) and not name.startswith(_OF_NO_RESOURCE)]
    found = referents(stack, owner, value)
    return found[0] if len(found) == 1 and not others else None


def _instances(stack: Stack, owner: Resource, base: str, key: str) -> list[Resource]:
    block = f"{owner.type}.{owner.name}"
    module = owner.address[: owner.address.rfind(block)].removesuffix("data.")
    candidates = _by_block(stack).get(module + base, [])
    own_key = owner.address[owner.address.rfind(block) + len(block) :]
    for wanted in (key, own_key):
        named = [resource for resource in candidates if resource.address == module + base + wanted]
        if named and len(candidates) > 1:
            return named
    return candidates


@once_per_stack
def _by_block(stack: Stack) -> dict[str, list[Resource]]:
    table: dict[str, list[Resource]] = {}
    for resource in stack.resources:
        table.setdefault(_KEY.sub("", resource.address), []).append(resource)
    return table
