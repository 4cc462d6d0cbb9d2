"""ElastiCache replication group with noeviction does not have automatic backups.

What: An `aws_elasticache_replication_group` whose parameter group sets `maxmemory-policy` to `noeviction`, and whose
    `snapshot_retention_limit` is 0 or not set.
Why: `noeviction` shows that the keys are needed. If all nodes fail together, or the keys are deleted by mistake, they
    cannot be restored.
Remedy: Set `snapshot_retention_limit` to a number of days.
Limitations: Backups by AWS Backup and manual backups are not detected.
"""

from __future__ import annotations

from plainwork_core.aws.elasticache import MAXMEMORY_POLICY, NO_EVICTION
from plainwork_policies.api import Findings, Resource, all_conditions, is_possible, policy
from plainwork_policies.caches.subjects import GROUP, has_own_settings, maxmemory_policy, parameter_group


def evicts_nothing(cache: Resource) -> bool:
    """Return whether the parameter group of a cache sets `noeviction`."""
    group = parameter_group(cache) if has_own_settings(cache) else None
    value = maxmemory_policy(group) if group else None
    return value is not None and value.string(default="") == NO_EVICTION


@policy(
    "PLW_CACHE_010",
    "elasticache-noeviction-without-snapshots",
    severity="medium",
    on=GROUP,
    where=lambda cache: is_possible(lambda: evicts_nothing(cache)),
    aliases=("store-without-snapshots",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html",),
)
def elasticache_noeviction_without_snapshots(cache: Resource) -> Findings:
    """Check the retention of snapshots."""
    days = cache["snapshot_retention_limit"]
    if all_conditions(lambda: days.number() == 0, lambda: evicts_nothing(cache)):
        message = f"`{MAXMEMORY_POLICY}` is `{NO_EVICTION}`, but `{days.path}` is {days.state}"
        yield days.fail(message, remedy=f"Set `{days.path} = 7`, or set `{MAXMEMORY_POLICY}` to `allkeys-lru`.")
