"""Caches, the engine that they run and the parameter group that they take.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html
"""

from __future__ import annotations

from plainwork_core.aws.elasticache import MAXMEMORY_POLICY
from plainwork_core.model.connections import configured, configured_blocks, resolve_reference
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, look_up

GROUP, SERVERLESS = "aws_elasticache_replication_group", "aws_elasticache_serverless_cache"
CLUSTER = "aws_elasticache_cluster"
DEFAULT_GROUP = "default."


def replication_groups(stack: Stack) -> list[Resource]:
    """Return the replication groups that decide for themselves: those that no global datastore decides for."""
    return [each for each in stack.managed(GROUP) if configured(each, "global_replication_group_id") is None]


def caches(stack: Stack) -> list[Resource]:
    """Return the replication groups and the serverless caches."""
    return [*replication_groups(stack), *stack.managed(SERVERLESS)]


def lone_clusters(stack: Stack) -> list[Resource]:
    """Return the clusters that run Redis or Valkey, or may; one that says no engine is a replication group's node."""
    said = [each for each in stack.managed(CLUSTER) if configured(each, "engine") is not None]
    return [each for each in said if engine_of(each) != "memcached"]


def caches_and_clusters(stack: Stack) -> list[Resource]:
    """Return the replication groups, the serverless caches and the lone clusters."""
    return [*caches(stack), *lone_clusters(stack)]


def engine_of(cache: Resource) -> str | Unknown:
    """Return what *cache* runs: `redis` where nobody says, as the provider has it."""
    engine = configured(cache, "engine")
    return engine if isinstance(engine, Unknown) else str(engine or "redis").lower()


def parameter_group(cache: Resource, stack: Stack) -> Resource | Unknown | None:
    """Return the parameter group of *cache*; `None` where it is one of AWS's defaults."""
    name = configured(cache, "parameter_group_name")
    if name is None or (isinstance(name, str) and name.startswith(DEFAULT_GROUP)):
        return None
    return resolve_reference(cache, name, stack, "aws_elasticache_parameter_group", "name")


def eviction_of(cache: Resource, stack: Stack) -> Value:
    """Return the `maxmemory-policy` that somebody chose for *cache*; `None` where nobody did."""
    group = parameter_group(cache, stack)
    if not isinstance(group, Resource):
        return group
    unknown: Unknown | None = None
    for block in configured_blocks(group, "parameter"):
        name = look_up(block, "name")
        if isinstance(name, Unknown):
            unknown = name
        elif name == MAXMEMORY_POLICY:
            return look_up(block, "value")
    return unknown
