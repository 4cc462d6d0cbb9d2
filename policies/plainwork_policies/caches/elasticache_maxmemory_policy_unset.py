"""ElastiCache parameter maxmemory-policy is not set.

What: An `aws_elasticache_replication_group` whose parameter group does not set `maxmemory-policy`.
Why: The default, `volatile-lru`, evicts keys that expire, and rejects writes if no key expires. A cache whose keys do
    not expire fails when its memory is full. A data store loses keys without an error.
Remedy: Set `maxmemory-policy` to `allkeys-lru` for a cache, or to `noeviction` for a data store.
Limitations: Any value passes, including `volatile-lru`. Serverless caches do not have the parameter. A parameter group
    that is not defined in this stack is not evaluated.
"""

from __future__ import annotations

from plainwork_core.aws.elasticache import MAXMEMORY_POLICY, NO_EVICTION
from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.caches.subjects import GROUP, has_own_settings, maxmemory_policy, parameter_group


@policy(
    "PLW_CACHE_002",
    "elasticache-maxmemory-policy-unset",
    severity="low",
    on=GROUP,
    where=has_own_settings,
    aliases=("eviction-undecided",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",),
)
def elasticache_maxmemory_policy_unset(cache: Resource) -> Findings:
    """Check the parameter group of the cache."""
    group = parameter_group(cache)
    if group is None or maxmemory_policy(group) is None:
        name = f"`{group.address}`" if group else "the default parameter group"
        yield cache["parameter_group_name"].fail(
            f"{name} does not set `{MAXMEMORY_POLICY}`; the default is `volatile-lru`",
            remedy=f"Set `{MAXMEMORY_POLICY}` to `allkeys-lru` for a cache or `{NO_EVICTION}` for a data store.",
        )
