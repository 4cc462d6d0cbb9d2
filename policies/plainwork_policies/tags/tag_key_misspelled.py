"""Tag key is a misspelling of a required tag key.

What: a key that differs from a required key only in case, in separators or by a typo, such as `owner` or `Ownr` for
    `Owner`: in `tags`, in `default_tags`, in a `tag` block or in a nested argument that tags volumes, instances or
    tasks.
Why: tag keys are case sensitive. To AWS `owner` is another tag than `Owner`: cost reports, tag policies and conditions
    that ask for `Owner` do not see it, while to a reader the resource looks tagged.
Remedy: spell the key exactly as the required one::

        tags = {
          Owner = "platform"
        }
Limitations: keys are compared with the required ones only. One edit makes a typo, two in words of nine letters or
    more, and
    only where the required key is not there as well; words of less than five letters are compared by case alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Provider, Resource
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.misspelling import meant
from plainwork_policies.tags.places import Written, tagged, written_tags
from plainwork_policies.tags.settings import TagSettings


@policy(
    "PLW_TAG_002",
    "tag-key-misspelled",
    aliases=("tag-key-drift",),
    severity="low",
    subjects=tagged,
    links=(
        "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/adopt-a-standardized-approach-for-tag-names.html",
    ),
    settings=("required",),
)
def tag_key_misspelled(subject: Provider | Resource, settings: TagSettings) -> Iterator[Finding]:
    """Judge the keys that are written on *subject* itself."""
    places = written_tags(subject)
    blocks = {key for place in places if place.is_block and not isinstance(place.tags, Unknown) for key in place.tags}
    for place in places:
        if isinstance(place.tags, Unknown):
            yield not_evaluated(place.path, place.tags)
            continue
        present = blocks if place.is_block else place.tags
        for key in place.tags:
            if wanted := meant(key, settings.required, present):
                yield _failure(place, key, wanted)


def _failure(place: Written, key: str, wanted: str) -> Finding:
    return fail(
        place.path_of(key),
        f"has a tag `{key}`, which to AWS is another key than the required `{wanted}`",
        value=key,
        remedy=f"did you mean `{wanted}`? Rename the key, and whatever reads it",
    )
