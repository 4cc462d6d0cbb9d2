"""ElastiCache cache is not encrypted in transit or at rest.

What: An `aws_elasticache_replication_group` whose `transit_encryption_enabled` is not `true`, or whose
    `at_rest_encryption_enabled` is `false`, or not set with the engine `redis`. An `aws_elasticache_cluster` of `redis`
    or `valkey`, which does not support encryption at rest.
Why: Without encryption in transit, the network can read passwords and keys. Without encryption at rest, anyone with
    access to a snapshot can read the keys. Encryption at rest cannot be enabled on an existing cache.
Remedy: Set both arguments on a replication group, which may have one node.
Limitations: `transit_encryption_mode = "preferred"`, which also accepts unencrypted connections, is reported by
    `elasticache-transit-encryption-optional`. Without the argument, ElastiCache encrypts some caches of `redis` at rest
    all the same; `StorageEncryptionType` of `DescribeReplicationGroups` shows it. Serverless caches are always
    encrypted. Replication groups of `valkey` are encrypted at rest by default. Clusters of `memcached` and nodes of a
    replication group are not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Argument, Findings, Resource, check_each, is_certain, policy
from plainwork_policies.caches.subjects import CLUSTER, GROUP, engine, has_own_settings

_TRANSIT, _REST = "transit_encryption_enabled", "at_rest_encryption_enabled"


@policy(
    "PLW_CACHE_009",
    "elasticache-unencrypted",
    severity="high",
    on=(GROUP, CLUSTER),
    where=has_own_settings,
    aliases=("cache-unencrypted",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/encryption.html",),
)
def elasticache_unencrypted(cache: Resource) -> Findings:
    """Check encryption in transit and at rest."""
    if cache.type == CLUSTER:
        yield from _cluster_problems(cache)
    else:
        yield from check_each([cache[_TRANSIT], cache[_REST]], _group_problems)


def _cluster_problems(cluster: Resource) -> Findings:
    on_group = f"on an `{GROUP}` with `num_cache_clusters = 1`. This creates a new cache."
    transit = cluster[_TRANSIT]
    if is_certain(lambda: not transit.bool(default=False)):
        yield transit.fail(f"`{_TRANSIT}` is {transit.state}", remedy=f"Set `{_TRANSIT} = true` {on_group}")
    message = f"`engine` is `{engine(cluster)}`; an `{CLUSTER}` does not support encryption at rest"
    yield cluster["engine"].fail(message, remedy=f"Set `{_REST} = true` {on_group}")


def _group_problems(encryption: Argument) -> Findings:
    is_default = encryption.path == _REST and not encryption.is_configured and engine(encryption.block) == "valkey"
    if not is_default and not encryption.bool(default=False):
        remedy = f"Set `{encryption.path} = true`."
        yield encryption.fail(f"`{encryption.path}` is {encryption.state}", remedy=remedy)
