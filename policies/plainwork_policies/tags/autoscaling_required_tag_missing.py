"""Auto Scaling group is missing a required tag or does not propagate it.

What: An `aws_autoscaling_group` without a `tag` block for a required key, or with `propagate_at_launch = false` for a
    key that its launch template does not set on the instances either.
Why: The provider's `default_tags` do not apply to the group, and only propagated tags apply to its instances. Without
    them the instances, which cause the cost, have no owner.
Remedy: Add a `tag` block for each required tag, with `propagate_at_launch = true`. A `dynamic "tag"` block over
    `data.aws_default_tags` repeats the provider's default tags.
Limitations: Keys are checked, values are not. A missing tag is not evaluated if a `tag` block has an unknown key, and
    one that is not propagated if the launch template is not in the stack. `launch-template-required-tag-missing` checks
    the volumes of the instances.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, check_each, find, policy
from plainwork_policies.tags.launch_tags import GROUP, group_tags, launch_keys, launch_template
from plainwork_policies.tags.settings import TagSettings


@policy(
    "PLW_TAG_005",
    "autoscaling-required-tag-missing",
    aliases=("autoscaling-tags-incomplete",),
    severity="medium",
    on=GROUP,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group#tag-and-tags",
    ),
    settings=("required",),
    requires="required",
)
def autoscaling_required_tag_missing(group: Resource, settings: TagSettings) -> Findings:
    """Check each required key in the `tag` blocks."""
    yield from check_each(settings.required, lambda key: _check(group, key))


def _check(group: Resource, key: str) -> Findings:
    remedy = f"Add a `tag` block for `{key}` with `propagate_at_launch = true`."
    tag = find(group_tags(group), lambda block: block["key"].string(default=None) == key)
    if tag is None:
        yield group["tag"].fail(
            f"no `tag` block sets `{key}`; `default_tags` does not apply to Auto Scaling groups",
            value=key,
            remedy=remedy,
        )
    elif not tag["propagate_at_launch"].bool(default=False) and not _is_set_at_launch(group, key):
        yield group["tag"].fail(
            f"`propagate_at_launch` of tag `{key}` is `false`, and no launch template tags instances with it",
            value=key,
            remedy=f"Set `propagate_at_launch = true` in the `tag` block for `{key}`.",
        )


def _is_set_at_launch(group: Resource, key: str) -> bool:
    template = launch_template(group)
    return template is not None and key in launch_keys(template, "instance")
