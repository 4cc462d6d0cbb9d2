"""Application Auto Scaling target for ElastiCache is invalid.

What: An `aws_appautoscaling_target` for ElastiCache with a `resource_id` that is not of the `scalable_dimension`, or
    for a replication group with burstable nodes or without node groups.
Why: `terraform plan` accepts any text. Application Auto Scaling rejects the target during apply, or does not scale the
    cache.
Remedy: Scale the node groups or replicas of a replication group with cluster mode, or the nodes of a Memcached cluster.
Limitations: AWS extends the list of node types that can scale, so only burstable ones (`cache.t3`, `cache.t4g`) are
    reported. A replication group that is not defined in this stack is not checked. Of a cluster, only the prefix of its
    ID is checked. The values of `service_namespace` and `scalable_dimension` are checked by `argument-invalid`.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.elasticache import (
    SCALING_CLUSTER_PREFIX,
    SCALING_NAMESPACE,
    SCALING_PREFIXES,
    SCALING_RESOURCE_PREFIX,
    is_burstable,
)
from plainwork_core.model.rendering import render
from plainwork_core.model.values import scalar
from plainwork_core.text import enumeration
from plainwork_policies.api import (
    Findings,
    Resource,
    Stack,
    cached_per_stack,
    check_each,
    is_certain,
    is_possible,
    policy,
    some,
)
from plainwork_policies.caches.subjects import CLUSTER, GROUP

_PREFIXES = {
    "service_namespace": (SCALING_NAMESPACE,),
    "scalable_dimension": (f"{SCALING_NAMESPACE}:",),
    "resource_id": (SCALING_RESOURCE_PREFIX, SCALING_CLUSTER_PREFIX),
}


def is_for_elasticache(target: Resource) -> bool:
    """Return whether one of the arguments shows that the target is a cache."""
    return any(
        is_certain(partial(target[name].starts_with, prefix))
        for name, prefixes in _PREFIXES.items()
        for prefix in prefixes
    )


@policy(
    "PLW_CACHE_012",
    "elasticache-scaling-target-invalid",
    severity="medium",
    on="aws_appautoscaling_target",
    where=is_for_elasticache,
    aliases=("autoscaling-refused",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html",),
)
def elasticache_scaling_target_invalid(target: Resource) -> Findings:
    """Check the arguments of the target, and the replication group."""
    yield from check_each([target], _resource_id_problems)
    for cache in _replication_groups(target):
        yield from _cache_problems(target, cache)


def _resource_id_problems(target: Resource) -> Findings:
    resource_id, prefixes = target["resource_id"], _valid_prefixes(target)
    has_prefix = partial(some, prefixes, resource_id.starts_with)
    if is_possible(has_prefix) and (resource_id.refers_to(GROUP) or resource_id.refers_to(CLUSTER)):
        return  # of a text with an ID that is known after apply, a plan has only the reference
    if not has_prefix():
        valid = enumeration(prefixes, "or")
        message = f"`resource_id` is `{render(resource_id.raw)}`; a valid value begins with {valid}"
        yield resource_id.fail(message, remedy=f"Set `resource_id` to {valid} and the ID of the cache.")


def _valid_prefixes(target: Resource) -> tuple[str, ...]:
    """Return the prefix of the dimension; all prefixes if ElastiCache does not have the dimension."""
    prefix = SCALING_PREFIXES.get(target["scalable_dimension"].string(default=""))
    return (prefix,) if prefix else _PREFIXES["resource_id"]


def _cache_problems(target: Resource, cache: Resource) -> Findings:
    yield from check_each((_node_type_problems, _cluster_mode_problems), lambda check: check(target, cache))


def _node_type_problems(target: Resource, cache: Resource) -> Findings:
    node_type = cache["node_type"].string(default="")
    if is_burstable(node_type):
        message = f"`resource_id` is `{cache.address}` with node type `{node_type}`; burstable node types cannot scale"
        remedy = f"Set `node_type` of `{cache.address}` to a type that can scale, such as `cache.r7g.large`."
        yield target["resource_id"].fail(message, value=node_type, remedy=remedy)


def _cluster_mode_problems(target: Resource, cache: Resource) -> Findings:
    if cache["num_cache_clusters"].is_configured and not cache["num_node_groups"].is_configured:
        message = f"`resource_id` is `{cache.address}`, which has no node groups; scaling requires cluster mode"
        remedy = (
            f"Set `num_node_groups` and `replicas_per_node_group` of `{cache.address}`; remove `num_cache_clusters`."
        )
        yield target["resource_id"].fail(message, value=None, remedy=remedy)


def _replication_groups(target: Resource) -> list[Resource]:
    """Return the replication groups of the stack that the target refers to, or that have its ID."""
    resource_id = target["resource_id"]
    if resource_id.refers_to(GROUP):
        return [resource_id.resource(GROUP)]
    text = render(scalar(resource_id.raw, resource_id.path))
    return _by_resource_id(target.stack).get(text or "", [])


@cached_per_stack
def _by_resource_id(stack: Stack) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for cache in stack.managed(GROUP):
        if (name := render(cache.get("replication_group_id"))) is not None:
            found.setdefault(f"{SCALING_RESOURCE_PREFIX}{name}", []).append(Resource(cache, stack))
    return found
