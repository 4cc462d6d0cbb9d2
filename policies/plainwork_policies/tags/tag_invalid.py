"""Tag does not meet the AWS tag restrictions.

What: A key that begins with `aws:`, is empty or has more than 128 characters; a value of more than 256 characters; more
    than 50 tags on a resource, or more than 10 on an S3 object, including `default_tags`.
Why: The plan succeeds and the apply fails halfway: resources that depend on this one are not created. One more default
    tag often breaks S3 objects.
Remedy: Rename the key, shorten the value, or exclude S3 objects from the default tags.
Limitations: These limits hold for all services. Restrictions of single services, such as on characters, are not
    checked. Unknown tags are not counted.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import starmap

from plainwork_core.model.values import Value
from plainwork_policies.api import Block, Findings, Resource, check_each, policy
from plainwork_policies.tags.subjects import TAGGING
from plainwork_policies.tags.tag_keys import effective_keys
from plainwork_policies.tags.tag_sources import Tag, TagSource, tag_sources

_MAX_KEY, _MAX_VALUE, _MAX_TAGS = 128, 256, 50
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
_MAX_TAGS_OF = {"aws_s3_object": 10, "aws_s3_object_copy": 10}


@policy(
    "PLW_TAG_004",
    "tag-invalid",
    aliases=("tag-refused-by-aws",),
    severity="medium",
    on=TAGGING,
    links=("https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",),
)
def tag_invalid(block: Block) -> Findings:
    """Check each tag that the block itself sets, and the number of its effective tags."""
    yield from check_each(tag_sources(block), _check_source)
    if isinstance(block, Resource):
        yield from _check_number(block)


def _check_source(source: TagSource) -> Findings:
    if source.is_known_map and not any(starmap(_problem, source.argument.raw.items())):
        return
    yield from check_each(source.tags(), _check)


def _check(tag: Tag) -> Findings:
    if problem := _problem(tag.key, tag.value.raw):
        message, remedy, value = problem
        yield tag.value.fail(message, value=value, remedy=remedy)


def _problem(key: str, value: Value) -> tuple[str, str, str] | None:
    """Return the fault of a tag, its remedy and the wrong text; `None` for a tag without a fault."""
    if reason := _key_problem(key):
        return f"tag key `{key}` {reason}", "Rename the key.", key
    if isinstance(value, str) and len(value) > _MAX_VALUE:
        fault = f"value of tag `{key}` has {len(value)} characters; the maximum is {_MAX_VALUE}"
        return fault, "Shorten the value.", value
    return None


@lru_cache(maxsize=4096)
def _key_problem(key: str) -> str | None:
    if key.lower().startswith("aws:"):
        return "begins with `aws:`, which is reserved"
    if not key:
        return "is empty"
    return f"has {len(key)} characters; the maximum is {_MAX_KEY}" if len(key) > _MAX_KEY else None


def _check_number(resource: Resource) -> Findings:
    maximum = _MAX_TAGS_OF.get(resource.type, _MAX_TAGS)
    merged = resource.owner.get("tags_all")
    if isinstance(merged, dict) and len(merged) <= maximum:
        return
    number = len(effective_keys(resource).certain)
    if number > maximum:
        yield resource["tags"].fail(
            f"resource has {number} tags including default tags; the maximum is {maximum}",
            value=number,
            remedy=f"Remove tags until at most {maximum} remain.",
        )
