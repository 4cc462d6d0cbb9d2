"""Tag does not meet the AWS tag restrictions.

What: a key that begins with `aws:`, is empty or has more than 128 characters; a value of more than 256; more than 50
    tags on a resource, or more than 10 on an S3 object, `default_tags` included.
Why: the plan is fine, and the apply fails half-way: what came before is made, what depends on the resource is not. S3
    objects are the usual victims of one more default tag.
Remedy: keep an S3 object out of the default tags where they are many::

        resource "aws_s3_object" "report" {
          bucket = "acme-reports"
          key    = "report.csv"

          override_provider {
            default_tags {
              tags = {}
            }
          }
        }
Limitations: these limits hold for all services; what a service refuses besides, such as certain letters, is not judged.
    Unknown tags are not counted: with them there may be more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.model.stack import Provider, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.effective import effective_tags, own_tags
from plainwork_policies.tags.places import Written, tagged, written_tags

_KEY, _VALUE, _TAGS = 128, 256, 50
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
_TAGS_OF = {"aws_s3_object": 10, "aws_s3_object_copy": 10}


@policy(
    "PLW_TAG_004",
    "tag-invalid",
    aliases=("tag-refused-by-aws",),
    severity="medium",
    subjects=tagged,
    links=("https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",),
)
def tag_invalid(subject: Provider | Resource, stack: Stack) -> Iterator[Finding]:
    """Judge each tag that is written on *subject*, and how many there are."""
    for place in written_tags(subject):
        if isinstance(place.tags, Unknown):
            yield not_evaluated(place.path, place.tags)
        else:
            yield from _judge(place, place.tags)
    if isinstance(subject, Resource):
        yield from _count(subject, stack)


def _judge(place: Written, tags: Mapping[str, object]) -> Iterator[Finding]:
    for key, value in tags.items():
        if why := _refused(key, value):
            remedy = "rename the key" if "key" in why else "shorten the value"
            yield fail(place.path_of(key), f"has a tag `{key}`, {why}", value=key, remedy=remedy)


def _refused(key: str, value: object) -> str | None:
    if key.lower().startswith("aws:"):
        return "and AWS keeps keys that begin with `aws:` for itself"
    if not 1 <= len(key) <= _KEY:
        return f"and a key has 1 to {_KEY} characters, not {len(key)}"
    if isinstance(value, str) and len(value) > _VALUE:
        return f"whose value has {len(value)} characters: AWS takes {_VALUE}"
    return None


def _count(resource: Resource, stack: Stack) -> Iterator[Finding]:
    maps = [own_tags(resource)] if resource.blocks("override_provider") else effective_tags(resource, stack)
    keys = {key for tags in maps if not isinstance(tags, Unknown) for key, value in tags.items() if value is not None}
    most = _TAGS_OF.get(resource.type, _TAGS)
    if len(keys) > most:
        message = f"has {len(keys)} tags, its default ones included: AWS takes {most}"
        yield fail("tags", message, value=len(keys), remedy="leave out what nothing selects by")
