"""Tag key is a misspelling of a required tag key.

What: A key that differs from a required key only in case, in separators or by a typo, such as `owner` or `Ownr` for
    `Owner`: in `tags`, in `default_tags`, in a `tag` block, or in a nested argument that tags volumes, instances or
    tasks.
Why: Tag keys are case-sensitive. For AWS `owner` is another tag than `Owner`: cost reports, tag policies and IAM
    conditions on `Owner` do not match it, while a reader takes the resource for tagged.
Remedy: Spell the key as the required one.
Limitations: Keys are compared with the required ones only. A typo is one edit, or two in words of nine letters or more,
    and only if the required key is absent. Words of less than five letters are compared by case alone.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, RenameTag, check_each, policy
from plainwork_policies.tags.misspelling import intended_key
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.subjects import TAGGING
from plainwork_policies.tags.tag_keys import PartialSet
from plainwork_policies.tags.tag_sources import Tag, TagSource, tag_sources


@policy(
    "PLW_TAG_002",
    "tag-key-misspelled",
    aliases=("tag-key-drift",),
    severity="low",
    on=TAGGING,
    links=(
        "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/adopt-a-standardized-approach-for-tag-names.html",
    ),
    settings=("required",),
    requires="required",
)
def tag_key_misspelled(block: Block, settings: TagSettings) -> Findings:
    """Check the keys that the block itself sets."""
    yield from check_each(tag_sources(block), lambda source: _check(source, settings))


def _check(source: TagSource, settings: TagSettings) -> Findings:
    present = PartialSet(tag.key for tag in source.tags())

    def check(tag: Tag) -> Findings:
        if required := intended_key(tag.key, settings.required, present):
            yield tag.value.fail(
                f"tag key `{tag.key}` is not the required key `{required}`; tag keys are case-sensitive",
                value=tag.key,
                remedy=f"Rename the tag key to `{required}`, also where it is read.",
                fix=RenameTag(tag.key, required),
            )

    yield from check_each(source.tags(), check)
