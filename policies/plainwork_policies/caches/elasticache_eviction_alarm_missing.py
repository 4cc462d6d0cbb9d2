"""ElastiCache cache has no alarm on evictions or memory usage.

What: An `aws_elasticache_replication_group`, an `aws_elasticache_serverless_cache`, or an `aws_elasticache_cluster` of
    `redis` or `valkey`, for which the stack has no `aws_cloudwatch_metric_alarm` on `Evictions` or on its memory usage.
Why: A cache that is too small evicts keys without an error. The load then moves to the database behind it, or sessions
    are lost.
Remedy: Add an alarm for each node.
Limitations: An alarm belongs to a cache if a dimension has the name of the cache or refers to it. Whether every node
    has an alarm is not checked. Alarms in another stack are not detected. An alarm may be defined by the module's
    caller; a module is not evaluated. An expression with the name of the metric counts for all caches.
"""

from __future__ import annotations

from plainwork_core.model.connections import may_be_elsewhere
from plainwork_policies.api import Findings, Resource, is_possible, policy
from plainwork_policies.caches.alarms import is_monitored
from plainwork_policies.caches.subjects import CLUSTER, GROUP, SERVERLESS, has_own_settings


@policy(
    "PLW_CACHE_003",
    "elasticache-eviction-alarm-missing",
    severity="low",
    on=(GROUP, SERVERLESS, CLUSTER),
    where=lambda cache: is_possible(lambda: has_own_settings(cache)),
    aliases=("evictions-unwatched",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html",),
)
def elasticache_eviction_alarm_missing(cache: Resource) -> Findings:
    """Check the alarms of the stack."""
    if is_monitored(cache) or not has_own_settings(cache):
        return
    if (reason := may_be_elsewhere(cache.owner, cache.stack)) is not None:
        raise cache.not_evaluated(reason)
    yield cache.fail(
        "no `aws_cloudwatch_metric_alarm` in this stack monitors `Evictions` or memory usage of this cache",
        remedy="Add an `aws_cloudwatch_metric_alarm` on `Evictions` with a dimension for this cache.",
    )
