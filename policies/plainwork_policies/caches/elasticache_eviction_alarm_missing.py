"""ElastiCache cache has no alarm on evictions or memory usage.

What: an `aws_elasticache_replication_group`, a serverless cache, or an `aws_elasticache_cluster` of `redis` or
    `valkey`, to which no `aws_cloudwatch_metric_alarm` of the stack on `Evictions`, or on how full its memory is, is
    connected.
Why: a cache that is too small looks healthy: it answers, and throws away what it was given. What it costs shows in the
    database behind it, or in the session that is gone.
Remedy: an alarm for each node::

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
Limitations: an alarm is connected by a dimension that names the cache or refers to it; that every node has one is not
    judged. Alarms in another stack are not seen; in a module, whose caller may add them, nothing is evaluated. An
    expression that names the metric counts for every cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from plainwork_core.model.connections import may_be_elsewhere
from plainwork_core.model.references import referents
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown, Value, blocks, look_up, pairs
from plainwork_policies.caches.groups import CLUSTER, GROUP, SERVERLESS, caches_and_clusters, engine_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_OWN = {GROUP: "replication_group_id", SERVERLESS: "name", CLUSTER: "cluster_id"}
_METRICS = (
    "Evictions",
    "DatabaseMemoryUsagePercentage",
    "DatabaseMemoryUsageCountedForEvictPercentage",
    "DatabaseCapacityUsagePercentage",
    "DatabaseCapacityUsageCountedForEvictPercentage",
    "BytesUsedForCache",
    "FreeableMemory",
)


@policy(
    "PLW_CACHE_003",
    "elasticache-eviction-alarm-missing",
    aliases=("evictions-unwatched",),
    severity="low",
    subjects=caches_and_clusters,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html",),
)
def elasticache_eviction_alarm_missing(cache: Resource, stack: Stack) -> Iterator[Finding]:
    """Look for an alarm on the evictions of *cache*."""
    watched = _is_watched(cache, stack)
    engine = engine_of(cache) if cache.type == CLUSTER else None
    doubts = [each for each in (watched, engine, may_be_elsewhere(cache, stack)) if isinstance(each, Unknown)]
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


@dataclass(frozen=True)
class _Watched:
    """What the alarms of a stack on evictions watch.

    Args:
        every: whether that is every cache, or may be any.
        addresses: of what dimensions refer to.
        names: what dimensions say, and each beginning of it that ends before a hyphen.
        dimensions: the values themselves, each with what it refers to.
        unclear: those of which a part is not known.
    """

    every: Ternary
    addresses: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    dimensions: list[tuple[Value, list[Resource]]] = field(default_factory=list)
    unclear: list[tuple[Value, list[Resource]]] = field(default_factory=list)

    def add(self, value: Value, found: list[Resource]) -> None:
        """Add the dimension *value*, which refers to *found*."""
        self.addresses.update(each.address for each in found)
        self.names.update(accumulate((render(value) or "").split("-"), "{}-{}".format))
        self.dimensions.append((value, found))
        if isinstance(value, Unknown):
            self.unclear.append((value, found))


@cached_per_stack
def _watched(stack: Stack) -> _Watched:
    metrics = [(alarm, each) for alarm in stack.managed("aws_cloudwatch_metric_alarm") for each in _metrics(alarm)]
    found = _Watched(any_of(_watches_all(metric) for _, metric in metrics))
    for alarm, metric in metrics:
        if not isinstance(metric, Unknown) and metric.get("metric_name") in _METRICS:
            for _, value in pairs(metric.get("dimensions")):
                found.add(value, referents(stack, alarm, value) if isinstance(value, Unknown) else [])
    return found


def _watches_all(metric: Value) -> Ternary:
    """Tell whether *metric* is about every cache, as an expression may be; unknown where it may be about any."""
    if isinstance(metric, Unknown):
        return metric
    expression = metric.get("expression")
    if expression is not None and any(each in (render(expression) or "") for each in _METRICS):
        return True
    name, dimensions = metric.get("metric_name"), metric.get("dimensions")
    if isinstance(name, Unknown):
        return name
    is_open = name in _METRICS and isinstance(dimensions, Unknown) and not list(pairs(dimensions))
    return dimensions if is_open else False


def _is_watched(cache: Resource, stack: Stack) -> Ternary:
    watched = _watched(stack)
    own = look_up(cache.values, _OWN[cache.type])
    begin = render(own) if own is not None else None
    if watched.every is True or cache.address in watched.addresses or begin in watched.names:
        return True
    values = watched.unclear if isinstance(own, str) else watched.dimensions
    answers = (_may_name(value, found, cache, own) for value, found in values)
    doubt = next((each for each in answers if each is not False), False)
    return watched.every if watched.every is not False else doubt


def _may_name(value: Value, found: list[Resource], cache: Resource, own: Value) -> Ternary:
    """Return what is unknown, where *value*, made of *found*, may name *cache*, whose own name is *own*."""
    text, begin = render(value), render(own) if own is not None else None
    if text is not None and begin is not None and _differ(text, f"{begin}-"):
        return False
    if found and all(each.type == cache.type for each in found):
        return False
    return next((each for each in (value, own) if isinstance(each, Unknown)), False)


def _differ(text: str, begin: str) -> bool:
    """Tell whether what is known of *text* cannot begin as *begin* does."""
    one, other = (each.partition("${")[0] for each in (text, begin))
    return not (one.startswith(other) or other.startswith(one)) or "${" not in text + begin
