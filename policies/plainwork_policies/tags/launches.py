"""What is tagged at launch: the `tag` blocks of Auto Scaling groups and the `tag_specifications` of launch templates.

Neither gets the provider's `default_tags`: https://github.com/hashicorp/terraform-provider-aws/issues/19387
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plainwork_core.model.connections import resources_referencing
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, look_up

GROUP, GROUP_TAG, TEMPLATE = "aws_autoscaling_group", "aws_autoscaling_group_tag", "aws_launch_template"
_TEMPLATES = (
    "launch_template.0.id",
    "launch_template.0.name",
    "mixed_instances_policy.0.launch_template.0.launch_template_specification.0.launch_template_id",
    "mixed_instances_policy.0.launch_template.0.launch_template_specification.0.launch_template_name",
)


@dataclass(frozen=True)
class GroupTags:
    """The tags of an Auto Scaling group: whether each is propagated, by key; and what hides further ones."""

    propagated: Mapping[str, bool | Unknown]
    hidden: Unknown | None


def group_tags(group: Resource, stack: Stack) -> GroupTags:
    """Return the tags in the `tag` blocks of *group*, and in the `aws_autoscaling_group_tag` resources for it."""
    found: dict[str, bool | Unknown] = {}
    hidden: Unknown | None = None
    for block in _tag_blocks(group, stack):
        key = block if isinstance(block, Unknown) else block.get("key")
        if isinstance(key, Unknown):
            hidden = key
        elif key is not None:
            propagated = block.get("propagate_at_launch")
            found[str(key)] = propagated if isinstance(propagated, Unknown) else propagated in (True, "true")
    return GroupTags(found, hidden)


def _tag_blocks(group: Resource, stack: Stack) -> Iterator[Value]:
    yield from group.blocks("tag")
    for other in resources_referencing(group, stack, GROUP_TAG, "autoscaling_group_name", "name"):
        if isinstance(other, Resource):
            yield from other.blocks("tag")


def launched_by(group: Resource, stack: Stack) -> Resource | Unknown | None:
    """Return the launch template of *group*; `None` where it has none, as with a launch configuration."""
    values = [look_up(group.values, path) for path in _TEMPLATES]
    for value in values:
        if value is None or is_computed_by_provider(value):
            continue
        if not isinstance(value, Unknown):
            return Unknown(f"the launch template `{value}` is not in this stack")
        made_of = only_referent(stack, group, value)
        return made_of if made_of and made_of.type == TEMPLATE and made_of.mode == "managed" else value
    return None


def tags_at_launch(template: Resource, made: str) -> tuple[set[str], Unknown | None]:
    """Return the keys that *template* gives to what it makes, such as a `volume`, and what hides further ones."""
    keys: set[str] = set()
    hidden: Unknown | None = None
    for block in template.blocks("tag_specifications"):
        if isinstance(block, Unknown):
            hidden = block
        elif isinstance(made_by := block.get("resource_type"), Unknown):
            hidden = made_by
        elif made_by == made:
            tags = block.get("tags")
            hidden = tags if isinstance(tags, Unknown) else hidden
            keys |= {key for key, value in tags.items() if value is not None} if isinstance(tags, Mapping) else set()
    return keys, hidden
