"""The effective tags of a resource, and the resources that accept tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plainwork_core.aws.taggable_types import taggable_types
from plainwork_core.model.stack import Provider, Resource, Stack
from plainwork_core.model.values import Unknown, Value, members_of

Tags = Mapping[str, Value] | Unknown

_OF_A_CALLER = Unknown("no provider or backend is configured here: a module's caller may set `default_tags`")


def taggable_resources(stack: Stack) -> list[Resource]:
    """Return the managed resources that take tags, those of newer types included where a plan shows `tags_all`."""
    types = taggable_types()
    return [each for each in stack.managed() if each.type in types or "tags_all" in each.values]


def own_tags(resource: Resource) -> Tags:
    """Return the resource's argument `tags`; no argument is no tags."""
    return as_tags(resource.get("tags"), f"{resource.address}.tags")


def default_tags(provider: Provider) -> Tags:
    """Return the tags of the provider's `default_tags` block; no block is no tags."""
    for block in provider.blocks("default_tags"):
        return block if isinstance(block, Unknown) else as_tags(block.get("tags"), f"{provider.address}.default_tags")
    return {}


def effective_tags(resource: Resource, stack: Stack) -> list[Tags]:
    """Return the maps that together are the tags of *resource*: those of its provider, then its own on top.

    A plan that knows `tags_all` has the answer of the provider itself.
    https://developer.hashicorp.com/terraform/tutorials/aws/aws-default-tags
    """
    answered = resource.get("tags_all")
    if isinstance(answered, Mapping):
        return [answered]
    return [inherited_tags(resource, stack), own_tags(resource)]


def lacking(maps: Iterable[Tags], required: Iterable[str]) -> tuple[list[str], list[str], Unknown | None]:
    """Return the keys that *maps* have together, those of *required* that are not among them, and what hides more."""
    found = list(maps)
    keys = {key for tags in found for key, value in members_of(tags).items() if value is not None}
    hidden = next((tags for tags in found if isinstance(tags, Unknown)), None)
    return sorted(keys), [key for key in required if key not in keys], hidden


def as_tags(value: Value, path: str) -> Tags:
    """Return *value*, the tags at the argument *path*; none are no tags."""
    if value is None:
        return {}
    return value if isinstance(value, Mapping | Unknown) else Unknown(f"`{path}` is not a map")


def inherited_tags(resource: Resource, stack: Stack) -> Tags:
    """Return the `default_tags` that reach *resource*: those of the provider configuration that it uses."""
    provider = stack.provider_of(resource)
    if isinstance(provider, Provider):
        return default_tags(provider)
    if isinstance(provider, Unknown):
        return provider
    return _OF_A_CALLER if stack.may_be_module else {}
