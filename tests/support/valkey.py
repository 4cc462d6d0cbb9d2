"""Caches for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Network, Provider
from plainwork.valkey import AlarmActions, CacheUsageLimits, Eviction, Valkey, ValkeyReplicationGroup, ValkeyServerless
from tests.support.providers import INSTALLED

if TYPE_CHECKING:
    from plainwork import Stack

KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
VPC = "vpc-0123456789abcdef0"
SUBNETS = {f"euw1-az{number}": f"subnet-0a1b2c3d4e5f6000{number}" for number in (1, 2, 3)}
NETWORK = Network(VPC, SUBNETS)
USER = "on ~web:* +@read +@write"
PAGER = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
BOTH: dict[str, Any] = {
    "version": Valkey.V8_1,
    "eviction": Eviction.CACHE,
    "network": NETWORK,
    "clients": {"web": "sg-0123456789abcdef0"},
    "users": {"web": USER},
}
NODES: dict[str, Any] = {"node_type": "cache.r7g.large", "replicas": 1}
SERVERLESS: dict[str, Any] = {"cache_usage_limits": CacheUsageLimits(10, 5_000)}
_NAMED: dict[str, Any] = {
    "description": "Sessions of signed-in users",
    "region": "eu-west-1",
    "alarm_actions": PAGER,
}
_WINDOWS = {"snapshot_window": "02:00-03:00", "maintenance_window": "sun:03:00-sun:04:00"}


def replication_group(stack: Stack, id_: str = "sessions", **arguments: Any) -> ValkeyReplicationGroup:
    """A replication group with defaults for the arguments that a test does not set."""
    _provide(stack)
    given = {**BOTH, **NODES, **_NAMED, **_WINDOWS, "replication_group_id": "sessions", **arguments}
    return ValkeyReplicationGroup(stack, id_, **given)


def serverless(stack: Stack, id_: str = "pages", **arguments: Any) -> ValkeyServerless:
    """A serverless cache with defaults for the arguments that a test does not set."""
    _provide(stack)
    return ValkeyServerless(stack, id_, **{**BOTH, **SERVERLESS, **_NAMED, "name": "pages", **arguments})


def _provide(stack: Stack) -> None:
    if not stack.node.try_find_child("provider.aws"):
        Provider(stack, "aws", version=INSTALLED, region="eu-west-1")
