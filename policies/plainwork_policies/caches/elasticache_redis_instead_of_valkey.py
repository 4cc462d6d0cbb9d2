"""ElastiCache cache uses Redis OSS instead of Valkey.

What: An `aws_elasticache_replication_group` or `aws_elasticache_serverless_cache` with the engine `redis`, which is the
    default of the provider.
Why: Valkey is compatible with Redis OSS 7. AWS charges 33 % less for serverless caches and up to 20 % less for nodes.
    The last version of Redis OSS on ElastiCache is 7.1.
Remedy: Set `engine`, `engine_version` and the parameter group to those of Valkey. The endpoints of the cache do not
    change.
Limitations: Prices are not compared. AWS upgrades Redis OSS 5.0.6 and later without downtime, and earlier versions with
    up to a minute of downtime. It is not confirmed that a replication group with an AUTH token, or the primary of a
    global datastore, is updated in place; review the plan. Secondaries have the engine of their global datastore and
    are not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.caches.subjects import GROUP, SERVERLESS, engine, has_own_settings

_REMEDIES = {
    GROUP: 'Set `engine = "valkey"` with a Valkey `engine_version` and parameter group; the plan should be an update.',
    SERVERLESS: 'Set `engine = "valkey"` and keep `major_engine_version`; a provider before 6.31 may replace it.',
}


@policy(
    "PLW_CACHE_013",
    "elasticache-redis-instead-of-valkey",
    severity="low",
    on=(GROUP, SERVERLESS),
    where=has_own_settings,
    aliases=("redis-where-valkey-serves",),
    links=("https://amazonaws.cn/en/elasticache/faqs",),
)
def elasticache_redis_instead_of_valkey(cache: Resource) -> Findings:
    """Check `engine`."""
    argument = cache["engine"]
    if engine(cache) == "redis":
        state = argument.state if argument.is_configured else "not set, which means `redis`"
        message = f"`engine` is {state}; `valkey` is compatible and costs less"
        yield argument.fail(message, value="redis", remedy=_REMEDIES[cache.type])
