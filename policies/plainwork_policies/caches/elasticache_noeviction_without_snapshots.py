"""ElastiCache replication group with noeviction does not have automatic backups.

What: an `aws_elasticache_replication_group` whose parameter group says `noeviction`, so that it is a store and no
    cache, and whose `snapshot_retention_limit` is 0 or unset.
Why: who keeps keys from being evicted needs them. When the nodes are gone together, or somebody deletes the wrong
    thing, nothing is left of them.
Remedy: keep some days::

        resource "aws_elasticache_replication_group" "sessions" {
          parameter_group_name      = aws_elasticache_parameter_group.noeviction.name
          snapshot_retention_limit  = 7
          snapshot_window           = "02:00-03:00"
          final_snapshot_identifier = "sessions-final"
        }
Limitations: a parameter group that is not in the stack is not seen. Backups by AWS Backup or by hand are not seen
    either.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.elasticache import NO_EVICTION
from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.caches.groups import eviction_of, replication_groups
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_KEPT = "snapshot_retention_limit"


def stores(stack: Stack) -> list[Resource]:
    """Return the replication groups that evict nothing."""
    evictions = ((each, eviction_of(each, stack)) for each in replication_groups(stack))
    return [each for each, eviction in evictions if isinstance(eviction, str) and eviction == NO_EVICTION]


@policy(
    "PLW_CACHE_010",
    "elasticache-noeviction-without-snapshots",
    aliases=("store-without-snapshots",),
    severity="medium",
    subjects=stores,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html",),
)
def elasticache_noeviction_without_snapshots(cache: Resource) -> Iterator[Finding]:
    """Judge how many days of snapshots *cache* keeps."""
    kept = configured(cache, _KEPT)
    if isinstance(kept, Unknown):
        yield not_evaluated(_KEPT, kept)
    elif not int(kept or 0):
        message = f"evicts nothing (`{NO_EVICTION}`), and keeps no snapshot: what is lost stays lost"
        yield fail(_KEPT, message, value=kept, remedy=f"write `{_KEPT} = 7`, or let it evict: `allkeys-lru`")
