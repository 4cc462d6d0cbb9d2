from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Network, Provider
from plainwork.errors import ArgumentsError, UnverifiedValueWarning
from plainwork.valkey import (
    CacheUsageLimits,
    CacheUser,
    Eviction,
    ReplacementWarning,
    Scaling,
    ScalingMetric,
    Valkey,
    ValkeyReplicationGroup,
    ValkeyServerless,
)
from tests.support.valkey import KEY_ARN, SUBNETS, USER, VPC, replication_group, serverless

if TYPE_CHECKING:
    from plainwork import Stack

TWO_SHARDS = {"shards": 2}
TIERED = {"shards": 2, "node_type": "cache.r6gd.xlarge"}


def shards(least: Any = 1, most: Any = 4, target: Any = 60, metric: Any = ScalingMetric.PRIMARY_CPU) -> Scaling:
    return Scaling(metric, target, least, most)


def replicas(least: int, most: int, target: int) -> Scaling:
    return Scaling(ScalingMetric.REPLICA_CPU, target, least, most)


NODES: dict[str, tuple[dict[str, Any], str]] = {
    "a node type of EC2": ({"node_type": "m5.large"}, "node_type must be 'cache.', a family and a size"),
    "a node type without a size": ({"node_type": "cache.zzz"}, "as 'cache.r7g.large': got 'cache.zzz'"),
    "an unknown size": ({"node_type": "cache.r7g.huge"}, "node_type must have a size such as small"),
    "a node type by reference": ({"node_type": "${var.node_type}"}, "node_type must be a literal"),
    "a version of Redis": (
        {"version": "6.2"},
        "version must be one of Valkey.V7_2, Valkey.V8_0",
    ),
    "a downgrade": (
        {"version": Valkey.V7_2, "current_version": Valkey.V8_1},
        "version must not be older than current_version, which is '8.1'",
    ),
    "an upgrade from an unknown version": (
        {"current_version": "8.0"},
        "current_version must be one of Valkey.V7_2",
    ),
    "a maxmemory-policy": ({"eviction": "volatile-lru"}, "eviction must be one of Eviction.CACHE, Eviction.STORE"),
    "no replica": ({"replicas": 0}, "replicas must be at least 1, because a failover needs a replica"),
    "too many replicas": ({"replicas": 6}, "replicas must be a whole number from 0 to 5: got 6"),
    "no shard": ({"shards": 0}, "shards must be a whole number from 1 to 500: got 0"),
    "a number of replicas by reference": (
        {"replicas": "${var.replicas}"},
        "replicas must be a literal",
    ),
    "a number of shards by reference": ({"shards": "${var.shards}", "scaling": shards()}, "shards must be a literal"),
    "a range by reference": (
        {"scaling": shards(most="${var.shards}"), **TWO_SHARDS},
        "scaling.max_capacity must be a literal",
    ),
    "a number of shards as text": ({"shards": "2", "scaling": shards()}, "shards must be a whole number"),
    "too many nodes": ({"shards": 300}, "shards and replicas must result in at most 500 nodes: got 600"),
    "a name that is too long": (
        {"replication_group_id": "s" * 41},
        "replication_group_id must be a literal of at most 40",
    ),
    "a name with capitals": ({"replication_group_id": "Sessions"}, "lowercase letters"),
    "a name with two hyphens": ({"replication_group_id": "a--b"}, "single hyphens"),
    "a name by reference": ({"replication_group_id": "${var.name}"}, "must be a literal"),
    "a parameter that eviction sets": (
        {"parameters": {"maxmemory-policy": "volatile-lru"}},
        "parameters must not contain 'maxmemory-policy', which eviction sets",
    ),
    "a parameter that shards set": ({"parameters": {"cluster-enabled": "yes"}}, "which shards sets"),
    "parameters in a list": ({"parameters": ["timeout"]}, "parameters must be a mapping"),
    "an invalid snapshot window": (
        {"snapshot_window": "25:00-26:00"},
        "snapshot_window must be a range of times in UTC",
    ),
    "a short snapshot window": ({"snapshot_window": "02:00-02:30"}, "snapshot_window must be at least an hour long"),
    "an invalid maintenance window": (
        {"maintenance_window": "sun:25:00-sun:26:00"},
        "maintenance_window must be a range",
    ),
    "a maintenance window without a day": ({"maintenance_window": "03:00-04:00"}, "maintenance_window must be a range"),
    "a short maintenance window": ({"maintenance_window": "sun:04:00-sun:04:10"}, "must be at least an hour long"),
    "windows that overlap": ({"maintenance_window": "sun:02:30-sun:04:00"}, "must not overlap: got '02:00-03:00'"),
    "windows that overlap over midnight": (
        {"snapshot_window": "23:30-00:30", "maintenance_window": "mon:00:00-mon:01:00"},
        "must not overlap",
    ),
    "windows that overlap over the week's end": (
        {"snapshot_window": "00:30-01:30", "maintenance_window": "sun:23:30-mon:01:00"},
        "must not overlap",
    ),
    "an invalid retention of logs": ({"log_retention_in_days": 31}, "log_retention_in_days must be one of 1, 3, 5"),
    "scaling without cluster mode": ({"scaling": shards()}, "scaling needs cluster mode: set shards"),
    "scaling by a name": ({"scaling": "shards", **TWO_SHARDS}, "scaling must be such as Scaling(ScalingMetric.MEMORY"),
    "scaling of small nodes": (
        {"scaling": shards(), "node_type": "cache.t4g.small", **TWO_SHARDS},
        "node_type must not be burstable for auto scaling: got 'cache.t4g.small'",
    ),
    "scaling of huge nodes": (
        {"scaling": shards(), "node_type": "cache.r7g.4xlarge", **TWO_SHARDS},
        "the sizes large, xlarge, 2xlarge for auto scaling: got 'cache.r7g.4xlarge'",
    ),
    "a target value above the maximum": (
        {"scaling": shards(target=71), **TWO_SHARDS},
        "target_value must be a whole number",
    ),
    "a metric by its name": ({"scaling": shards(metric="CPU"), **TWO_SHARDS}, "scaling.metric must be one of"),
    "the memory metric with data tiering": (
        {"scaling": shards(metric=ScalingMetric.MEMORY), **TIERED},
        "scaling.metric must be ScalingMetric.CAPACITY or a CPU metric",
    ),
    "more replicas than the maximum": (
        {"scaling": replicas(1, 6, 50), **TWO_SHARDS},
        "scaling.max_capacity must be a whole number from 1 to 5: got 6",
    ),
    "fewer shards than min_capacity": (
        {"scaling": shards(3, 4), **TWO_SHARDS},
        "shards must be between scaling.min_capacity and scaling.max_capacity, 3 and 4: got 2",
    ),
    "an empty range": ({"scaling": shards(4, 1), **TWO_SHARDS}, "4 and 1: got 2"),
}
SERVERLESS: dict[str, tuple[dict[str, Any], str]] = {
    "a name that is too long": ({"name": "p" * 41}, "name must be a literal of at most 40"),
    "a name too long for the default user's id": ({"name": "p" * 33}, "name to at most 32"),
    "a major version as text": ({"version": "8"}, "version must be one of Valkey.V7_2"),
    "a version by reference": ({"version": "${var.version}"}, "version must be one of"),
    "a downgrade": (
        {"version": Valkey.V7_2, "current_version": Valkey.V8_1},
        "version must not be older than current_version, which is '8'",
    ),
    "an upgrade from an unknown version": ({"current_version": "6"}, "current_version must be one of"),
    "no limits": ({"cache_usage_limits": None}, "cache_usage_limits must be CacheUsageLimits(data_storage_maximum=10"),
    "no storage": (
        {"cache_usage_limits": CacheUsageLimits(0, 5_000)},
        "cache_usage_limits.data_storage_maximum must be a whole number from 1 to 5000: got 0",
    ),
    "too much storage": ({"cache_usage_limits": CacheUsageLimits(5_001, 5_000)}, "from 1 to 5000: got 5001"),
    "too few units": (
        {"cache_usage_limits": CacheUsageLimits(1, 999)},
        "ecpu_per_second_maximum must be a whole number from 1000 to",
    ),
    "too many units": ({"cache_usage_limits": CacheUsageLimits(1, 15_000_001)}, "from 1000 to 15000000: got 15000001"),
    "a minimum above the maximum": (
        {"cache_usage_limits": CacheUsageLimits(10, 5_000, data_storage_minimum=11)},
        "cache_usage_limits.data_storage_minimum must not be greater than data_storage_maximum, which is 10: got 11",
    ),
    "a limit by reference": ({"cache_usage_limits": CacheUsageLimits("${var.gb}", 5_000)}, "must be a literal"),  # type: ignore[arg-type]
    "an invalid time of snapshots": (
        {"snapshot_retention_limit": 1, "daily_snapshot_time": "25:00"},
        "daily_snapshot_time must be a time in UTC from 00:00 to 23:59, as '03:00': got '25:00'",
    ),
    "a time without snapshots": ({"daily_snapshot_time": "03:00"}, "daily_snapshot_time must not be set"),
}
BOTH: dict[str, tuple[dict[str, Any], str]] = {
    "no user": (
        {"users": {}},
        "users must have at least one access string by name, as {'web': 'on ~web:* +@read'}: got {}",
    ),
    "the default user": ({"users": {"default": USER}}, "users must not contain 'default'"),
    "a user with capitals": ({"users": {"Web": USER}}, "users must have names of lowercase letters"),
    "a user whose id is too long": ({"users": {"w" * 40: USER}}, "has at most 40 characters"),
    "a user without a password": (
        {"users": {"web": "on nopass ~* +@all"}},
        "users['web'] must not contain 'nopass': an IAM user has no password",
    ),
    "a user in a list": ({"users": {"web": ["on", "~*"]}}, "users['web'] must be an access string"),
    "a password in an access string": (
        {"users": {"web": CacheUser("on >secret ~* +@all")}},
        "must not contain '>secret'",
    ),
    "no password in an access string": (
        {"users": {"web": CacheUser("on nopass ~* +@all")}},
        "must not contain 'nopass'",
    ),
    "a disabled user": ({"users": {"web": "off -@all"}}, "users['web'] must begin with 'on'"),
    "a user without a rule": ({"users": {"web": "on"}}, "contain at least one rule"),
    "snapshots for too long": ({"snapshot_retention_limit": 36}, "snapshot_retention_limit must be a whole number"),
    "a store without snapshots": (
        {"eviction": Eviction.STORE, "snapshot_retention_limit": 0},
        "snapshot_retention_limit must be at least 1 with Eviction.STORE",
    ),
    "a key by its alias": ({"kms_key_id": "alias/sessions"}, "kms_key_id must be an ARN"),
    "a key by its alias's ARN": (
        {"kms_key_id": "arn:aws:kms:eu-west-1:123456789012:alias/sessions"},
        "kms_key_id must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias",
    ),
    "a key of another Region": (
        {"kms_key_id": "arn:aws:kms:eu-central-1:123456789012:key/1a2b3c4d"},
        "kms_key_id must be a key in Region 'eu-west-1'",
    ),
    "one Availability Zone": (
        {"network": Network(VPC, {"euw1-az1": SUBNETS["euw1-az1"]})},
        "network.subnets must be at least 2 subnet ids",
    ),
    "a network of another Region": (
        {"network": Network(VPC, {"euc1-az1": SUBNETS["euw1-az1"], "euc1-az2": SUBNETS["euw1-az2"]})},
        "network.subnets must be keyed by zone ids of eu-west-1",
    ),
    "a VPC alone": ({"network": VPC}, "network must be Network('vpc-...'"),
    "no region": ({"region": "Ireland"}, "region must be the name of an AWS Region"),
    "no clients": ({"clients": {}}, "clients must be a list of clients, or clients by name"),
    "no alarm actions": ({"alarm_actions": None}, "alarm_actions must be given, or set for the stack before"),
    "prevent_destroy without a value": ({"prevent_destroy": None}, "prevent_destroy must be True or False: got None"),
    "more connections than the maximum": (
        {"connections_alarm_threshold": 65_001},
        "connections_alarm_threshold must be a whole number",
    ),
}


def rejected(make: Any, stack: Stack, arguments: dict[str, Any]) -> str:
    with pytest.raises(ArgumentsError) as error:
        make(stack, **arguments)
    return str(error.value)


@pytest.mark.parametrize(("arguments", "rule"), [*NODES.values(), *BOTH.values()], ids=[*NODES, *BOTH])
def test_a_replication_group_rejects(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    message = rejected(replication_group, stack, arguments)
    assert rule in message
    assert message.startswith("ValkeyReplicationGroup 'sessions': invalid arguments:")


@pytest.mark.parametrize(("arguments", "rule"), [*SERVERLESS.values(), *BOTH.values()], ids=[*SERVERLESS, *BOTH])
def test_a_serverless_cache_rejects(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    message = rejected(serverless, stack, arguments)
    assert rule in message
    assert message.startswith("ValkeyServerless 'pages': invalid arguments:")


VALID_NODES: dict[str, dict[str, Any]] = {
    "a small node": {"node_type": "cache.t4g.micro"},
    "a new family": {"node_type": "cache.r9g.24xlarge"},
    "an upgrade": {"version": Valkey.V8_1, "current_version": Valkey.V7_2},
    "no upgrade": {"version": Valkey.V8_1, "current_version": Valkey.V8_1},
    "the most replicas": {"replicas": 5},
    "the most nodes": {"shards": 250},
    "the longest name": {"replication_group_id": "s" * 32},
    "windows side by side": {"snapshot_window": "23:00-00:00", "maintenance_window": "mon:00:00-mon:01:00"},
    "windows by reference": {"snapshot_window": "${var.snapshots}", "maintenance_window": "${var.maintenance}"},
    "scaling of shards": {"scaling": shards(target=70), **TWO_SHARDS},
    "scaling of data on disk": {"scaling": shards(metric=ScalingMetric.CAPACITY), **TIERED},
    "scaling of one shard": {"scaling": replicas(1, 5, 35), "shards": 1},
}
VALID_SERVERLESS: dict[str, dict[str, Any]] = {
    "the least": {"cache_usage_limits": CacheUsageLimits(1, 1_000)},
    "the most": {"cache_usage_limits": CacheUsageLimits(5_000, 15_000_000, 5_000, 15_000_000)},
    "a time": {"snapshot_retention_limit": 35, "daily_snapshot_time": "00:00"},
    "an older minor version": {"version": Valkey.V8_0, "current_version": Valkey.V8_1},
    "two zones": {"network": Network(VPC, dict(list(SUBNETS.items())[:2]))},
}
VALID_BOTH: dict[str, dict[str, Any]] = {
    "a key": {"kms_key_id": KEY_ARN},
    "a key by reference": {"kms_key_id": "${aws_kms_key.main.arn}"},
    "a store with snapshots": {
        "eviction": Eviction.STORE,
        "snapshot_retention_limit": 1,
    },
    "a user with all permissions": {"users": {"admin": "on ~* &* +@all"}},
    "a user by reference": {"users": {"admin": "${var.access}"}},
}


@pytest.mark.parametrize("arguments", [*VALID_NODES.values(), *VALID_BOTH.values()], ids=[*VALID_NODES, *VALID_BOTH])
def test_a_replication_group_accepts(stack: Stack, arguments: dict[str, Any]) -> None:
    replication_group(stack, **arguments)


@pytest.mark.parametrize(
    "arguments", [*VALID_SERVERLESS.values(), *VALID_BOTH.values()], ids=[*VALID_SERVERLESS, *VALID_BOTH]
)
def test_a_serverless_cache_accepts(stack: Stack, arguments: dict[str, Any]) -> None:
    serverless(stack, **arguments)


def test_one_error_has_every_problem(stack: Stack) -> None:
    message = rejected(replication_group, stack, {"node_type": "m5.large", "version": "6.2", "users": {}})
    assert message.count("got") == 3


def required(construct: Any) -> list[str]:
    parameters = signature(construct.__init__).parameters.values()
    return [each.name for each in parameters if each.kind is each.KEYWORD_ONLY and each.default is each.empty]


def test_what_determines_cost_and_availability_has_no_default() -> None:
    assert required(ValkeyReplicationGroup) == [
        "version",
        "eviction",
        "node_type",
        "replicas",
        "network",
        "clients",
        "users",
    ]
    assert required(ValkeyServerless) == ["version", "eviction", "cache_usage_limits", "network", "clients", "users"]


def test_apply_immediately_is_no_argument(stack: Stack) -> None:
    with pytest.raises(TypeError, match="apply_immediately"):
        replication_group(stack, apply_immediately=True)


def test_a_new_major_version_of_a_serverless_cache_is_a_warning(stack: Stack) -> None:
    with pytest.warns(ReplacementWarning, match="before 6.31 replace a serverless cache .* from 7 to 8"):
        serverless(stack, current_version=Valkey.V7_2)


@pytest.mark.parametrize("version", ["~> 6.0", ">= 6.31, < 7.0"])
def test_provider_6_upgrades_a_serverless_cache_in_place(version: str, stack: Stack) -> None:
    Provider(stack, "aws", version=version, region="eu-west-1")
    assert serverless(stack, current_version=Valkey.V7_2)


@pytest.mark.parametrize("node_type", ["cache.r7gd.large", "cache.r8gd.xlarge"])
def test_auto_scaling_of_a_family_that_aws_does_not_list_is_a_warning(stack: Stack, node_type: str) -> None:
    with pytest.warns(UnverifiedValueWarning, match=f"node_type is '{node_type}'; ElastiCache may not scale"):
        replication_group(stack, scaling=shards(), node_type=node_type, **TWO_SHARDS)


def test_a_size_that_is_a_multiple_of_xlarge_is_valid(stack: Stack) -> None:
    replication_group(stack, node_type="cache.m4.10xlarge")


def test_the_same_major_version_is_no_warning(stack: Stack) -> None:
    serverless(stack, current_version=Valkey.V8_1)
