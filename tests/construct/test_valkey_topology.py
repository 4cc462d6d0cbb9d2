"""Cluster mode on the way, durability, IP versions, global datastores, and users with passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Ephemeral, Network, Provider, Stack, Variable, synthesize
from plainwork.errors import ArgumentsError, GrantError, UnverifiedValueWarning
from plainwork.valkey import CacheUser, Scaling, ScalingMetric, Valkey
from tests.support.valkey import USER, VPC, replication_group, serverless

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

GROUP = "aws_elasticache_replication_group"
DURABLE = {"version": Valkey.V9_0, "shards": 2}
SCALING = Scaling(ScalingMetric.MEMORY, 60, 2, 4)
DATASTORE = "ldgnf-sessions"


@pytest.fixture
def stack(app: App) -> Stack:
    """A stack with provider 6."""
    stack = Stack(app, "demo")
    Provider(stack, "aws", version="~> 6.51", region="eu-west-1")
    return stack


@pytest.fixture
def old(app: App) -> Stack:
    """A stack with provider 5."""
    stack = Stack(app, "old")
    Provider(stack, "aws", version="~> 5.100", region="eu-west-1")
    return stack


def group(stack: Stack, name: str = "sessions") -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"][GROUP][name]
    return found


def password(stack: Stack) -> CacheUser:
    secret = Ephemeral(stack, "aws_secretsmanager_secret_version", "cache", secret_id="cache/legacy")
    return CacheUser("on ~job:* +@read", passwords_wo=secret["secret_string"], passwords_wo_version=1)


def rejected(stack: Stack, make: Any = replication_group, **arguments: Any) -> str:
    with pytest.raises(ArgumentsError) as error:
        make(stack, **arguments)
    return str(error.value)


def test_a_durable_cache_with_both_ip_versions_and_a_password(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    users = {"web": USER, "legacy": password(stack)}
    replication_group(stack, durability="sync", network_type="dual_stack", ip_discovery="ipv6", users=users, **DURABLE)
    assert stack == hcl_snapshot


def test_a_global_datastore_with_a_secondary_in_another_region(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    primary = replication_group(stack, shards=2, global_replication_group_id_suffix="sessions")
    assert primary.global_datastore
    replication_group(
        stack,
        "replica",
        shards=2,
        region="eu-central-1",
        network=Network(VPC, {"euc1-az1": "subnet-0a1b2c3d4e5f60011", "euc1-az2": "subnet-0a1b2c3d4e5f60012"}),
        global_replication_group_id=primary.global_datastore,
    )
    assert stack == hcl_snapshot


@pytest.mark.parametrize("durability", ["sync", "async", "disabled"])
def test_durability_is_written(stack: Stack, durability: Any) -> None:
    replication_group(stack, durability=durability, **DURABLE)
    assert group(stack)["durability"] == durability


def test_a_cache_that_is_not_durable_needs_no_cluster_mode(stack: Stack) -> None:
    replication_group(stack, durability="disabled")
    assert group(stack)["durability"] == "disabled"


DURABILITY: dict[str, tuple[dict[str, Any], str]] = {
    "a name": ({**DURABLE, "durability": "always"}, "durability must be one of 'sync', 'async', 'disabled'"),
    "an older version": ({"shards": 2, "durability": "sync"}, "durability needs Valkey 9.0 or later"),
    "cluster mode disabled": (
        {"version": Valkey.V9_0, "durability": "sync"},
        "durability needs cluster mode: set shards",
    ),
    "data tiering": (
        {**DURABLE, "durability": "sync", "node_type": "cache.r6gd.xlarge"},
        "durability needs a node_type that is not burstable and has no data tiering",
    ),
    "a global datastore": (
        {**DURABLE, "durability": "sync", "global_replication_group_id_suffix": "sessions"},
        "durability must not be set in a global datastore: got 'sync'",
    ),
}


@pytest.mark.parametrize(("arguments", "rule"), DURABILITY.values(), ids=DURABILITY)
def test_durability_rejects(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    assert rule in rejected(stack, **arguments)


def test_durability_needs_a_provider_that_has_it(old: Stack) -> None:
    message = rejected(old, durability="sync", **DURABLE)
    assert "durability needs provider 6.51 or later: this stack requires `~> 5.100`" in message


def test_durability_on_a_family_that_aws_does_not_list_is_a_warning(stack: Stack) -> None:
    with pytest.warns(UnverifiedValueWarning, match="may have no durability on this family"):
        replication_group(stack, durability="sync", node_type="cache.r9g.large", **DURABLE)


def test_the_cluster_mode_compatible_has_a_parameter_group_of_its_own(stack: Stack) -> None:
    cache = replication_group(stack, cluster_mode="compatible")
    [parameters] = synthesize(stack)["resource"]["aws_elasticache_parameter_group"].values()
    assert parameters["name"] == "sessions-valkey8-compatible"
    assert {"name": "cluster-enabled", "value": "yes"} in parameters["parameter"]
    assert (group(stack)["cluster_mode"], group(stack)["num_cache_clusters"]) == ("compatible", 2)
    assert cache.endpoint.endswith(".configuration_endpoint_address}")


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ({"cluster_mode": "enabled"}, "cluster_mode must be 'compatible', or None"),
        ({"cluster_mode": "compatible", "shards": 1}, "cluster_mode must be None with shards"),
        ({"cluster_mode": "compatible", "scaling": SCALING}, "scaling needs cluster mode"),
        (
            {"cluster_mode": "compatible", "global_replication_group_id_suffix": "sessions"},
            "cluster_mode must not be set in a global datastore",
        ),
    ],
)
def test_the_cluster_mode_compatible_rejects(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    assert rule in rejected(stack, **arguments)


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ({}, (None, None)),
        ({"network_type": "ipv4"}, ("ipv4", None)),
        ({"network_type": "ipv6"}, ("ipv6", "ipv6")),
        ({"network_type": "dual_stack", "ip_discovery": "ipv4"}, ("dual_stack", "ipv4")),
        ({"network_type": "${var.network_type}", "ip_discovery": "ipv6"}, ("${var.network_type}", "ipv6")),
    ],
)
def test_ip_versions_are_written(stack: Stack, arguments: dict[str, Any], written: tuple[Any, Any]) -> None:
    Variable(stack, "network_type")
    replication_group(stack, **arguments)
    assert (group(stack).get("network_type"), group(stack).get("ip_discovery")) == written


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ({"network_type": "dualstack"}, "network_type must be one of 'ipv4', 'ipv6', 'dual_stack'"),
        ({"network_type": "dual_stack"}, "ip_discovery must be set with network_type 'dual_stack'"),
        ({"ip_discovery": "ipv6"}, "ip_discovery must be 'ipv4' with network_type 'ipv4'"),
        ({"network_type": "ipv6", "ip_discovery": "ipv4"}, "ip_discovery must be 'ipv6' with network_type 'ipv6'"),
        (
            {"network_type": "ipv6", "node_type": "cache.t2.small"},
            "network_type 'ipv6' needs a node_type of the Nitro system",
        ),
        (
            {"network_type": "ipv6", "global_replication_group_id_suffix": "sessions"},
            "network_type must not be set in a global datastore",
        ),
    ],
)
def test_ip_versions_reject(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    assert rule in rejected(stack, **arguments)


def test_a_serverless_cache_has_a_network_type(stack: Stack) -> None:
    serverless(stack, network_type="dual_stack")
    [cache] = synthesize(stack)["resource"]["aws_elasticache_serverless_cache"].values()
    assert cache["network_type"] == "dual_stack"


def test_the_network_type_of_a_serverless_cache_needs_provider_6(old: Stack) -> None:
    message = rejected(old, serverless, network_type="dual_stack")
    assert "network_type is not available: `network_type` came with provider 6" in message


def test_a_global_datastore_changes_what_its_primary_ignores(stack: Stack) -> None:
    replication_group(stack, shards=2, global_replication_group_id_suffix="sessions")
    datastore = synthesize(stack)["resource"]["aws_elasticache_global_replication_group"]["sessions"]
    assert (datastore["cache_node_type"], datastore["engine_version"], datastore["num_node_groups"]) == (
        "cache.r7g.large",
        "8.1",
        2,
    )
    assert group(stack)["lifecycle"]["ignore_changes"] == [
        "engine_version",
        "node_type",
        "parameter_group_name",
        "num_node_groups",
    ]


def test_a_failover_to_another_region_is_no_change_of_the_datastore(stack: Stack) -> None:
    replication_group(stack, global_replication_group_id_suffix="sessions")
    datastore = synthesize(stack)["resource"]["aws_elasticache_global_replication_group"]["sessions"]
    assert datastore["lifecycle"]["ignore_changes"] == ["primary_replication_group_id"]


@pytest.mark.parametrize(("shards", "number"), [(None, {"num_cache_clusters": 2}), (3, {"replicas_per_node_group": 1})])
def test_a_secondary_has_only_its_own_arguments(stack: Stack, shards: int | None, number: dict[str, int]) -> None:
    replication_group(stack, shards=shards, global_replication_group_id=DATASTORE)
    secondary = group(stack)
    assert number.items() <= secondary.items()
    assert not secondary.keys() & {
        "engine",
        "engine_version",
        "node_type",
        "num_node_groups",
        "parameter_group_name",
        "transit_encryption_enabled",
        "transit_encryption_mode",
        "at_rest_encryption_enabled",
    }
    assert "aws_elasticache_parameter_group" not in synthesize(stack)["resource"]


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (
            {"global_replication_group_id_suffix": "sessions", "global_replication_group_id": DATASTORE},
            "global_replication_group_id_suffix and global_replication_group_id are mutually exclusive",
        ),
        ({"global_replication_group_id_suffix": "Sessions"}, "must have lowercase letters"),
        (
            {"global_replication_group_id_suffix": "sessions", "node_type": "cache.t4g.medium"},
            "node_type must have at least the size large in a global datastore",
        ),
        (
            {"global_replication_group_id_suffix": "sessions", "shards": 2, "scaling": SCALING},
            "scaling must not be set in a global datastore",
        ),
    ],
)
def test_a_global_datastore_rejects(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    assert rule in rejected(stack, **arguments)


def test_a_secondary_needs_provider_6(old: Stack) -> None:
    message = rejected(old, global_replication_group_id=DATASTORE)
    assert "global_replication_group_id needs provider 6: provider 5 plans a secondary with the engine redis" in message


def test_a_primary_needs_no_provider_6(old: Stack) -> None:
    assert replication_group(old, global_replication_group_id_suffix="sessions").global_datastore


def test_a_global_datastore_of_a_family_that_aws_does_not_list_is_a_warning(stack: Stack) -> None:
    with pytest.warns(UnverifiedValueWarning, match="may have no global datastore on this family"):
        replication_group(stack, global_replication_group_id_suffix="sessions", node_type="cache.r8g.large")


def test_a_user_with_a_password_has_no_authentication_mode(stack: Stack) -> None:
    replication_group(stack, users={"legacy": password(stack)})
    user = synthesize(stack)["resource"]["aws_elasticache_user"]["sessions_legacy"]
    assert user["passwords_wo"] == "${ephemeral.aws_secretsmanager_secret_version.cache.secret_string}"
    assert user["passwords_wo_version"] == 1
    assert "authentication_mode" not in user
    assert synthesize(stack)["terraform"]["required_version"] == ">= 1.11"


def test_a_role_does_not_connect_as_a_user_with_a_password(stack: Stack) -> None:
    cache = replication_group(stack, users={"legacy": password(stack)})
    with pytest.raises(GrantError, match="user 'legacy' has a password"):
        cache.grant_connect("web", user="legacy")


@pytest.mark.parametrize("value", ["${var.password}", "${local.password}", '${jsondecode(var.secret)["password"]}'])
def test_a_password_is_a_value_that_terraform_does_not_store(stack: Stack, value: str) -> None:
    Variable(stack, "password", ephemeral=True)
    Variable(stack, "secret", ephemeral=True)
    for make in (replication_group, serverless):
        make(stack, users={"legacy": CacheUser("on ~* +@read", passwords_wo=value, passwords_wo_version=1)})


@pytest.mark.parametrize(
    ("user", "rule"),
    [
        (("hunter2hunter2hunter2", 1), "users['legacy'].passwords_wo must be an ephemeral value"),
        (("hunter2hunter2hunter2", 1), "got a literal"),
        (("${random_password.legacy.result}", 1), "got a value that the state contains"),
        (("${data.aws_secretsmanager_secret_version.cache.secret_string}", 1), "got a value that the state contains"),
        (("${var.password}", None), "passwords_wo_version must be set; increase it to write a new password"),
        (("${var.password}", 0), "passwords_wo_version must be a whole number from 1"),
        ((None, 1), "users['legacy'].passwords_wo_version needs passwords_wo"),
    ],
)
def test_a_password_rejects(stack: Stack, user: tuple[Any, Any], rule: str) -> None:
    message = rejected(stack, users={"legacy": CacheUser("on ~* +@read", *user)})
    assert rule in message
    assert "hunter2" not in message


def test_a_password_needs_provider_6(old: Stack) -> None:
    user = CacheUser("on ~* +@read", passwords_wo="${var.password}", passwords_wo_version=1)
    message = rejected(old, users={"legacy": user})
    assert "users['legacy'].passwords_wo is not available: `passwords_wo` came with provider 6" in message
    assert "this stack requires `~> 5.100`" in message
