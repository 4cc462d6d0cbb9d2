"""ElastiCache cache has invalid arguments.

What: an `aws_elasticache_replication_group` with a `node_type` that is none, a user group without encryption in transit
    or two user groups; a serverless cache whose limits are out of range or upside down, or whose snapshot time is none.
Why: the AWS provider takes them all. The plan is green, and the apply stops half way.
Remedy: write what ElastiCache takes::

        resource "aws_elasticache_replication_group" "sessions" {
          node_type                  = "cache.r7g.large"
          transit_encryption_enabled = true
          user_group_ids             = [aws_elasticache_user_group.sessions.user_group_id]
        }
Limitations: whether a region has a node type is not known, only its form. Windows are the provider's to refuse, and
    it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.elasticache import NODE_TYPE, USAGE_LIMITS
from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import is_on
from plainwork_policies.caches.groups import SERVERLESS, caches
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_FORMS = {
    "node_type": (NODE_TYPE.pattern, "a node type such as `cache.r7g.large`"),
    "daily_snapshot_time": (r"(?:[01]?\d|2[0-3]):[0-5]\d", "a time in UTC, such as `02:00`"),
}


@policy(
    "PLW_CACHE_004",
    "elasticache-arguments-invalid",
    aliases=("cache-arguments-refused",),
    severity="medium",
    subjects=caches,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",),
)
def elasticache_arguments_invalid(cache: Resource) -> Iterator[Finding]:
    """Judge each argument of *cache* by what ElastiCache takes."""
    for name, (form, example) in _FORMS.items():
        value = configured(cache, name)
        if isinstance(value, Unknown):
            yield not_evaluated(name, value)
        elif value not in (None, "") and not re.fullmatch(form, str(value), re.IGNORECASE):
            yield fail(name, f"is `{value}`, which is not {example}", value=value, remedy=f"write {example}")
    yield from _limits(cache) if cache.type == SERVERLESS else _users(cache)


def _users(cache: Resource) -> Iterator[Finding]:
    path = "user_group_ids"
    groups, encrypted = configured(cache, path), configured(cache, "transit_encryption_enabled")
    if groups is None or groups == []:
        return
    if isinstance(groups, list) and len(groups) > 1:
        remedy = "keep one, with the users of all"
        yield fail(path, f"has {len(groups)} user groups, but ElastiCache takes one", remedy=remedy)
    if is_on(encrypted):
        return
    if doubt := [each for each in (groups, encrypted) if isinstance(each, Unknown)]:
        yield not_evaluated(path, doubt[0])
        return
    message = "has a user group without encryption in transit, which ElastiCache refuses"
    yield fail(path, message, value=encrypted, remedy="write `transit_encryption_enabled = true`")


def _limits(cache: Resource) -> Iterator[Finding]:
    for name, (least, most) in USAGE_LIMITS.items():
        place = f"cache_usage_limits.0.{name}.0"
        numbers = {end: configured(cache, f"{place}.{end}") for end in ("minimum", "maximum")}
        for end, number in numbers.items():
            path = f"{place}.{end}"
            if isinstance(number, Unknown):
                yield not_evaluated(path, number)
            elif number is not None and not least <= int(number) <= most:
                message = f"is {number}, but ElastiCache takes {least} to {most}"
                yield fail(path, message, value=number, remedy=f"write a number from {least} to {most}")
        low, high = (None if isinstance(each, Unknown) else each for each in numbers.values())
        if low is not None and high is not None and int(low) > int(high):
            message = f"has a minimum of {low} above its maximum of {high}"
            yield fail(f"{place}.minimum", message, value=low, remedy="write the smaller number as the minimum")
