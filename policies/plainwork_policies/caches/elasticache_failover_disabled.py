"""ElastiCache replication group does not have Multi-AZ with automatic failover.

What: an `aws_elasticache_replication_group` of one node, or without automatic failover, or whose nodes may all be in
    one zone (`multi_az_enabled` is off).
Why: a node is replaced now and then, by AWS or by its own end. Without a replica that takes over, the cache is away for
    minutes and comes back empty, and everything behind it gets the whole load at once.
Remedy: two nodes or more, in two zones::

        resource "aws_elasticache_replication_group" "sessions" {
          num_cache_clusters         = 2
          automatic_failover_enabled = true
          multi_az_enabled           = true
        }
Limitations: a cache that nobody misses, in development, may be one node: say so by disabling this policy there.
    Serverless
    caches are in several zones always. A count in an argument that AWS provider 5 took away (`number_cache_clusters`,
    `cluster_mode`) is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.backends.s3 import is_on
from plainwork_policies.caches.groups import replication_groups
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_FAILOVER, _ZONES = "automatic_failover_enabled", "multi_az_enabled"
_BEFORE_PROVIDER_5 = ("number_cache_clusters", "cluster_mode", "availability_zones")
_SAY_MORE_THAN_ONE = ("num_node_groups", "preferred_cache_cluster_azs", *_BEFORE_PROVIDER_5)


@policy(
    "PLW_CACHE_008",
    "elasticache-failover-disabled",
    aliases=("cache-without-failover",),
    severity="medium",
    subjects=replication_groups,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",),
)
def elasticache_failover_disabled(cache: Resource) -> Iterator[Finding]:
    """Judge how many nodes *cache* has, and what happens when one is gone."""
    path, nodes = _nodes_of_a_shard(cache)
    if isinstance(nodes, Unknown):
        yield not_evaluated(path, nodes)
    elif nodes is not None and int(nodes) < 2:  # noqa: PLR2004  one to fail, one to take over
        shard = "each shard" if path == "replicas_per_node_group" else "it"
        yield fail(path, f"has one node: nothing takes over when {shard} is gone", value=nodes, remedy="make it two")
        return
    for name, without in ((_FAILOVER, "no replica takes over"), (_ZONES, "all nodes may be in one zone")):
        value = configured(cache, name)
        if isinstance(value, Unknown):
            yield not_evaluated(name, value)
        elif not is_on(value):
            yield fail(name, f"is off: {without}", value=value, remedy=f"write `{name} = true`")


def _nodes_of_a_shard(cache: Resource) -> tuple[str, Value]:
    """Return how many nodes a shard has, and by which argument; `None` where neither says."""
    replicas = configured(cache, "replicas_per_node_group")
    if replicas is not None:
        return "replicas_per_node_group", replicas if isinstance(replicas, Unknown) else int(replicas) + 1
    count = configured(cache, "num_cache_clusters")
    said = (configured(cache, name) for name in _SAY_MORE_THAN_ONE)
    alone = count is None and all(value in (None, []) for value in said)
    return "num_cache_clusters", 1 if alone else count
