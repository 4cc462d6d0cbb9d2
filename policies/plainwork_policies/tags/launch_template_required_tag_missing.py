"""Launch template does not tag instances or volumes with a required tag.

What: an `aws_launch_template` whose `tag_specifications` do not give every required key to the instances and to the
    volumes that it makes.
Why: the template's own `tags` and the provider's `default_tags` are on the template, not on what it launches, and an
    Auto Scaling group gives its tags to instances only. The volumes outlive the instances, and nobody knows whose they
    are.
Remedy: say what each of them gets::

        data "aws_default_tags" "this" {}

        resource "aws_launch_template" "workers" {
          name = "workers"

          dynamic "tag_specifications" {
            for_each = ["instance", "volume"]

            content {
              resource_type = tag_specifications.value
              tags          = data.aws_default_tags.this.tags
            }
          }
        }
Limitations: keys are judged, values are not. The instances of a template that an Auto Scaling group of the stack
    uses get
    its tags, which are `autoscaling-required-tag-missing`. What else makes instances from the template, and tags
    them, is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.launches import GROUP, TEMPLATE, launched_by, tags_at_launch
from plainwork_policies.tags.settings import TagSettings


def templates(stack: Stack) -> list[Resource]:
    """Return the launch templates."""
    return stack.managed(TEMPLATE)


@policy(
    "PLW_TAG_006",
    "launch-template-required-tag-missing",
    aliases=("launch-template-tags-incomplete",),
    severity="low",
    subjects=templates,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#tag-specifications",
    ),
    settings=(
        "propagate_to",
        "required",
    ),
)
def launch_template_required_tag_missing(template: Resource, stack: Stack, settings: TagSettings) -> Iterator[Finding]:
    """Judge the `tag_specifications` of *template* by what it makes."""
    in_a_group = template.address in _in_groups(stack)
    for made in settings.propagate_to:
        if made == "task" or (made == "instance" and in_a_group):
            continue
        keys, hidden = tags_at_launch(template, made)
        missing = [key for key in settings.required if key not in keys]
        if missing and hidden is not None:
            yield not_evaluated("tag_specifications", hidden)
        elif missing:
            listed = enumeration(missing, "or")
            yield fail(
                "tag_specifications",
                f"makes every {made.replace('-', ' ')} without a tag {listed}",
                value=sorted(keys),
                remedy=f'add them to a `tag_specifications` block with `resource_type = "{made}"`',
            )


@cached_per_stack
def _in_groups(stack: Stack) -> frozenset[str]:
    """Return the addresses of the templates that Auto Scaling groups use."""
    used = (launched_by(group, stack) for group in stack.managed(GROUP))
    return frozenset(each.address for each in used if isinstance(each, Resource))
