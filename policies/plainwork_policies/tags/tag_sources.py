"""The arguments that set tags: of providers, of resources, and the nested ones that tag what a resource creates.

The nested ones are those of the AWS provider's schema (5.100.0) that set tags. Other arguments of that name, such as
those in the filters of Amazon S3, select by tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import starmap

from plainwork_core.frozen import frozen
from plainwork_policies.api import Argument, Block, flattened

_DEVICES = ("volume_tags", "ebs_block_device.tags", "root_block_device.tags")
NESTED: Mapping[str, tuple[str, ...]] = {
    "aws_batch_compute_environment": ("compute_resources.tags",),
    "aws_cloudwatch_event_target": ("ecs_target.tags",),
    "aws_ecs_service": ("volume_configuration.managed_ebs_volume.tag_specifications.tags",),
    "aws_fsx_file_cache": ("data_repository_association.tags",),
    "aws_instance": _DEVICES,
    "aws_launch_template": ("tag_specifications.tags",),
    "aws_pipes_pipe": ("target_parameters.ecs_task_parameters.tags",),
    "aws_scheduler_schedule": ("target.ecs_parameters.tags",),
    "aws_spot_fleet_request": ("launch_specification.tags",),
    "aws_spot_instance_request": _DEVICES,
}
TAG_BLOCKS = ("aws_autoscaling_group", "aws_autoscaling_group_tag")
"""Resource types whose tags are `tag` blocks, one for each tag."""


@frozen(slots=True)
class Tag:
    """A tag: its key, and its value as an argument."""

    key: str
    value: Argument


@frozen(slots=True)
class TagSource:
    """An argument that sets tags: a map, or the `tag` blocks of a resource, which are a list `tags` in old providers.

    Args:
        argument: such as `tags`, `default_tags.0.tags`, `root_block_device.0.tags` or `tag`.
    """

    argument: Argument

    @property
    def is_known_map(self) -> bool:
        """Whether it is a map of which each key is known."""
        return isinstance(self.argument.raw, dict) and self.argument.block.type not in TAG_BLOCKS

    def tags(self) -> Iterator[Tag]:
        """Yield the tags. A map with an unknown key has none: it ends in `NotEvaluated` at once."""
        if self.argument.block.type in TAG_BLOCKS:
            yield from flattened(self.argument.block.blocks(self.argument.path), _tags_of_block)
        elif self.argument.value() is not None:
            yield from starmap(Tag, self.argument.map().items())


def tag_sources(block: Block) -> Iterator[TagSource]:
    """Yield the arguments of a provider configuration or resource that set tags.

    They end in `NotEvaluated` if a block that may have such an argument is unknown.
    """
    yield TagSource(block["tags" if block.type else "default_tags.tags"])
    if block.type in TAG_BLOCKS:
        yield TagSource(block["tag"])
    if block.type in NESTED:
        yield from flattened(NESTED[block.type], lambda path: map(TagSource, block.arguments(path)))


def _tags_of_block(block: Block) -> Iterator[Tag]:
    if block["key"].is_configured:
        yield Tag(block["key"].string(), Argument(block, block.path, block["value"].raw))
