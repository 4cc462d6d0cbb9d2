"""ElastiCache replication group does not have Multi-AZ with automatic failover.

What: An `aws_elasticache_replication_group` with one node, without automatic failover, or without `multi_az_enabled`.
Why: Nodes fail, and AWS replaces nodes for maintenance. Without a replica that is promoted, the cache is unavailable
    for minutes and then empty, and its clients load the database behind it.
Remedy: Use two or more nodes in two Availability Zones, with automatic failover.
Limitations: One node may be enough for development; disable the policy in that case. Serverless caches always use
    several Availability Zones. The number of nodes in arguments that version 5 of the AWS provider removed
    (`number_cache_clusters`, `cluster_mode`) is not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Argument, Findings, Resource, check_each, is_certain, policy
from plainwork_policies.caches.subjects import GROUP, has_own_settings

_CONSEQUENCES = {
    "automatic_failover_enabled": "no replica is promoted",
    "multi_az_enabled": "all nodes may be in one Availability Zone",
}
_REMOVED_IN_PROVIDER_5 = ("number_cache_clusters", "cluster_mode", "availability_zones")
_SEVERAL_NODES = ("num_node_groups", "preferred_cache_cluster_azs", *_REMOVED_IN_PROVIDER_5)


@policy(
    "PLW_CACHE_008",
    "elasticache-failover-disabled",
    severity="medium",
    on=GROUP,
    where=has_own_settings,
    aliases=("cache-without-failover",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",),
)
def elasticache_failover_disabled(cache: Resource) -> Findings:
    """Check the number of nodes, and the failover between them."""
    yield from check_each([cache], _node_problems)
    if not is_certain(lambda: _has_one_node(cache)):
        yield from check_each([cache[name] for name in _CONSEQUENCES], _switch_problems)


def _has_one_node(cache: Resource) -> bool:
    replicas = cache["replicas_per_node_group"]
    if replicas.is_configured:
        return replicas.number() < 1
    has_several = any(cache[name].raw not in (None, []) for name in _SEVERAL_NODES)
    return cache["num_cache_clusters"].number(default=2 if has_several else 1) < 2  # noqa: PLR2004  one may fail


def _node_problems(cache: Resource) -> Findings:
    if _has_one_node(cache):
        replicas, nodes = cache["replicas_per_node_group"], cache["num_cache_clusters"]
        count, needed = (replicas, 1) if replicas.is_configured else (nodes, 2)
        message = f"`{count.path}` is {count.state}; no replica can be promoted"
        yield count.fail(message, remedy=f"Set `{count.path} = {needed}`.")


def _switch_problems(switch: Argument) -> Findings:
    if not switch.bool():
        message = f"`{switch.path}` is {switch.state}; {_CONSEQUENCES[switch.path]}"
        yield switch.fail(message, remedy=f"Set `{switch.path} = true`.")
