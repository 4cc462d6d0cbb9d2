"""Resource is missing a required tag.

What: a taggable resource that ends up without one of the required tag keys. Its tags are its own `tags` on top of the
    `default_tags` of the provider configuration that it uses, with or without an alias; where a plan knows `tags_all`,
    that is taken.
Why: what has no owner and no environment is on the bill of nobody, is skipped by everything that selects by tag
    (backup plans, permissions, clean-up), and cannot be told from what is safe to delete.
Remedy: write the tags once, on the provider; a resource then adds only what is its own::

        provider "aws" {
          region = "eu-central-1"

          default_tags {
            tags = {
              Environment = "prod"
              Owner       = "platform"
            }
          }
        }
Limitations: keys are judged, values are not. A type is taggable if the provider's schema (5.100.0) says so; a newer
    one is
    judged in a plan, which shows `tags_all`. Auto Scaling groups take `tag` blocks instead of `tags`, and are
    `autoscaling-required-tag-missing`. Default tags from `TF_AWS_DEFAULT_TAGS_*` in the environment are seen in a
    plan only. HCL without any provider or backend may be a module whose caller sets `default_tags`: what is missing
    there is not
    evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Provider, Resource, Stack
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.effective import effective_tags, lacking, taggable_resources
from plainwork_policies.tags.settings import TagSettings


@policy(
    "PLW_TAG_001",
    "tag-required-missing",
    aliases=("required-tag-missing",),
    severity="medium",
    subjects=taggable_resources,
    links=("https://developer.hashicorp.com/terraform/tutorials/aws/aws-default-tags",),
    settings=("required",),
)
def tag_required_missing(resource: Resource, stack: Stack, settings: TagSettings) -> Iterator[Finding]:
    """Judge the effective tags of *resource*."""
    keys, missing, hidden = lacking(effective_tags(resource, stack), settings.required)
    if missing and hidden is not None:
        yield not_evaluated("tags", hidden)
    elif missing:
        yield fail(
            "tags",
            f"has no tag {enumeration(missing, 'or')}",
            value=keys,
            remedy=f"add {enumeration(missing)} to its `tags`{_or_default_tags(resource, stack)}",
        )


def _or_default_tags(resource: Resource, stack: Stack) -> str:
    provider = stack.provider_of(resource)
    return f", or to the `default_tags` of {provider.address}" if isinstance(provider, Provider) else ""
