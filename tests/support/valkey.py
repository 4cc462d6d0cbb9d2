"""Caches for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Provider
from plainwork.valkey import (
    AlarmActions,
    CacheUsageLimits,
    CacheUser,
    Eviction,
    ValkeyReplicationGroup,
    ValkeyServerless,
    ValkeyVersion,
)
from tests.support.providers import INSTALLED

if TYPE_CHECKING:
    from plainwork import Stack

KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
SUBNETS = {f"euw1-az{number}": f"subnet-0a1b2c3d4e5f6000{number}" for number in (1, 2, 3)}
USER = CacheUser("on ~web:* +@read +@write")
PAGER = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
_BOTH: dict[str, Any] = {
    "description": "Sessions of signed-in users",
    "eviction": Eviction.CACHE,
    "region": "eu-west-1",
    "vpc_id": "vpc-0123456789abcdef0",
    "subnets": SUBNETS,
    "clients": {"web": "sg-0123456789abcdef0"},
    "users": {"web": USER},
    "kms_key_id": None,
    "snapshot_retention_limit": 0,
    "alarm_actions": PAGER,
}
_NODES: dict[str, Any] = {
    "replication_group_id": "sessions",
    "engine_version": ValkeyVersion.V8_1,
    "node_type": "cache.r7g.large",
    "replicas": 1,
    "snapshot_window": "02:00-03:00",
    "maintenance_window": "sun:03:00-sun:04:00",
    "log_retention_in_days": 30,
}
_SERVERLESS: dict[str, Any] = {
    "name": "pages",
    "engine_version": ValkeyVersion.V8_1,
    "cache_usage_limits": CacheUsageLimits(10, 5_000),
}


def replication_group(stack: Stack, id_: str = "sessions", **arguments: Any) -> ValkeyReplicationGroup:
    """A replication group with defaults for the arguments that a test does not set."""
    _provide(stack)
    return ValkeyReplicationGroup(stack, id_, **{**_BOTH, **_NODES, **arguments})


def serverless(stack: Stack, id_: str = "pages", **arguments: Any) -> ValkeyServerless:
    """A serverless cache with defaults for the arguments that a test does not set."""
    _provide(stack)
    return ValkeyServerless(stack, id_, **{**_BOTH, **_SERVERLESS, **arguments})


def _provide(stack: Stack) -> None:
    if not stack.node.try_find_child("provider.aws"):
        Provider(stack, "aws", version=INSTALLED, region="eu-west-1")
