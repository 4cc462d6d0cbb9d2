from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Provider, Resource, Stack, Variable, synthesize
from plainwork.errors import AddressError, GrantError
from plainwork.valkey import (
    AlarmActions,
    CacheUsageLimits,
    Eviction,
    Scaling,
    ScalingMetric,
    Valkey,
    ValkeyReplicationGroup,
    ValkeyServerless,
)
from plainwork.valkey.capacity import Nodes
from tests.support.valkey import (
    BOTH,
    KEY_ARN,
    NODES,
    PAGER,
    SERVERLESS,
    SUBNETS,
    USER,
    replication_group,
    serverless,
)

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SHARDS = Scaling(ScalingMetric.MEMORY, target_value=60, min_capacity=2, max_capacity=4)
REPLICAS = Scaling(ScalingMetric.REPLICA_CPU, target_value=50, min_capacity=1, max_capacity=3)


def made(stack: Stack, type_: str, name: str = "sessions") -> dict[str, Any]:
    """The arguments of a resource."""
    found: dict[str, Any] = synthesize(stack)["resource"][f"aws_{type_}"][name]
    return found


def alarms(stack: Stack) -> dict[str, Any]:
    """Every alarm, by the last part of its name."""
    found = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]
    return {name.partition("_")[2]: alarm for name, alarm in found.items()}


@pytest.fixture
def shop(app: App) -> Stack:
    """A stack with what the constructs take from a stack."""
    shop = Stack(app, "shop")
    Provider(shop, "aws", version="~> 5.100", region="eu-west-1", allowed_account_ids=["123456789012"])
    shop.alarm_actions = PAGER
    return shop


def test_a_replication_group_with_required_arguments(shop: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    ValkeyReplicationGroup(shop, "sessions", **{**BOTH, **NODES, "eviction": Eviction.STORE})
    assert shop == hcl_snapshot


def test_a_replication_group_with_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    role = Resource(stack, "aws_iam_role", "worker", name="worker", assume_role_policy="{}")
    cache = replication_group(
        stack,
        version=Valkey.V9_0,
        current_version=Valkey.V8_1,
        eviction=Eviction.STORE,
        node_type="cache.m7g.xlarge",
        replicas=2,
        shards=2,
        scaling=SHARDS,
        parameters={"notify-keyspace-events": "Ex"},
        clients={
            "web": "sg-0123456789abcdef0",
            "vpn": "10.0.0.0/16",
        },
        users={"web": USER, "worker": "on ~job:* +@all -@dangerous"},
        kms_key_id=KEY_ARN,
        snapshot_retention_limit=35,
        alarm_actions=AlarmActions(*PAGER.alarm, ok=PAGER.alarm),
        connections_alarm_threshold=1_000,
        prevent_destroy=False,
    )
    cache.grant_connect("web", user="web")
    cache.grant_connect(role["name"], user="worker")
    assert stack == hcl_snapshot


def test_a_serverless_cache_with_required_arguments(shop: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    ValkeyServerless(shop, "pages", **BOTH, **SERVERLESS)
    assert shop == hcl_snapshot


@pytest.mark.parametrize(("eviction", "days"), [(Eviction.STORE, 7), (Eviction.CACHE, 0)])
def test_a_store_has_snapshots_by_default(stack: Stack, eviction: Eviction, days: int) -> None:
    replication_group(stack, eviction=eviction)
    serverless(stack, eviction=eviction)
    assert made(stack, "elasticache_replication_group")["snapshot_retention_limit"] == days
    pages = made(stack, "elasticache_serverless_cache", "pages")
    assert (pages["snapshot_retention_limit"], "daily_snapshot_time" in pages) == (days, days > 0)


def test_names_are_those_of_stack_and_construct_by_default(app: App) -> None:
    stack = Stack(app, "Shop_prod")
    replication_group(stack, "user_sessions", replication_group_id=None)
    serverless(stack, name=None)
    group = made(stack, "elasticache_replication_group", "user_sessions")
    assert group["replication_group_id"] == "shop-prod-user-sessions"
    assert made(stack, "elasticache_serverless_cache", "pages")["name"] == "shop-prod-pages"


def test_keys_and_roles_are_also_resources(stack: Stack) -> None:
    key = Resource(stack, "aws_kms_key", "cache")
    role = Resource(stack, "aws_iam_role", "web", assume_role_policy="{}")
    for cache in (replication_group(stack, kms_key_id=key), serverless(stack, kms_key_id=key)):
        assert cache.grant_connect(role, user="web")["role"]
    assert made(stack, "elasticache_replication_group")["kms_key_id"] == "${aws_kms_key.cache.arn}"
    assert made(stack, "elasticache_serverless_cache", "pages")["kms_key_id"] == "${aws_kms_key.cache.arn}"
    assert made(stack, "iam_role_policy", "pages_web")["role"] == "${aws_iam_role.web.name}"


def test_a_client_is_also_a_construct_with_a_security_group(stack: Stack) -> None:
    first = replication_group(stack)
    replication_group(stack, "second", replication_group_id="second", clients=[first]).client_egress_rule(first)
    assert made(stack, "vpc_security_group_egress_rule", "second_sessions")["security_group_id"] == (
        "${aws_security_group.sessions.id}"
    )


def test_a_serverless_cache_with_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    cache = serverless(
        stack,
        eviction=Eviction.STORE,
        cache_usage_limits=CacheUsageLimits(100, 50_000, data_storage_minimum=10, ecpu_per_second_minimum=1_000),
        kms_key_id=KEY_ARN,
        snapshot_retention_limit=35,
        daily_snapshot_time="23:59",
    )
    cache.grant_connect("web", user="web")
    assert stack == hcl_snapshot


@pytest.mark.parametrize("version", Valkey)
def test_engine_version_determines_parameter_group_and_family(stack: Stack, version: Valkey) -> None:
    replication_group(stack, version=version)
    group = made(stack, "elasticache_parameter_group")
    major = version.engine_version[0]
    assert made(stack, "elasticache_replication_group")["engine_version"] == version.engine_version
    assert (group["family"], group["name"]) == (f"valkey{major}", f"sessions-valkey{major}")


def test_every_resource_has_the_engine_valkey(stack: Stack) -> None:
    replication_group(stack)
    serverless(stack)
    resources = synthesize(stack)["resource"]
    engines = [body["engine"] for bodies in resources.values() for body in bodies.values() if "engine" in body]
    assert engines == ["valkey"] * 8


def test_an_iam_user_has_its_id_as_name(stack: Stack) -> None:
    replication_group(stack, users={"web": USER, "batch-jobs": USER})
    users = synthesize(stack)["resource"]["aws_elasticache_user"]
    iam_users = {name: user for name, user in users.items() if user["authentication_mode"] == {"type": "iam"}}
    assert set(iam_users) == {"sessions_web", "sessions_batch_jobs"}
    assert all(user["user_id"] == user["user_name"] for user in iam_users.values())


@pytest.mark.parametrize(
    ("given", "normalized"),
    [
        ("on ~web:* +@read +@write", "on ~web:* -@all +@read +@write"),
        ("on ~web:*  -@all +get", "on ~web:* -@all +get"),
        ("on ~* &* +@all -@dangerous", "on ~* &* +@all -@dangerous"),
        ("on allkeys allcommands", "on allkeys allcommands"),
        ("on (~web:* +get)", "on (~web:* +get)"),
        ("on ~web:*", "on ~web:*"),
        ("${var.access_string}", "${var.access_string}"),
    ],
)
def test_an_access_string_is_normalized_as_elasticache_returns_it(stack: Stack, given: str, normalized: str) -> None:
    Variable(stack, "access_string")
    replication_group(stack, users={"web": given})
    assert made(stack, "elasticache_user", "sessions_web")["access_string"] == normalized


def test_a_user_is_deleted_after_the_group_is_updated(stack: Stack) -> None:
    replication_group(stack)
    assert made(stack, "elasticache_user", "sessions_web")["lifecycle"] == {"create_before_destroy": True}


def test_the_default_user_is_disabled(stack: Stack) -> None:
    replication_group(stack)
    user = made(stack, "elasticache_user", "sessions_default")
    assert (user["user_name"], user["access_string"]) == ("default", "off -@all")
    assert user["authentication_mode"]["type"] == "password"


def test_a_replication_group_requires_users_and_tls(stack: Stack) -> None:
    replication_group(stack)
    group = made(stack, "elasticache_replication_group")
    assert group["user_group_ids"] == ["${aws_elasticache_user_group.sessions.user_group_id}"]
    assert (group["transit_encryption_enabled"], group["transit_encryption_mode"]) == (True, "required")


def test_changes_are_applied_in_the_maintenance_window(stack: Stack) -> None:
    replication_group(stack)
    group = made(stack, "elasticache_replication_group")
    assert group["apply_immediately"] is False
    assert group["auto_minor_version_upgrade"] is False


@pytest.mark.parametrize(("eviction", "policy"), [(Eviction.CACHE, "allkeys-lru"), (Eviction.STORE, "noeviction")])
def test_eviction_sets_maxmemory_policy(stack: Stack, eviction: Eviction, policy: str) -> None:
    replication_group(stack, eviction=eviction, snapshot_retention_limit=1)
    parameters = made(stack, "elasticache_parameter_group")["parameter"]
    assert parameters == [{"name": "maxmemory-policy", "value": policy}]


def test_cluster_mode_sets_cluster_enabled(stack: Stack) -> None:
    replication_group(stack, shards=2)
    parameters = made(stack, "elasticache_parameter_group")["parameter"]
    assert {"name": "cluster-enabled", "value": "yes"} in parameters


@pytest.mark.parametrize(
    ("nodes", "ids"),
    [
        (Nodes(replicas=2), ["001", "002", "003"]),
        (Nodes(replicas=1, shards=1), ["0001-001", "0001-002"]),
        (Nodes(replicas=1, shards=2), ["0001-001", "0001-002", "0002-001", "0002-002"]),
    ],
)
def test_node_ids_have_the_form_of_elasticache(nodes: Nodes, ids: list[str]) -> None:
    assert list(nodes.ids()) == ids


@pytest.mark.parametrize(("scaling", "nodes"), [(SHARDS, 4 * 2), (REPLICAS, 2 * 4)])
def test_alarms_cover_the_nodes_of_the_maximum_capacity(stack: Stack, scaling: Any, nodes: int) -> None:
    replication_group(stack, shards=2, scaling=scaling)
    assert alarms(stack)["memory"]["for_each"] == "${toset(local.sessions_nodes)}"
    assert len(synthesize(stack)["locals"]["sessions_nodes"]) == nodes


@pytest.mark.parametrize(
    ("scaling", "dimension", "ignored"),
    [(SHARDS, "NodeGroups", "num_node_groups"), (REPLICAS, "Replicas", "replicas_per_node_group")],
)
def test_terraform_ignores_the_number_that_is_scaled(stack: Stack, scaling: Any, dimension: str, ignored: str) -> None:
    replication_group(stack, shards=2, scaling=scaling)
    assert made(stack, "elasticache_replication_group")["lifecycle"]["ignore_changes"] == [ignored]
    [target] = synthesize(stack)["resource"]["aws_appautoscaling_target"].values()
    assert target["service_namespace"] == "elasticache"
    assert target["scalable_dimension"] == f"elasticache:replication-group:{dimension}"


def test_a_cache_has_no_alarm_on_evictions(stack: Stack) -> None:
    replication_group(stack)
    assert set(alarms(stack)) == {
        "memory",
        "engine_cpu",
        "cpu",
        "connections",
        "replication_lag",
        "authentication_failures",
    }
    assert alarms(stack)["memory"]["threshold"] == 100


def test_a_store_has_an_alarm_on_evictions(stack: Stack) -> None:
    replication_group(stack, eviction=Eviction.STORE, snapshot_retention_limit=1)
    assert (alarms(stack)["evictions"]["threshold"], alarms(stack)["evictions"]["evaluation_periods"]) == (0, 1)
    assert alarms(stack)["memory"]["threshold"] == 80


@pytest.mark.parametrize(("node_type", "threshold"), [("cache.t4g.small", 45), ("cache.r7g.2xlarge", 90)])
def test_the_cpu_threshold_of_nodes_with_two_cpus_is_halved(stack: Stack, node_type: str, threshold: int) -> None:
    replication_group(stack, node_type=node_type)
    assert alarms(stack)["cpu"]["threshold"] == threshold


def test_a_serverless_cache_has_alarms_on_its_limits(stack: Stack) -> None:
    serverless(stack, cache_usage_limits=CacheUsageLimits(10, 5_000))
    found = alarms(stack)
    assert set(found) == {"data_storage", "ecpu", "throttled_commands", "connections", "authentication_failures"}
    assert found["data_storage"]["threshold"] == 8_000_000_000
    assert found["ecpu"]["threshold"] == 240_000
    assert found["ecpu"]["dimensions"] == {"clusterId": "pages"}


def test_data_tiering_is_enabled_for_node_types_with_ssd(stack: Stack) -> None:
    replication_group(stack, node_type="cache.r6gd.xlarge")
    assert made(stack, "elasticache_replication_group")["data_tiering_enabled"] is True


def test_a_store_has_a_final_snapshot(stack: Stack) -> None:
    replication_group(stack, eviction=Eviction.STORE, snapshot_retention_limit=1)
    assert made(stack, "elasticache_replication_group")["final_snapshot_identifier"] == "sessions-final"


@pytest.mark.parametrize(
    ("shards", "attribute"), [(None, "primary_endpoint_address"), (1, "configuration_endpoint_address")]
)
def test_the_endpoint_depends_on_cluster_mode(stack: Stack, shards: int | None, attribute: str) -> None:
    cache = replication_group(stack, shards=shards)
    assert cache.endpoint == f"${{aws_elasticache_replication_group.sessions.{attribute}}}"


def test_the_endpoint_of_a_serverless_cache(stack: Stack) -> None:
    assert serverless(stack).endpoint == "${aws_elasticache_serverless_cache.pages.endpoint[0].address}"


def test_grant_connect_allows_the_cache_and_the_user(stack: Stack) -> None:
    replication_group(stack).grant_connect("web", user="web")
    [statement] = synthesize(stack)["data"]["aws_iam_policy_document"]["sessions_web"]["statement"]
    assert statement["actions"] == ["elasticache:Connect"]
    assert statement["resources"] == [
        "${aws_elasticache_replication_group.sessions.arn}",
        "${aws_elasticache_user.sessions_web.arn}",
    ]


def test_grant_connect_rejects_an_undefined_user(stack: Stack) -> None:
    with pytest.raises(GrantError, match="user must be one of 'web': got 'admin'"):
        replication_group(stack).grant_connect("web", user="admin")


def test_a_role_has_one_user(stack: Stack) -> None:
    cache = replication_group(stack, users={"web": USER, "admin": USER})
    cache.grant_connect("web", user="web")
    with pytest.raises(AddressError, match=r"duplicate .*sessions_web"):
        cache.grant_connect("web", user="admin")


def test_the_subnet_group_has_one_subnet_for_each_zone(stack: Stack) -> None:
    replication_group(stack)
    assert made(stack, "elasticache_subnet_group")["subnet_ids"] == list(SUBNETS.values())
