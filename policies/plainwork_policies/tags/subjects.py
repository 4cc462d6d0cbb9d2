"""What the policies on tags check."""

from __future__ import annotations

from plainwork_core.aws.taggable_types import taggable_types
from plainwork_core.model.stack import Provider, Stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_policies.api import Block, Resource, Subjects
from plainwork_policies.tags.tag_sources import NESTED, TAG_BLOCKS


def taggable_resources(stack: Stack) -> list[ModelResource]:
    """Return the managed resources that have tags.

    The table of types is that of one version of the provider; in a plan, `tags_all` or `tags` decides.
    """
    types, is_plan = taggable_types(), stack.format == "plan"
    return [resource for resource in stack.managed() if _is_taggable(resource, types, is_plan=is_plan)]


def _is_taggable(resource: ModelResource, types: frozenset[str], *, is_plan: bool) -> bool:
    if "tags_all" in resource.values:
        return True
    return resource.type in types and (not is_plan or "tags" in resource.values)


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
