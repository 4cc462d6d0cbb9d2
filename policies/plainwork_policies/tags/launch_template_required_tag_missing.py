"""Launch template does not tag instances or volumes with a required tag.

What: An `aws_launch_template` whose `tag_specifications` do not set every required key on the instances and volumes
    that it launches.
Why: The template's own `tags` and the provider's `default_tags` apply to the template, not to what it launches, and an
    Auto Scaling group tags instances only. Volumes can outlive their instance; without tags they have no owner.
Remedy: Add a `tag_specifications` block for each resource type. `data.aws_default_tags` has the default tags.
Limitations: Keys are checked, values are not. If an Auto Scaling group of the stack uses the template, its instances
    get the tags of the group: `autoscaling-required-tag-missing` checks those. Tags that other services set when they
    launch instances from the template are not detected.
"""

from __future__ import annotations

from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Resource, check_each, policy
from plainwork_policies.tags.launch_tags import TEMPLATE, is_in_group, launch_keys
from plainwork_policies.tags.settings import TagSettings


@policy(
    "PLW_TAG_006",
    "launch-template-required-tag-missing",
    aliases=("launch-template-tags-incomplete",),
    severity="low",
    on=TEMPLATE,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#tag-specifications",
    ),
    settings=("propagate_to", "required"),
    requires="required",
)
def launch_template_required_tag_missing(template: Resource, settings: TagSettings) -> Findings:
    """Check the `tag_specifications` for each resource type of the settings. A launch template launches no tasks."""
    types = [type_ for type_ in settings.propagate_to if type_ != "task"]
    yield from check_each(types, lambda type_: _check(template, type_, settings))


def _check(template: Resource, type_: str, settings: TagSettings) -> Findings:
    keys = launch_keys(template, type_)
    if all(key in keys.certain for key in settings.required) or (type_ == "instance" and is_in_group(template)):
        return
    if missing := [key for key in settings.required if key not in keys]:
        yield template["tag_specifications"].fail(
            f"`tag_specifications` for `{type_}` does not set {enumeration(missing, 'or')}; "
            "`default_tags` does not apply to launched resources",
            value=sorted(keys.certain),
            remedy=f'Add {enumeration(missing)} to a `tag_specifications` block with `resource_type = "{type_}"`.',
        )
