"""Replication groups, serverless caches, clusters, users, and the parameters of a cache.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html
"""

from __future__ import annotations

from plainwork_core.aws.elasticache import MAXMEMORY_POLICY
from plainwork_core.model.connections import is_callers
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Block, Resource, find, is_certain

GROUP, SERVERLESS = "aws_elasticache_replication_group", "aws_elasticache_serverless_cache"
CLUSTER, USER = "aws_elasticache_cluster", "aws_elasticache_user"
AUTH_TOKENS = ("auth_token", "auth_token_wo", "auth_token_wo_version")
"""A plan has no value for a write-only argument, but it has the version."""
WRITE_ONLY_PASSWORDS = ("passwords_wo", "passwords_wo_version")
"""The write-only password of a user."""
DEFAULT_PARAMETER_GROUP = "default."


def has_own_settings(cache: Resource) -> bool:
    """Return whether the settings of a Redis or Valkey cache are its own.

    A node of a replication group has those of the group; it is a cluster without `engine`. A secondary of a global
    datastore has those of the datastore.
    """
    if cache.type == CLUSTER:
        return cache["engine"].is_configured and engine(cache) != "memcached"
    return not cache["global_replication_group_id"].is_set


def engine(cache: Block) -> str:
    """Return the engine in lower case."""
    return cache["engine"].string().lower()


def parameter_group(cache: Resource) -> Resource | None:
    """Return the parameter group; `None` for a default one of AWS."""
    name = cache["parameter_group_name"]
    if not name.is_configured or is_certain(lambda: name.starts_with(DEFAULT_PARAMETER_GROUP)):
        return None
    return name.resource("aws_elasticache_parameter_group", "name")


def maxmemory_policy(group: Resource) -> Argument | None:
    """Return the value of `maxmemory-policy` in a parameter group; `None` if the group does not set it."""
    parameter = find(group.blocks("parameter"), lambda block: block["name"].string(default="") == MAXMEMORY_POLICY)
    return None if parameter is None else parameter["value"]


def is_provided(argument: Argument) -> bool:
    """Return whether an argument has a value that is not empty. A variable may be empty, an attribute is not."""
    value = argument.raw
    if isinstance(value, Unknown) and is_callers(value):
        raise argument.not_evaluated(value)
    return value not in (None, "", [])
