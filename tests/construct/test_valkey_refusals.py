from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork.errors import ArgumentsError
from plainwork.valkey import (
    Eviction,
    IamUser,
    ReplicaScaling,
    ShardMetric,
    ShardScaling,
    UpgradeReplacesWarning,
    UsageLimits,
    Valkey,
    ValkeyReplicationGroup,
)
from tests.support.valkey import KEY_ARN, SUBNETS, USER, replication_group, serverless

if TYPE_CHECKING:
    from plainwork import Stack

TWO_SHARDS = {"shards": 2}
TIERED = {"shards": 2, "node_type": "cache.r6gd.xlarge"}


def shards(least: Any = 1, most: Any = 4, target: Any = 60, metric: Any = ShardMetric.CPU) -> ShardScaling:
    return ShardScaling(least, most, target, metric)


ON_NODES: dict[str, tuple[dict[str, Any], str]] = {
    "a node type of EC2": ({"node_type": "m5.large"}, "node_type must be 'cache.', a family and a size"),
    "a node type without a size": ({"node_type": "cache.zzz"}, "as 'cache.r7g.large': got 'cache.zzz'"),
    "a size that there is not": ({"node_type": "cache.r7g.huge"}, "node_type must have one of the sizes micro, small"),
    "a node type by reference": ({"node_type": "${var.node_type}"}, "node_type must be written out"),
    "a version of Redis": ({"version": "6.2"}, "version must be one of Valkey.V7_2, Valkey.V8_0"),
    "a downgrade": (
        {"version": Valkey.V7_2, "upgraded_from": Valkey.V8_1},
        "version must not be older than upgraded_from, which is '8.1'",
    ),
    "an upgrade from no version": ({"upgraded_from": "8.0"}, "upgraded_from must be one of Valkey.V7_2"),
    "no intent": ({"eviction": "volatile-lru"}, "eviction must be one of Eviction.CACHE, Eviction.STORE"),
    "no replica": ({"replicas": 0}, "replicas must be at least 1, because a failover needs a node to fail over to"),
    "too many replicas": ({"replicas": 6}, "replicas must be a whole number from 0 to 5: got 6"),
    "no shard": ({"shards": 0}, "shards must be a whole number from 1 to 500: got 0"),
    "a number of replicas by reference": (
        {"replicas": "${var.replicas}"},
        "replicas must be written out, because alarms",
    ),
    "a number of shards by reference": ({"shards": "${var.shards}", "scaling": shards()}, "shards must be written out"),
    "a range by reference": (
        {"scaling": shards(most="${var.shards}"), **TWO_SHARDS},
        "scaling max_capacity must be written out",
    ),
    "a number of shards as text": ({"shards": "2", "scaling": shards()}, "shards must be a whole number"),
    "too many nodes": ({"shards": 300}, "shards and replicas must come to at most 500 nodes: got 600"),
    "a name that is too long": ({"replication_group_id": "s" * 41}, "replication_group_id must be at most 40"),
    "a name with capitals": ({"replication_group_id": "Sessions"}, "small letters"),
    "a name with two hyphens": ({"replication_group_id": "a--b"}, "single hyphens"),
    "a name by reference": ({"replication_group_id": "${var.name}"}, "be written out"),
    "a parameter that eviction decides": (
        {"parameters": {"maxmemory-policy": "volatile-lru"}},
        "parameters must not have 'maxmemory-policy', which follows from eviction",
    ),
    "a parameter that shards decide": ({"parameters": {"cluster-enabled": "yes"}}, "which follows from shards"),
    "parameters in a list": ({"parameters": ["timeout"]}, "parameters must be names to values"),
    "snapshots at no time": ({"snapshot_window": "25:00-26:00"}, "snapshot_window must be from one time in UTC"),
    "a short snapshot window": ({"snapshot_window": "02:00-02:30"}, "snapshot_window must be at least an hour long"),
    "maintenance at no time": ({"maintenance_window": "sun:25:00-sun:26:00"}, "maintenance_window must be from one"),
    "maintenance on no day": ({"maintenance_window": "03:00-04:00"}, "maintenance_window must be from one time"),
    "a short maintenance window": ({"maintenance_window": "sun:04:00-sun:04:10"}, "must be at least an hour long"),
    "windows that meet": ({"maintenance_window": "sun:02:30-sun:04:00"}, "must not overlap: got '02:00-03:00'"),
    "windows that meet over midnight": (
        {"snapshot_window": "23:30-00:30", "maintenance_window": "mon:00:00-mon:01:00"},
        "must not overlap",
    ),
    "windows that meet over the week's end": (
        {"snapshot_window": "00:30-01:30", "maintenance_window": "sun:23:30-mon:01:00"},
        "must not overlap",
    ),
    "no such retention of logs": ({"log_retention_in_days": 31}, "log_retention_in_days must be one of 1, 3, 5"),
    "scaling without cluster mode": ({"scaling": shards()}, "scaling needs cluster mode: give shards"),
    "scaling by a name": ({"scaling": "shards", **TWO_SHARDS}, "scaling must be a ShardScaling or a ReplicaScaling"),
    "scaling of small nodes": (
        {"scaling": shards(), "node_type": "cache.t4g.small", **TWO_SHARDS},
        "node_type must be of the families r8g, r7g",
    ),
    "scaling of huge nodes": (
        {"scaling": shards(), "node_type": "cache.r7g.4xlarge", **TWO_SHARDS},
        "the sizes large, xlarge, 2xlarge to be scaled: got 'cache.r7g.4xlarge'",
    ),
    "a target that is too near": ({"scaling": shards(target=71), **TWO_SHARDS}, "target_value must be a whole number"),
    "a metric by its name": ({"scaling": shards(metric="CPU"), **TWO_SHARDS}, "scaling metric must be one of"),
    "memory where there is disk": (
        {"scaling": shards(metric=ShardMetric.MEMORY), **TIERED},
        "scaling metric must be ShardMetric.CAPACITY or ShardMetric.CPU",
    ),
    "more replicas than there can be": (
        {"scaling": ReplicaScaling(1, 6, 50), **TWO_SHARDS},
        "scaling max_capacity must be a whole number from 1 to 5: got 6",
    ),
    "fewer shards than the fewest": (
        {"scaling": shards(3, 4), **TWO_SHARDS},
        "shards must be from scaling min_capacity to scaling max_capacity, which are 3 and 4: got 2",
    ),
    "a range the wrong way round": ({"scaling": shards(4, 1), **TWO_SHARDS}, "which are 4 and 1: got 2"),
}
SERVERLESS: dict[str, tuple[dict[str, Any], str]] = {
    "a name that is too long": ({"name": "p" * 41}, "name must be at most 40"),
    "a name too long for the default user's id": ({"name": "p" * 33}, "name at most 32: got 'ppp"),
    "a minor version": ({"major_engine_version": "8.1"}, "major_engine_version must be one of '7', '8', '9'"),
    "a downgrade": (
        {"major_engine_version": "7", "upgraded_from": "8"},
        "major_engine_version must not be older than upgraded_from, which is '8'",
    ),
    "an upgrade from no version": ({"upgraded_from": "6"}, "upgraded_from must be one of '7', '8', '9': got '6'"),
    "no limits": ({"limits": None}, "limits must be UsageLimits(data_storage_maximum=10"),
    "no storage": (
        {"limits": UsageLimits(0, 5_000)},
        "limits data_storage_maximum must be a whole number from 1 to 5000: got 0",
    ),
    "too much storage": ({"limits": UsageLimits(5_001, 5_000)}, "from 1 to 5000: got 5001"),
    "too few units": ({"limits": UsageLimits(1, 999)}, "ecpu_per_second_maximum must be a whole number from 1000 to"),
    "too many units": ({"limits": UsageLimits(1, 15_000_001)}, "from 1000 to 15000000: got 15000001"),
    "a minimum above the maximum": (
        {"limits": UsageLimits(10, 5_000, data_storage_minimum=11)},
        "limits data_storage_minimum must not be above data_storage_maximum, which is 10: got 11",
    ),
    "a limit by reference": ({"limits": UsageLimits("${var.gb}", 5_000)}, "must be written out"),  # type: ignore[arg-type]
    "snapshots at no time": (
        {"snapshot_retention_limit": 1, "daily_snapshot_time": "25:00"},
        "daily_snapshot_time must be a time of the day in UTC from 00:00 to 23:59, as '03:00': got '25:00'",
    ),
    "snapshots at no given time": ({"snapshot_retention_limit": 1}, "daily_snapshot_time must be a time of the day"),
    "a time without snapshots": ({"daily_snapshot_time": "03:00"}, "daily_snapshot_time is for snapshots"),
}
BOTH: dict[str, tuple[dict[str, Any], str]] = {
    "no user": ({"users": {}}, "users must name at least one, as {'web': IamUser('on ~web:* +@read')}: got {}"),
    "the default user": ({"users": {"default": USER}}, "users must not name 'default'"),
    "a user with capitals": ({"users": {"Web": USER}}, "users must be named by small letters"),
    "a user whose id is too long": ({"users": {"w" * 40: USER}}, "has at most 40 characters"),
    "a user without a password": ({"users": {"web": "on nopass ~* +@all"}}, "users['web'] must be an IamUser"),
    "a password in an access string": ({"users": {"web": IamUser("on >secret ~* +@all")}}, "must have no '>secret'"),
    "no password in an access string": ({"users": {"web": IamUser("on nopass ~* +@all")}}, "must have no 'nopass'"),
    "a user that is off": ({"users": {"web": IamUser("off -@all")}}, "access_string must begin with 'on'"),
    "a user that may do nothing": ({"users": {"web": IamUser("on")}}, "then say what the user may do"),
    "snapshots for too long": ({"snapshot_retention_limit": 36}, "snapshot_retention_limit must be a whole number"),
    "a store without snapshots": (
        {"eviction": Eviction.STORE},
        "snapshot_retention_limit must be at least 1 with Eviction.STORE",
    ),
    "a key by its alias": ({"kms_key_id": "alias/sessions"}, "kms_key_id must be an ARN"),
    "a key by its alias's ARN": (
        {"kms_key_id": "arn:aws:kms:eu-west-1:123456789012:alias/sessions"},
        "kms_key_id must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias",
    ),
    "a key of another region": (
        {"kms_key_id": "arn:aws:kms:eu-central-1:123456789012:key/1a2b3c4d"},
        "kms_key_id must be of a key in region 'eu-west-1'",
    ),
    "one zone": ({"subnets": {"euw1-az1": SUBNETS["euw1-az1"]}}, "subnets must be at least 2 subnet ids"),
    "a zone by its name": ({"subnets": {**SUBNETS, "eu-west-1a": "subnet-0a1b2c3d4e5f60004"}}, "keyed by zone ids"),
    "no region": ({"region": "Ireland"}, "region must be the name of an AWS region"),
    "a VPC by its name": ({"vpc_id": "main"}, "vpc_id must be an id that begins with 'vpc-'"),
    "nobody who connects": ({"clients": {}}, "clients must name who may connect"),
    "nobody to tell": ({"alarm_actions": None}, "alarm_actions must be AlarmActions"),
    "a protection that says neither": ({"prevent_destroy": None}, "prevent_destroy must be True or False: got None"),
    "more connections than there can be": ({"connections_alarm": 65_001}, "connections_alarm must be a whole number"),
}


def refused(make: Any, stack: Stack, arguments: dict[str, Any]) -> str:
    with pytest.raises(ArgumentsError) as refusal:
        make(stack, **arguments)
    return str(refusal.value)


@pytest.mark.parametrize(("arguments", "rule"), [*ON_NODES.values(), *BOTH.values()], ids=[*ON_NODES, *BOTH])
def test_a_replication_group_refuses(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    message = refused(replication_group, stack, arguments)
    assert rule in message
    assert message.startswith("ValkeyReplicationGroup 'sessions': invalid arguments:")


@pytest.mark.parametrize(("arguments", "rule"), [*SERVERLESS.values(), *BOTH.values()], ids=[*SERVERLESS, *BOTH])
def test_a_serverless_cache_refuses(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    message = refused(serverless, stack, arguments)
    assert rule in message
    assert message.startswith("ValkeyServerless 'pages': invalid arguments:")


PASS_ON_NODES: dict[str, dict[str, Any]] = {
    "a small node": {"node_type": "cache.t4g.micro"},
    "a family that is not known yet": {"node_type": "cache.r9g.24xlarge"},
    "an upgrade": {"version": Valkey.V8_1, "upgraded_from": Valkey.V7_2},
    "no upgrade": {"version": Valkey.V8_1, "upgraded_from": Valkey.V8_1},
    "the most replicas": {"replicas": 5},
    "the most nodes": {"shards": 250},
    "the longest name": {"replication_group_id": "s" * 32},
    "windows side by side": {"snapshot_window": "23:00-00:00", "maintenance_window": "mon:00:00-mon:01:00"},
    "windows by reference": {"snapshot_window": "${var.snapshots}", "maintenance_window": "${var.maintenance}"},
    "scaling of shards": {"scaling": shards(target=70), **TWO_SHARDS},
    "scaling of data on disk": {"scaling": shards(metric=ShardMetric.CAPACITY), **TIERED},
    "scaling of one shard": {"scaling": ReplicaScaling(1, 5, 35), "shards": 1},
}
PASS_SERVERLESS: dict[str, dict[str, Any]] = {
    "the least": {"limits": UsageLimits(1, 1_000)},
    "the most": {"limits": UsageLimits(5_000, 15_000_000, 5_000, 15_000_000)},
    "a time": {"snapshot_retention_limit": 35, "daily_snapshot_time": "00:00"},
    "a version by reference": {"major_engine_version": "${var.version}"},
    "two zones": {"subnets": dict(list(SUBNETS.items())[:2])},
}
PASS_BOTH: dict[str, dict[str, Any]] = {
    "a key": {"kms_key_id": KEY_ARN},
    "a key by reference": {"kms_key_id": "${aws_kms_key.main.arn}"},
    "a store with snapshots": {
        "eviction": Eviction.STORE,
        "snapshot_retention_limit": 1,
    },
    "a user of everything": {"users": {"admin": IamUser("on ~* &* +@all")}},
    "a user by reference": {"users": {"admin": IamUser("${var.access}")}},
}


@pytest.mark.parametrize("arguments", [*PASS_ON_NODES.values(), *PASS_BOTH.values()], ids=[*PASS_ON_NODES, *PASS_BOTH])
def test_a_replication_group_takes(stack: Stack, arguments: dict[str, Any]) -> None:
    replication_group(stack, **arguments)


@pytest.mark.parametrize(
    "arguments", [*PASS_SERVERLESS.values(), *PASS_BOTH.values()], ids=[*PASS_SERVERLESS, *PASS_BOTH]
)
def test_a_serverless_cache_takes(stack: Stack, arguments: dict[str, Any]) -> None:
    time = {"daily_snapshot_time": "03:00"} if arguments.get("snapshot_retention_limit") else {}
    serverless(stack, **{**time, **arguments})


def test_everything_that_is_wrong_is_told_at_once(stack: Stack) -> None:
    message = refused(replication_group, stack, {"node_type": "m5.large", "version": "6.2", "users": {}})
    assert message.count("got") == 3


@pytest.mark.parametrize("missing", ["eviction", "node_type", "replicas", "kms_key_id", "snapshot_retention_limit"])
def test_what_costs_or_cannot_change_has_no_default(stack: Stack, missing: str) -> None:
    with pytest.raises(TypeError, match=f"'{missing}'"):
        ValkeyReplicationGroup(stack, "sessions")  # type: ignore[call-arg]  what is refused


def test_nobody_can_ask_for_changes_at_once(stack: Stack) -> None:
    with pytest.raises(TypeError, match="apply_immediately"):
        replication_group(stack, apply_immediately=True)


def test_a_new_major_version_of_a_serverless_cache_is_warned_of(stack: Stack) -> None:
    with pytest.warns(
        UpgradeReplacesWarning, match="replaces a serverless cache, keys and all, to bring it from 7 to 8"
    ):
        serverless(stack, upgraded_from="7")


def test_the_same_major_version_is_not_warned_of(stack: Stack) -> None:
    serverless(stack, upgraded_from="8")
