"""The tags of what is launched: `tag` blocks of Auto Scaling groups and `tag_specifications` of launch templates.

The provider's `default_tags` apply to neither: https://github.com/hashicorp/terraform-provider-aws/issues/19387
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from plainwork_policies.api import Argument, Block, Resource, Stack, cached_per_stack, flattened
from plainwork_policies.tags.tag_keys import PartialSet, keys_of

GROUP, GROUP_TAG, TEMPLATE = "aws_autoscaling_group", "aws_autoscaling_group_tag", "aws_launch_template"
_SPECIFICATION = "mixed_instances_policy.launch_template.launch_template_specification"
_TEMPLATES = {
    "launch_template.id": "id",
    "launch_template.name": "name",
    f"{_SPECIFICATION}.launch_template_id": "id",
    f"{_SPECIFICATION}.launch_template_name": "name",
}
"""The arguments of an Auto Scaling group that refer to a launch template, each with the attribute that it holds."""


def group_tags(group: Resource) -> Iterator[Block]:
    """Yield the tags of *group* and of the `aws_autoscaling_group_tag` resources that refer to it.

    Before provider 5.0 a group may have a list `tags` as well as `tag` blocks.
    """
    others = group.referenced_by(GROUP_TAG, "autoscaling_group_name", "name", in_modules=False)
    arguments = chain([(group, "tags"), (group, "tag")], ((other, "tag") for other in others))
    yield from flattened(arguments, lambda argument: argument[0].blocks(argument[1]))


def launch_template(group: Resource) -> Resource | None:
    """Return the launch template of *group*; `None` if it has none, as with a launch configuration."""
    found = _template_argument(group)
    return found[0].resource(TEMPLATE, found[1]) if found else None


def launch_keys(template: Resource, type_: str) -> PartialSet:
    """Return the keys of the tags of *template* for the resources of *type_* that it launches, such as `volume`."""

    def keys(specification: Block) -> Iterator[str]:
        if specification["resource_type"].string(default=None) == type_:
            yield from keys_of(specification["tags"])

    return PartialSet(flattened(template.blocks("tag_specifications"), keys))


def is_in_group(template: Resource) -> bool:
    """Return whether an Auto Scaling group of the stack launches its instances from *template*."""
    return template.address in _templates_of_groups(template.stack)


@cached_per_stack
def _templates_of_groups(stack: Stack) -> PartialSet:
    """Return the addresses of the launch templates of Auto Scaling groups."""
    groups = (Resource(group, stack) for group in stack.managed(GROUP))
    return PartialSet(flattened(groups, _template_addresses))


def _template_addresses(group: Resource) -> Iterator[str]:
    found = _template_argument(group)
    if found is None:
        return
    argument, attribute = found
    if argument.refers_to(TEMPLATE, attribute):
        yield argument.resource(TEMPLATE, attribute).address
    else:
        argument.value()  # a known one is a template outside the stack; an unknown one may be any


def _template_argument(group: Resource) -> tuple[Argument, str] | None:
    arguments = ((group[path], attribute) for path, attribute in _TEMPLATES.items())
    return next(((argument, attribute) for argument, attribute in arguments if argument.is_configured), None)
