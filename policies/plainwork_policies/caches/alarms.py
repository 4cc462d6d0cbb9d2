"""CloudWatch alarms on evictions or memory usage, and the caches that they monitor.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import accumulate

from plainwork_core.frozen import frozen
from plainwork_core.model.conversion import text_of, type_name
from plainwork_core.model.references import referents
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown, Value, blocks, look_up, pairs
from plainwork_policies.api import Resource, Stack, cached_per_stack
from plainwork_policies.caches.subjects import CLUSTER, GROUP, SERVERLESS

_NAMES = {GROUP: "replication_group_id", SERVERLESS: "name", CLUSTER: "cluster_id"}
_METRICS = (
    "Evictions",
    "DatabaseMemoryUsagePercentage",
    "DatabaseMemoryUsageCountedForEvictPercentage",
    "DatabaseCapacityUsagePercentage",
    "DatabaseCapacityUsageCountedForEvictPercentage",
    "BytesUsedForCache",
    "FreeableMemory",
)


def is_monitored(cache: Resource) -> bool:
    """Return whether an alarm of the stack has a dimension for the cache, or an expression for all caches."""
    answer = _is_monitored(cache.owner, _monitored(cache.stack))
    if isinstance(answer, Unknown):
        raise cache.not_evaluated(answer)
    return answer


@frozen()
class _Monitored:
    """What the alarms of a stack monitor.

    Args:
        all_caches: whether they monitor all caches; unknown if they may monitor any.
        addresses: of the resources that dimensions refer to.
        names: the text of dimensions, and each beginning that ends before a hyphen.
        dimensions: the values, each with the resources that it refers to.
        partly_unknown: the values of which a part is unknown.
    """

    all_caches: Ternary
    addresses: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    dimensions: list[tuple[Value, list[ModelResource]]] = field(default_factory=list)
    partly_unknown: list[tuple[Value, list[ModelResource]]] = field(default_factory=list)

    def add(self, value: Value, references: list[ModelResource]) -> None:
        """Add a dimension, and the resources that it refers to."""
        self.addresses.update(resource.address for resource in references)
        self.names.update(accumulate((render(value) or "").split("-"), "{}-{}".format))
        self.dimensions.append((value, references))
        if isinstance(value, Unknown):
            self.partly_unknown.append((value, references))


@cached_per_stack
def _monitored(stack: Stack) -> _Monitored:
    alarms = stack.managed("aws_cloudwatch_metric_alarm")
    metrics = [(alarm, metric) for alarm in alarms for metric in _metrics(alarm)]
    found = _Monitored(any_of(_is_for_all_caches(metric) for _, metric in metrics))
    for alarm, metric in metrics:
        if not isinstance(metric, Unknown) and metric.get("metric_name") in _METRICS:
            for name, member in pairs(metric.get("dimensions")):
                value = text_of(member, f"dimensions.{name}")
                found.add(value, referents(stack, alarm, value) if isinstance(value, Unknown) else [])
    return found


def _metrics(alarm: ModelResource) -> Iterator[Value]:
    yield alarm.values
    for query in blocks(alarm.values, "metric_query"):
        yield query
        yield from [] if isinstance(query, Unknown) else blocks(query, "metric")


def _is_for_all_caches(metric: Value) -> Ternary:
    """Return whether a metric is one of all caches, as in an expression; unknown if it may be one of any."""
    if isinstance(metric, Unknown):
        return metric
    expression, name = (text_of(metric.get(argument, ""), argument) for argument in ("expression", "metric_name"))
    if any(name in (render(expression) or "") for name in _METRICS):
        return True
    if isinstance(name, Unknown):
        return name
    dimensions = metric.get("dimensions", {})
    if not isinstance(dimensions, (Mapping, Unknown)):
        dimensions = Unknown(f"`dimensions` is {type_name(dimensions)}, not a map")
    is_open = name in _METRICS and isinstance(dimensions, Unknown) and not list(pairs(dimensions))
    return dimensions if is_open else False


def _is_monitored(cache: ModelResource, monitored: _Monitored) -> Ternary:
    own = text_of(look_up(cache.values, _NAMES[cache.type]), _NAMES[cache.type])
    name = render(own) if own is not None else None
    if monitored.all_caches is True or cache.address in monitored.addresses or name in monitored.names:
        return True
    if monitored.all_caches is not False:
        return monitored.all_caches
    values = monitored.partly_unknown if isinstance(own, str) else monitored.dimensions
    answers = (_may_name(value, references, cache, own) for value, references in values)
    return next((answer for answer in answers if answer is not False), False)


def _may_name(value: Value, references: list[ModelResource], cache: ModelResource, own: Value) -> Ternary:
    """Return the unknown part of a dimension or of the cache's own name, if the dimension may name the cache."""
    text, name = render(value), render(own) if own is not None else None
    if text is not None and name is not None and _differ(text, f"{name}-"):
        return False
    if references and all(resource.type == cache.type for resource in references):
        return False
    return next((part for part in (value, own) if isinstance(part, Unknown)), False)


def _differ(text: str, beginning: str) -> bool:
    """Return whether the known part of *text* excludes that it begins with *beginning*."""
    one, other = (part.partition("${")[0] for part in (text, beginning))
    return not (one.startswith(other) or other.startswith(one)) or "${" not in text + beginning
