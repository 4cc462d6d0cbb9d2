"""ElastiCache parameter maxmemory-policy is not set.

What: an `aws_elasticache_replication_group` whose parameter group, one of the stack or AWS's default, does not say
    `maxmemory-policy`.
Why: the default, `volatile-lru`, throws away keys that expire and refuses writes where none does. A cache whose keys do
    not expire fails when it is full; a store loses what nobody may lose, and looks healthy.
Remedy: `allkeys-lru` for a cache, `noeviction` for a store::

        resource "aws_elasticache_parameter_group" "sessions" {
          name   = "sessions-valkey8"
          family = "valkey8"

          parameter {
            name  = "maxmemory-policy"
            value = "allkeys-lru"
          }
        }
Limitations: which policy is right is not judged, `volatile-lru` included where it is written. Serverless caches have
    none to
    choose. A group that is not in the stack is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.caches.groups import eviction_of, parameter_group, replication_groups
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_CACHE_002",
    "elasticache-maxmemory-policy-unset",
    aliases=("eviction-undecided",),
    severity="low",
    subjects=replication_groups,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",),
)
def elasticache_maxmemory_policy_unset(cache: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge whether the parameters of *cache* say what it evicts."""
    group, eviction = parameter_group(cache, stack), eviction_of(cache, stack)
    if isinstance(group, Unknown):
        yield not_evaluated("parameter_group_name", group)
    elif eviction is None:
        whose = f"`{group.address}`" if group else "AWS's default parameter group"
        message = f"takes {whose}, which leaves `maxmemory-policy` at `volatile-lru`: nobody decided what is evicted"
        remedy = "set `maxmemory-policy` in a parameter group: `allkeys-lru` for a cache, `noeviction` for a store"
        yield fail("parameter_group_name", message, remedy=remedy)
    elif isinstance(eviction, Unknown) and group and not _is_chosen(group):
        yield not_evaluated("parameter_group_name", eviction)


def _is_chosen(group: Resource) -> bool:
    names = (block.get("name") for block in group.blocks("parameter") if not isinstance(block, Unknown))
    return any(isinstance(name, str) and name == "maxmemory-policy" for name in names)
