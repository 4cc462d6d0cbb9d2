"""What the policies on tags check."""

from __future__ import annotations

from plainwork_core.aws.taggable_types import WITH_NEWER_TAGS, taggable_types, types_with_newer_tags
from plainwork_core.model.provider_versions import required_version
from plainwork_core.model.stack import Provider, Stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.schema.store import Schema, load_own
from plainwork_core.version_constraints import may_be_from
from plainwork_policies.api import Block, Resource, Subjects, cached_per_stack
from plainwork_policies.tags.tag_sources import NESTED, TAG_BLOCKS

_TAGS = {"tags", "tags_all"}


@cached_per_stack
def taggable_resources(stack: Stack) -> list[ModelResource]:
    """Return the managed resources that have tags.

    In a plan, `tags_all` or `tags` decides; otherwise the user's schema for the types that it has, and then the table.
    """
    schema, is_plan = load_own(), stack.format == "plan"
    taggable = taggable_types() | (types_with_newer_tags() if _has_newer_tags(stack) else frozenset())
    types = {resource.type for resource in stack.managed()}
    with_tags = {type_ for type_ in types if _accepts_tags(schema, type_, taggable)}
    return [
        resource
        for resource in stack.managed()
        if "tags_all" in resource.values or (resource.type in with_tags and (not is_plan or "tags" in resource.values))
    ]


def _accepts_tags(schema: Schema, type_: str, taggable: frozenset[str]) -> bool:
    block = schema.block("resource", type_)
    return type_ in taggable if block is None else block.attributes.keys() >= _TAGS


def _has_newer_tags(stack: Stack) -> bool:
    """Return whether the lock file or the version constraint of *stack* selects a provider with the newer tags."""
    required = required_version(stack)
    return bool(required) and may_be_from(required, WITH_NEWER_TAGS)


@cached_per_stack
def _tagging_blocks(stack: Stack) -> list[Provider | ModelResource]:
    """Return the AWS provider configurations, and the resources that have tags or tag what they create."""
    taggable = taggable_resources(stack)
    addresses = {resource.address for resource in taggable}
    others = [resource for resource in stack.managed(*NESTED, *TAG_BLOCKS) if resource.address not in addresses]
    return [*(provider for provider in stack.providers if provider.name == "aws"), *taggable, *others]


def _view(block: Provider | ModelResource, stack: Stack) -> Block:
    return Block(block, stack) if isinstance(block, Provider) else Resource(block, stack)


TAGGABLE = Subjects(("resource",), taggable_resources, Resource)
"""The resources that have tags."""

TAGGING = Subjects(("provider", "resource"), _tagging_blocks, _view)
"""The provider configurations and resources that set tags."""
