"""A tag key is a misspelling of a required one.

What: a key in `tags` or `default_tags` that differs from a required key only in case, in separators or by a typo, such
    as `owner` or `Ownr` for `Owner`.
Why: tag keys are case sensitive. To AWS `owner` is another tag than `Owner`: cost reports, tag policies and conditions
    that ask for `Owner` do not see it, while to a reader the resource looks tagged.
Fix: spell the key exactly as the required one::

        tags = {
          Owner = "platform"
        }
Limits: keys are compared with the required ones only. One edit makes a typo, two in words of nine letters or more, and
    only where the required key is not there as well; words of less than five letters are compared by case alone.
Link: https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/adopt-a-standardized-approach-for-tag-names.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.model import Provider, Resource, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.settings import Settings
from plainwork_policies.tags.effective import default_tags, own_tags, taggable_resources
from plainwork_policies.tags.misspelling import meant
from plainwork_policies.values import Unknown


def tagged(stack: Stack) -> list[Provider | Resource]:
    """Return what tags are written on: AWS provider configurations, and resources that take tags."""
    return [*(each for each in stack.providers if each.name == "aws"), *taggable_resources(stack)]


@policy("PLW_TAG_002", "tag-key-drift", severity="low", subjects=tagged)
def tag_key_drift(subject: Provider | Resource, _stack: Stack, settings: Settings) -> Iterator[Finding]:
    """Judge the keys that are written on *subject* itself."""
    if isinstance(subject, Provider):
        path, tags = "default_tags.0.tags", default_tags(subject)
    else:
        path, tags = "tags", own_tags(subject)
    if isinstance(tags, Unknown):
        yield not_evaluated(path, tags)
        return
    for key in tags:
        if wanted := meant(key, settings.tags.required, tags):
            yield fail(
                f"{path}.{key}",
                f"has a tag `{key}`, which to AWS is another key than the required `{wanted}`",
                value=key,
                remedy=f"did you mean `{wanted}`? Rename the key, and whatever reads it",
            )
