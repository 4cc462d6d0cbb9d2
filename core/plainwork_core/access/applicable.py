"""Whether an action can be used on a resource: `s3:GetObject` on `arn:aws:s3:::data` allows nothing.

The resource types of an action and their ARN formats are those of the Service Authorization Reference.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from functools import lru_cache

from plainwork_core.access.patterns import without_tokens
from plainwork_core.aws.iam_actions import Action, expand, resource_types
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
    of_action, others = _formats(found[0])
    text = without_tokens(resource)
    if "/" in text:
        of_action = tuple(arn for arn in of_action if arn != _BUCKET)
    return any(may_name(text, arn) for arn in of_action) or not any(may_name(text, arn) for arn in others)


@lru_cache(maxsize=8192)
def _formats(action: Action) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ARN formats of *action*, by both sources, and those of the other types of its service."""
    types = {*action.on, *(action.second or {})}
    known = resource_types(action.service).items()
    return (
        tuple(type_.arn for name, type_ in known if name in types),
        tuple(type_.arn for name, type_ in known if name not in types),
    )
