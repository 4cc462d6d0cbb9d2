"""Resource is missing a required tag.

What: A resource that has tags, but not a required one. Its tags are its own `tags` and the `default_tags` of its
    provider configuration. If a plan has `tags_all`, those are its tags.
Why: A resource without owner and environment is not attributed on the bill, is skipped by everything that selects by
    tag (backup plans, permissions, clean-up), and cannot be told from one that is safe to delete.
Remedy: Set the required tags in the `default_tags` of the provider, and only the others on the resource.
Limitations: Keys are checked, values are not. A type has tags if the provider's schema (5.100.0) says so; a newer type
    is checked in plans, which have `tags_all`. An Auto Scaling group has `tag` blocks instead of `tags`:
    `autoscaling-required-tag-missing` checks it. Default tags from the environment (`TF_AWS_DEFAULT_TAGS_*`) are in
    plans only. HCL without a provider or backend may be a module whose caller sets `default_tags`: a missing tag is
    not evaluated there.
"""

from __future__ import annotations

from collections.abc import Sequence

from plainwork_core.model.stack import Provider
from plainwork_core.text import enumeration
from plainwork_policies.api import AddDefaultTags, Findings, Resource, policy
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.subjects import TAGGABLE
from plainwork_policies.tags.tag_keys import effective_keys, tags_named


@policy(
    "PLW_TAG_001",
    "tag-required-missing",
    aliases=("required-tag-missing",),
    severity="medium",
    on=TAGGABLE,
    links=("https://developer.hashicorp.com/terraform/tutorials/aws/aws-default-tags",),
    settings=("required",),
    requires="required",
)
def tag_required_missing(resource: Resource, settings: TagSettings) -> Findings:
    """Check the effective tags."""
    keys = effective_keys(resource)
    missing = [key for key in settings.required if key not in keys]
    if not missing:
        return
    verb, pronoun = ("is", "it") if len(missing) == 1 else ("are", "them")
    yield resource["tags"].fail(
        f"{tags_named(missing)} {verb} not set; `[tags] required` lists {pronoun}",
        value=sorted(keys.certain),
        remedy=f"Add {enumeration(missing)} to `tags`{_or_default_tags(resource)}.",
        fix=_default_tags(resource, missing, settings),
    )


def _or_default_tags(resource: Resource) -> str:
    provider = resource.stack.provider_of(resource.owner)
    return f", or to `default_tags` of `{provider.address}`" if isinstance(provider, Provider) else ""


def _default_tags(resource: Resource, missing: Sequence[str], settings: TagSettings) -> AddDefaultTags | None:
    """Return the fix for the tags with one value in `[tags] allowed_values`; of others a person decides the value."""
    provider = resource.stack.provider_of(resource.owner)
    allowed = [(key, settings.allowed_values.get(key, ())) for key in missing]
    tags = tuple((key, values[0]) for key, values in allowed if len(values) == 1)
    return AddDefaultTags(provider.location, tags) if tags and isinstance(provider, Provider) else None
