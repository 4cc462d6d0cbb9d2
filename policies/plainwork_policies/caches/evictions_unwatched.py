"""No alarm tells that a cache evicts, or is full.

What: an `aws_elasticache_replication_group`, or a serverless cache, to which no `aws_cloudwatch_metric_alarm` of the
    stack on `Evictions`, or on how full its memory is, is connected.
Why: a cache that is too small looks healthy: it answers, and throws away what it was given. What it costs shows in the
    database behind it, or in the session that is gone.
Fix: an alarm for each node::

        resource "aws_cloudwatch_metric_alarm" "evictions" {
          for_each = toset(["001", "002"])

          alarm_name          = "sessions-${each.key}-evictions"
          namespace           = "AWS/ElastiCache"
          metric_name         = "Evictions"
          dimensions          = { CacheClusterId = "sessions-${each.key}" }
          statistic           = "Sum"
          period              = 60
          evaluation_periods  = 1
          comparison_operator = "GreaterThanThreshold"
          threshold           = 0
        }
Limits: an alarm is connected by a dimension that names the cache or refers to it; that every node has one is not
    judged. Alarms in another stack, or of a module's caller, are not seen. An expression that names the metric counts
    for every cache.
Link: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.caches.groups import SERVERLESS, caches
from plainwork_policies.connections import module_given
from plainwork_policies.iam.answers import Answer, any_of
from plainwork_policies.iam.arn import written
from plainwork_policies.iam.references import referents
from plainwork_policies.model import Resource, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.settings import Settings
from plainwork_policies.values import Unknown, Value, blocks, look_up, pairs

_METRICS = (
    "Evictions",
    "DatabaseMemoryUsagePercentage",
    "DatabaseMemoryUsageCountedForEvictPercentage",
    "DatabaseCapacityUsagePercentage",
    "DatabaseCapacityUsageCountedForEvictPercentage",
    "BytesUsedForCache",
    "FreeableMemory",
)


@policy("PLW_CACHE_003", "evictions-unwatched", severity="low", subjects=caches)
def evictions_unwatched(cache: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    """Look for an alarm on the evictions of *cache*."""
    alarms = stack.managed("aws_cloudwatch_metric_alarm")
    watched = any_of(_watches(alarm, metric, cache, stack) for alarm in alarms for metric in _metrics(alarm))
    doubts = [each for each in (watched, module_given(cache, stack)) if isinstance(each, Unknown)]
    if watched is True:
        return
    if doubts:
        yield not_evaluated("alarm", doubts[0])
        return
    message = "has no alarm on `Evictions` or its memory in this stack: a cache that is too small looks healthy"
    remedy = "add an `aws_cloudwatch_metric_alarm` on `Evictions` whose dimensions name the cache"
    yield fail("alarm", message, remedy=remedy)


def _metrics(alarm: Resource) -> Iterator[Value]:
    yield alarm.values
    for query in blocks(alarm.values, "metric_query"):
        yield query
        yield from [] if isinstance(query, Unknown) else blocks(query, "metric")


def _watches(alarm: Resource, metric: Value, cache: Resource, stack: Stack) -> Answer:
    if isinstance(metric, Unknown):
        return metric
    expression = metric.get("expression")
    if expression is not None and any(each in (written(expression) or "") for each in _METRICS):
        return True
    name = metric.get("metric_name")
    if isinstance(name, Unknown):
        return name
    if name not in _METRICS:
        return False
    dimensions = metric.get("dimensions")
    if isinstance(dimensions, Unknown) and not list(pairs(dimensions)):
        return dimensions
    return any_of(_names(alarm, value, cache, stack) for _, value in pairs(dimensions))


def _names(alarm: Resource, value: Value, cache: Resource, stack: Stack) -> Answer:
    found = referents(stack, alarm, value) if isinstance(value, Unknown) else []
    own = look_up(cache.values, "name" if cache.type == SERVERLESS else "replication_group_id")
    text, begin = written(value), written(own) if own is not None else None
    if cache in found:
        return True
    if text is not None and begin is not None:
        if text == begin or text.startswith(f"{begin}-"):
            return True
        if _differ(text, f"{begin}-"):
            return False
    if found and all(each.type == cache.type for each in found):
        return False
    if isinstance(value, Unknown):
        return value
    return own if isinstance(own, Unknown) else False


def _differ(text: str, begin: str) -> bool:
    """Tell whether what is known of *text* cannot begin as *begin* does."""
    one, other = (each.partition("${")[0] for each in (text, begin))
    return not (one.startswith(other) or other.startswith(one)) or "${" not in text + begin
