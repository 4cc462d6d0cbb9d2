"""Where tags are written: on providers, on resources, and in the nested arguments that tag what a resource makes.

The nested ones are those of the AWS provider's schema (5.100.0) that set tags; the others called `tags`, such as those
in the filters of Amazon S3, select by tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Provider, Resource, Stack
from plainwork_core.model.values import Unknown, Value, blocks
from plainwork_policies.tags.effective import Tags, as_tags, default_tags, own_tags, taggable_resources

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


@dataclass(frozen=True)
class Written:
    """Tags that stand in one place.

    Args:
        path: the argument, such as `tags`, `default_tags.0.tags`, `root_block_device.0.tags` or `tag.1`.
        tags: by key.
    """

    path: str
    tags: Tags

    @property
    def is_block(self) -> bool:
        """Whether it is a `tag` block, which holds one tag."""
        return self.path.startswith("tag.")

    def path_of(self, key: str) -> str:
        """Return where the tag *key* stands."""
        return self.path if self.is_block else f"{self.path}.{key}"


def tagged(stack: Stack) -> list[Provider | Resource]:
    """Return what tags are written on: AWS provider configurations, and resources."""
    taggable = taggable_resources(stack)
    addresses = {each.address for each in taggable}
    more = [each for each in stack.managed(*NESTED, *TAG_BLOCKS) if each.address not in addresses]
    return [*(each for each in stack.providers if each.name == "aws"), *taggable, *more]


def written_tags(subject: Provider | Resource) -> list[Written]:
    """Return each place on *subject* where tags are written."""
    if isinstance(subject, Provider):
        return [Written("default_tags.0.tags", default_tags(subject))]
    own = [Written("tags", own_tags(subject))] if "tags" in subject.values else []
    nested = (
        Written(path, as_tags(value, path))
        for argument in NESTED.get(subject.type, ())
        for path, value in _each("", argument.split("."), subject.values)
        if value is not None and not is_computed_by_provider(value)
    )
    return [*own, *nested, *(_tag_blocks(subject) if subject.type in TAG_BLOCKS else ())]


def _each(before: str, steps: list[str], values: Value) -> Iterator[tuple[str, Value]]:
    """Yield path and value of each argument that *steps* lead to, through every block on the way."""
    step, rest = steps[0], steps[1:]
    if isinstance(values, Unknown) or not isinstance(values, Mapping):
        yield f"{before}{step}", values
    elif not rest:
        yield f"{before}{step}", values.get(step)
    else:
        for index, block in enumerate(blocks(values, step)):
            yield from _each(f"{before}{step}.{index}.", rest, block)


def _tag_blocks(resource: Resource) -> Iterator[Written]:
    for index, block in enumerate(resource.blocks("tag")):
        path = f"tag.{index}"
        if isinstance(block, Unknown):
            yield Written(path, block)
        elif isinstance(key := block.get("key"), Unknown):
            yield Written(path, key)
        elif key is not None:
            yield Written(path, {str(key): block.get("value")})
