"""ElastiCache cache uses Redis OSS instead of Valkey.

What: an `aws_elasticache_replication_group`, or a serverless cache, that runs `redis`, be it written or the provider's
    default.
Why: Valkey takes the commands of Redis 7. AWS prices it 33 % lower for serverless caches and up to 20 % lower for
    nodes. ElastiCache's Redis ends at 7.1, and newer versions are Valkey's.
Remedy: change the engine, with its version and parameter group; the endpoints stay::

        resource "aws_elasticache_replication_group" "sessions" {
          engine               = "valkey"
          engine_version       = "8.1"
          parameter_group_name = "default.valkey8"
        }
Limitations: what you pay is not compared. AWS upgrades Redis 5.0.6 and newer without downtime, and older ones with
    up to a
    minute of it. Whether a group with an AUTH token, or the primary of a global datastore, changes in place is not
    confirmed: read its plan. Secondaries take the engine of their datastore, and are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown
from plainwork_policies.caches.groups import SERVERLESS, caches, engine_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_NODES = 'write `engine = "valkey"` with a version and a parameter group of its own, and see that the plan is an update'
_SERVERLESS = 'write `engine = "valkey"` and keep `major_engine_version`: another makes a new cache in provider 5.100'


@policy(
    "PLW_CACHE_013",
    "elasticache-redis-instead-of-valkey",
    aliases=("redis-where-valkey-serves",),
    severity="low",
    subjects=caches,
    links=("https://amazonaws.cn/en/elasticache/faqs",),
)
def elasticache_redis_instead_of_valkey(cache: Resource) -> Iterator[Finding]:
    """Judge the engine of *cache*."""
    engine = engine_of(cache)
    if isinstance(engine, Unknown):
        yield not_evaluated("engine", engine)
    elif engine == "redis":
        remedy = _SERVERLESS if cache.type == SERVERLESS else _NODES
        yield fail("engine", "runs `redis`, where `valkey` costs less", value=engine, remedy=remedy)
