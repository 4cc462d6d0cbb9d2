"""ElastiCache cache is not encrypted in transit or at rest.

What: an `aws_elasticache_replication_group` whose `transit_encryption_enabled` is not true, or whose
    `at_rest_encryption_enabled` is false, or unset where it runs `redis`; an `aws_elasticache_cluster` of `redis` or
    `valkey`, for which ElastiCache has no encryption at rest.
Why: passwords and sessions cross the network for everybody on the way to read, and snapshots lie there as they are.
    Encryption at rest is decided when a cache is made.
Remedy: say both, on a replication group, which may have one node::

        resource "aws_elasticache_replication_group" "sessions" {
          num_cache_clusters         = 1
          at_rest_encryption_enabled = true
          transit_encryption_enabled = true
          transit_encryption_mode    = "required"
        }
Limitations: `transit_encryption_mode = "preferred"`, which also takes clients in the clear, is a step of a migration
    and
    passes. Serverless caches are always encrypted, and groups of `valkey` at rest unless somebody says otherwise.
    Clusters of `memcached`, and those that are nodes of a replication group, are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import is_on
from plainwork_policies.caches.groups import CLUSTER, engine_of, lone_clusters, replication_groups
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_TRANSIT, _REST = "transit_encryption_enabled", "at_rest_encryption_enabled"
_NEW = "make it an `aws_elasticache_replication_group` with `num_cache_clusters = 1`, a new cache, and encrypt that"


def groups_and_clusters(stack: Stack) -> list[Resource]:
    """Return the replication groups and the lone clusters."""
    return [*replication_groups(stack), *lone_clusters(stack)]


@policy(
    "PLW_CACHE_009",
    "elasticache-unencrypted",
    aliases=("cache-unencrypted",),
    severity="high",
    subjects=groups_and_clusters,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/encryption.html",),
)
def elasticache_unencrypted(cache: Resource) -> Iterator[Finding]:
    """Judge both encryptions of *cache*."""
    yield from _of_cluster(cache) if cache.type == CLUSTER else _of_group(cache)


def _of_cluster(cluster: Resource) -> Iterator[Finding]:
    engine, transit = engine_of(cluster), configured(cluster, _TRANSIT)
    if isinstance(engine, Unknown):
        yield not_evaluated("engine", engine)
        return
    if not isinstance(transit, Unknown) and not is_on(transit):
        said = "is unset" if transit is None else "is false"
        yield fail(_TRANSIT, f"{said}: nothing is encrypted on the way", value=transit, remedy=_NEW)
    message = f"is `{engine}` in a lone cluster: nothing is encrypted at rest, nor can be"
    yield fail("engine", message, value=engine, remedy=_NEW)


def _of_group(cache: Resource) -> Iterator[Finding]:
    engine = engine_of(cache)
    for name, where in ((_TRANSIT, "on the way"), (_REST, "at rest")):
        value = configured(cache, name)
        doubt = engine if value is None and name == _REST else value
        if isinstance(doubt, Unknown):
            yield not_evaluated(name, doubt)
        elif not is_on(value) and not (value is None and name == _REST and engine == "valkey"):
            remedy = f"write `{name} = true`"
            said = "is unset" if value is None else "is false"
            yield fail(name, f"{said}: nothing is encrypted {where}", value=value, remedy=remedy)
