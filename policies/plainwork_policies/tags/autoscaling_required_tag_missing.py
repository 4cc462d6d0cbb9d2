"""Auto Scaling group is missing a required tag or does not propagate it.

What: an `aws_autoscaling_group` with no `tag` block for a required key, or with `propagate_at_launch = false` for one
    that its launch template does not give to the instances either.
Why: the provider's `default_tags` do not reach the group, and tags reach the instances only where they are propagated.
    What is left without an owner is what costs: the instances.
Remedy: write a `tag` block for each default tag too::

        data "aws_default_tags" "this" {}

        resource "aws_autoscaling_group" "workers" {
          min_size = 1
          max_size = 3

          dynamic "tag" {
            for_each = data.aws_default_tags.this.tags

            content {
              key                 = tag.key
              value               = tag.value
              propagate_at_launch = true
            }
          }
        }
Limitations: keys are judged, values are not. A `tag` block whose key is not known hides what is missing. A launch
    template
    that is not in the stack is not evaluated where the tag is not propagated. The volumes of the instances are
    `launch-template-required-tag-missing`.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.launches import GROUP, group_tags, launched_by, tags_at_launch
from plainwork_policies.tags.settings import TagSettings


def groups(stack: Stack) -> list[Resource]:
    """Return the Auto Scaling groups."""
    return stack.managed(GROUP)


@policy(
    "PLW_TAG_005",
    "autoscaling-required-tag-missing",
    aliases=("autoscaling-tags-incomplete",),
    severity="medium",
    subjects=groups,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group#tag-and-tags",
    ),
    settings=("required",),
)
def autoscaling_required_tag_missing(group: Resource, stack: Stack, settings: TagSettings) -> Iterator[Finding]:
    """Judge the `tag` blocks of *group* by each required key."""
    tags = group_tags(group, stack)
    for key in settings.required:
        propagated = tags.propagated.get(key)
        if propagated is None and tags.hidden is not None:
            yield not_evaluated("tag", tags.hidden)
        elif propagated is None:
            remedy = f"add a `tag` block for `{key}`: `default_tags` do not reach an Auto Scaling group"
            yield fail("tag", f"has no tag `{key}`", value=sorted(tags.propagated), remedy=remedy)
        elif isinstance(propagated, Unknown):
            yield not_evaluated("tag", propagated)
        elif not propagated:
            yield from _at_launch(group, stack, key)


def _at_launch(group: Resource, stack: Stack, key: str) -> Iterator[Finding]:
    template = launched_by(group, stack)
    if isinstance(template, Unknown):
        yield not_evaluated("tag", template)
        return
    keys, hidden = tags_at_launch(template, "instance") if template else (set(), None)
    if key in keys:
        return
    if hidden is not None:
        yield not_evaluated("tag", hidden)
        return
    message = f"does not give its instances the tag `{key}`: `propagate_at_launch` is false"
    yield fail("tag", message, value=key, remedy="write `propagate_at_launch = true`")
