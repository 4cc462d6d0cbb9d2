"""Application Auto Scaling target for ElastiCache is invalid.

What: an `aws_appautoscaling_target` for ElastiCache with another `service_namespace`, with a dimension or a resource
    that there is not, or for a replication group of burstable nodes or without shards.
Why: the AWS provider takes any text. Application Auto Scaling refuses it in the middle of an apply, or never scales,
    which is seen when the load comes.
Remedy: shards or replicas of a cache that has shards::

        resource "aws_appautoscaling_target" "shards" {
          service_namespace  = "elasticache"
          scalable_dimension = "elasticache:replication-group:NodeGroups"
          resource_id        = "replication-group/${aws_elasticache_replication_group.sessions.id}"
          min_capacity       = 2
          max_capacity       = 5
        }
Limitations: the list of node types that scale grows, so that only burstable ones (`cache.t3`, `cache.t4g`) are known
    not to.
    A replication group that is not in the stack is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.elasticache import (
    REPLICAS_DIMENSION,
    SCALING_NAMESPACE,
    SCALING_RESOURCE_PREFIX,
    SHARDS_DIMENSION,
    is_burstable,
)
from plainwork_core.model.connections import configured
from plainwork_core.model.references import referents
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.caches.groups import GROUP
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_DIMENSIONS = (SHARDS_DIMENSION, REPLICAS_DIMENSION)
_PREFIXES = {
    "service_namespace": SCALING_NAMESPACE,
    "scalable_dimension": f"{SCALING_NAMESPACE}:",
    "resource_id": SCALING_RESOURCE_PREFIX,
}


def cache_targets(stack: Stack) -> list[Resource]:
    """Return the scalable targets that are for a cache by what any of their arguments says."""
    return [each for each in stack.managed("aws_appautoscaling_target") if _is_of_cache(each)]


@policy(
    "PLW_CACHE_012",
    "elasticache-scaling-target-invalid",
    aliases=("autoscaling-refused",),
    severity="medium",
    subjects=cache_targets,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html",),
)
def elasticache_scaling_target_invalid(target: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge the arguments of *target*, and the cache that it names."""
    wanted = {"service_namespace": (SCALING_NAMESPACE,), "scalable_dimension": _DIMENSIONS}
    for path, allowed in wanted.items():
        value = target.get(path)
        if isinstance(value, Unknown):
            yield not_evaluated(path, value)
        elif value not in allowed:
            right = enumeration(allowed, "or")
            yield fail(path, f"is `{value}`, but for a cache it is {right}", value=value, remedy=f"write {right}")
    resource_id = target.get("resource_id")
    if isinstance(resource_id, str) and not resource_id.startswith(SCALING_RESOURCE_PREFIX):
        message = f"is `{resource_id}`, which names no replication group"
        remedy = f"write `{SCALING_RESOURCE_PREFIX}` and the group's id"
        yield fail("resource_id", message, value=resource_id, remedy=remedy)
    for cache in _named(target, stack):
        yield from _of_cache(cache)


def _of_cache(cache: Resource) -> Iterator[Finding]:
    node_type, count = cache.get("node_type"), configured(cache, "num_cache_clusters")
    if isinstance(node_type, Unknown):
        yield not_evaluated("resource_id", node_type)
    elif is_burstable(str(node_type)):
        message = f"is `{cache.address}`, of `{node_type}`: ElastiCache does not scale burstable nodes"
        yield fail("resource_id", message, value=node_type, remedy="take a node type such as `cache.r7g.large`")
    if count is not None and configured(cache, "num_node_groups") is None:
        message = f"is `{cache.address}`, which has no shards: ElastiCache scales with cluster mode only"
        remedy = "write `num_node_groups` and `replicas_per_node_group` instead of `num_cache_clusters`"
        yield fail("resource_id", message, remedy=remedy)


def _is_of_cache(target: Resource) -> bool:
    return any((render(target.get(name)) or "").startswith(begin) for name, begin in _PREFIXES.items())


def _named(target: Resource, stack: Stack) -> list[Resource]:
    """Return the caches that *target* names or refers to."""
    value = target.get("resource_id")
    found = (
        [each for each in referents(stack, target, value) if each.type == GROUP] if isinstance(value, Unknown) else []
    )
    return found or _by_resource_id(stack).get(render(value) or "", [])


@cached_per_stack
def _by_resource_id(stack: Stack) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for cache in stack.managed(GROUP):
        if (name := render(cache.get("replication_group_id"))) is not None:
            found.setdefault(f"{SCALING_RESOURCE_PREFIX}{name}", []).append(cache)
    return found
