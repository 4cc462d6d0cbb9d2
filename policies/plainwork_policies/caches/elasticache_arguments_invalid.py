"""ElastiCache cache has invalid arguments.

What: An `aws_elasticache_replication_group` with an invalid `node_type`, with a user group but without encryption in
    transit, with two user groups, or with a `snapshot_window` that overlaps its `maintenance_window`. An
    `aws_elasticache_cluster` of `redis` or `valkey` with such a `node_type` or such windows. An
    `aws_elasticache_serverless_cache` with usage limits that are out of range or whose minimum is greater than the
    maximum, or with an invalid snapshot time.
Why: `terraform plan` accepts these values. ElastiCache rejects them during apply.
Remedy: Set the argument to a value that ElastiCache accepts.
Limitations: Only the form of a node type is checked, not whether a Region offers it. The form of a window is checked by
    the provider. AWS also selects a window that is not set; it is not checked.
"""

from __future__ import annotations

import re

from plainwork_core.aws.elasticache import NODE_TYPE, USAGE_LIMITS
from plainwork_core.aws.time_windows import DAILY, WEEKLY, daily_minutes, is_overlap, weekly_minutes
from plainwork_policies.api import Argument, Findings, Resource, all_conditions, check_each, is_certain, policy
from plainwork_policies.caches.subjects import CLUSTER, GROUP, SERVERLESS, has_own_settings

_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")


@policy(
    "PLW_CACHE_004",
    "elasticache-arguments-invalid",
    severity="medium",
    on=(GROUP, SERVERLESS, CLUSTER),
    where=has_own_settings,
    aliases=("cache-arguments-refused",),
    links=(
        "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
        "https://github.com/hashicorp/terraform/issues/17247",
    ),
)
def elasticache_arguments_invalid(cache: Resource) -> Findings:
    """Check each argument by the rules of ElastiCache."""
    yield from check_each(_CHECKS[cache.type], lambda check: check(cache))


def _node_type_problems(cache: Resource) -> Findings:
    node_type = cache["node_type"]
    text = node_type.string(default="")
    if text and not NODE_TYPE.fullmatch(text.lower()):
        message = f"`node_type` is `{text}`; a node type has the form `cache.r7g.large`"
        yield node_type.fail(message, remedy="Set `node_type` to a node type, such as `cache.r7g.large`.")


def _snapshot_time_problems(cache: Resource) -> Findings:
    time = cache["daily_snapshot_time"]
    text = time.string(default="")
    if text and not _TIME.fullmatch(text):
        message = f"`daily_snapshot_time` is `{text}`; a time has the form `02:00`"
        yield time.fail(message, remedy="Set `daily_snapshot_time` to a time in UTC, such as `02:00`.")


def _user_group_problems(cache: Resource) -> Findings:
    groups, encryption = cache["user_group_ids"], cache["transit_encryption_enabled"]
    if is_certain(lambda: len(groups.strings()) > 1):
        message = f"`user_group_ids` has {len(groups.strings())} groups; the maximum is 1"
        yield groups.fail(message, value=None, remedy="Set `user_group_ids` to one group with the users of all groups.")
    if all_conditions(lambda: not encryption.bool(default=False), lambda: bool(groups.strings())):
        message = f"`user_group_ids` is set, but `{encryption.path}` is {encryption.state}"
        yield groups.fail(message, value=encryption.raw, remedy=f"Set `{encryption.path} = true`.")


def _window_problems(cache: Resource) -> Findings:
    daily, weekly = cache["snapshot_window"], cache["maintenance_window"]
    if not daily.is_configured or not weekly.is_configured:
        return
    windows = daily.string().strip(), weekly.string().strip().lower()
    if not DAILY.fullmatch(windows[0]) or not WEEKLY.fullmatch(windows[1]):
        return
    if is_overlap(daily_minutes(windows[0]), weekly_minutes(windows[1])):
        message = f"`snapshot_window` is {daily.state}, which overlaps `maintenance_window` {weekly.state}"
        yield daily.fail(message, remedy="Set `snapshot_window` to a time outside the maintenance window.")


def _limit_problems(cache: Resource) -> Findings:
    yield from check_each(USAGE_LIMITS, lambda name: _usage_limit_problems(cache, name))


def _usage_limit_problems(cache: Resource, name: str) -> Findings:
    minimum, maximum = (cache[f"cache_usage_limits.{name}.{end}"] for end in ("minimum", "maximum"))
    yield from check_each((minimum, maximum), lambda limit: _range_problems(limit, name))
    if is_certain(lambda: minimum.number() > maximum.number()):
        message = f"`minimum` ({minimum.number()}) is greater than `maximum` ({maximum.number()}) of `{name}`"
        yield minimum.fail(message, remedy="Set `minimum` to a number that is not greater than `maximum`.")


def _range_problems(limit: Argument, name: str) -> Findings:
    lowest, highest = USAGE_LIMITS[name]
    if not lowest <= limit.number(default=lowest) <= highest:
        message = f"`{limit.name}` of `{name}` is {limit.state}; the range is {lowest} to {highest}"
        yield limit.fail(message, remedy=f"Set `{limit.name}` to a number from {lowest} to {highest}.")


_CHECKS = {
    GROUP: (_node_type_problems, _user_group_problems, _window_problems),
    CLUSTER: (_node_type_problems, _window_problems),
    SERVERLESS: (_snapshot_time_problems, _limit_problems),
}
