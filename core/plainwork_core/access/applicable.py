"""Whether an action can be used on a resource: `s3:GetObject` on `arn:aws:s3:::data` allows nothing.

The resource types of an action and their ARN formats are those of the Service Authorization Reference.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from functools import lru_cache

from plainwork_core.access.patterns import without_tokens
from plainwork_core.aws.iam_actions import expand, resource_types
from plainwork_core.iam.overlap import may_name

_BUCKET = "arn:${Partition}:s3:::${BucketName}"
"""The format of buckets, whose names have no `/`: `arn:aws:s3:::data/*` is no bucket."""


@lru_cache(maxsize=65536)
def applies(name: str, resource: str) -> bool:
    """Return whether the action *name* may be used on a resource that the pattern *resource* matches.

    It may not if the ARN is of another resource type of the service, and of none of the action.
    """
    found = expand(name) if resource.startswith("arn:") else ()
    if len(found) != 1 or not found[0].takes_resource:
        return True
    named = _types(found[0].service, resource)
    return not named or not named.isdisjoint({*found[0].on, *(found[0].second or {})})


@lru_cache(maxsize=8192)
def _types(service: str, resource: str) -> frozenset[str]:
    """Return the resource types of *service* that *resource* may name."""
    text = without_tokens(resource)
    known = resource_types(service).items()
    return frozenset(
        name for name, type_ in known if may_name(text, type_.arn) and not (type_.arn == _BUCKET and "/" in text)
    )
