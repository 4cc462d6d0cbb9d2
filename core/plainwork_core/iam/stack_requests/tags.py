"""The tags of a resource, those of the provider configuration included."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.iam.stack_requests.names import Names
from plainwork_core.iam.statement import Text
from plainwork_core.model.stack import Provider, Resource
from plainwork_core.model.values import Unknown, Value, look_up

Tags = Mapping[str, Text] | Unknown


def tags_of(names: Names, resource: Resource) -> Tags:
    """Return the tags of *resource*, its own before the default tags; an `Unknown` if they are not all known.

    The provider has more precedence for the tags of the resource.
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block
    """
    provider = names.stack.provider_of(resource)
    if isinstance(provider, Unknown):
        return Unknown(provider.reason)
    if provider is None and names.stack.may_be_module:
        return Unknown("the default tags are those of the module's caller; check the caller or a plan")
    maps = [_default_tags(provider), resource.get("tags")]
    found: dict[str, Text] = {}
    for value in maps:
        if isinstance(value, Unknown):
            return Unknown(value.reason)
        found |= _texts(names, resource, value)
    return found


def _default_tags(provider: Provider | None) -> Value:
    return look_up(provider.values, "default_tags.0.tags") if provider else None


def _texts(names: Names, resource: Resource, value: Value) -> dict[str, Text]:
    if not isinstance(value, dict):
        return {}
    return {
        key: names.text(resource, member) if isinstance(member, Unknown) else str(member)
        for key, member in value.items()
        if member is not None
    }
