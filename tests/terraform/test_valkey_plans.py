"""Changes of existing caches, as Terraform plans them: updates in place and replacements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Network, Provider, Stack
from plainwork.valkey import Eviction, ReplacementWarning, Scaling, ScalingMetric, Valkey
from tests.support.providers import INSTALLED
from tests.support.terraform import OFFLINE_PROVIDER
from tests.support.valkey import KEY_ARN, SUBNETS, VPC, replication_group, serverless

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

GROUP, SERVERLESS = "aws_elasticache_replication_group", "aws_elasticache_serverless_cache"
STORE = {"eviction": Eviction.STORE, "snapshot_retention_limit": 1}
SHARDED = {"shards": 2, "node_type": "cache.r7g.large"}
DUAL_STACK = {"network_type": "dual_stack", "ip_discovery": "ipv4"}
PRIMARY = {"global_replication_group_id_suffix": "primary"}
NODES_REPLACED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "downgrade": ({"version": Valkey.V8_1}, {"version": Valkey.V7_2}, "engine_version"),
    "key": ({}, {"kms_key_id": KEY_ARN}, "kms_key_id"),
    "network": ({}, {"network_type": "ipv6"}, "network_type"),
}
NODES_IN_PLACE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "minor": ({"version": Valkey.V8_0}, {"version": Valkey.V8_1}),
    "major": (
        {"version": Valkey.V7_2},
        {"version": Valkey.V8_1, "current_version": Valkey.V7_2},
    ),
    "larger": ({}, {"node_type": "cache.r7g.xlarge"}),
    "replicas": ({}, {"replicas": 2}),
    "shards": (SHARDED, {**SHARDED, "shards": 3}),
    "intent": ({}, STORE),
    "compatible": ({}, {"cluster_mode": "compatible"}),
    "enabled": ({"cluster_mode": "compatible"}, {"shards": 1}),
    "discovery": (DUAL_STACK, {**DUAL_STACK, "ip_discovery": "ipv6"}),
}
SERVERLESS_REPLACED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "newer": (
        {"version": Valkey.V7_2},
        {"current_version": Valkey.V7_2},
        "major_engine_version",
    ),
    "older": ({"version": Valkey.V8_1}, {"version": Valkey.V7_2}, "major_engine_version"),
    "zones": ({}, {"network": Network(VPC, dict(list(SUBNETS.items())[:2]))}, "subnet_ids"),
}
REDIS = {"engine": "redis", "engine_version": "7.1", "parameter_group_name": "default.redis7"}
UNREFERENCED = ("aws_cloudwatch_metric_alarm", "aws_vpc_security_group_ingress_rule")
IDS = ("global_replication_group_id_suffix", "replication_group_id", "user_group_id", "user_id", "name", "name_prefix")


def in_stack(directory: Path) -> tuple[App, Stack]:
    app = App(directory / "cdktf.out")
    stack = Stack(app, "caches")
    Provider(stack, "aws", version=INSTALLED, **OFFLINE_PROVIDER)
    return app, stack


def synthesized(app: App, directory: Path) -> Path:
    """The directory that Terraform runs in."""
    app.synth()
    (made,) = Path(app.outdir).glob("stacks/*/cdk.tf.json")
    directory.joinpath(made.name).write_text(made.read_text())
    return directory


def caches_alone(app: App, directory: Path) -> Path:
    """The same without resources that no other resource refers to, so that Terraform plans faster."""
    file = synthesized(app, directory) / "cdk.tf.json"
    document = json.loads(file.read_text())
    for type_ in UNREFERENCED:
        del document["resource"][type_]
    file.write_text(json.dumps(document))
    return directory


def make_caches(stack: Stack, moment: int, **both: Any) -> None:
    """Every cache before (0) or after (1) its change."""
    for name, change in {**NODES_REPLACED, **NODES_IN_PLACE}.items():
        replication_group(stack, name, replication_group_id=name, **both, **change[moment])
    for name, change in SERVERLESS_REPLACED.items():
        serverless(stack, name, name=name, **both, **change[moment])
    replication_group(stack, "redis", replication_group_id="redis", **both)
    larger = {"node_type": "cache.r7g.xlarge"} if moment else {}
    replication_group(stack, "primary", replication_group_id="primary", **PRIMARY, **both, **larger)


def state_of(plan: dict[str, Any]) -> dict[str, Any]:
    """The state after the plan is applied, except that one cache still has the engine Redis."""
    planned = plan["planned_values"]["root_module"]["resources"]
    made = [_made(one) for one in planned if one["address"] != "aws_elasticache_parameter_group.redis"]
    return {"version": 4, "lineage": "caches", "serial": 1, "resources": made}


def _made(one: dict[str, Any]) -> dict[str, Any]:
    named = next(one["values"][name] for name in IDS if name in one["values"])
    computed = {"id": named, "security_group_names": []} if one["type"] == GROUP else {"id": named}
    redis = REDIS if one["address"] == f"{GROUP}.redis" else {}
    attributes = {**one["values"], **computed, **redis}
    return {
        **{name: one[name] for name in ("mode", "type", "name")},
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        "instances": [{"schema_version": one["schema_version"], "attributes": attributes}],
    }


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> dict[str, Any]:
    """The state of every cache before its change."""
    directory = tmp_path_factory.mktemp("before")
    app, stack = in_stack(directory)
    make_caches(stack, 0, prevent_destroy=False)
    return state_of(terraform.plan(caches_alone(app, directory)))


@pytest.fixture(scope="module")
def changes(
    running: dict[str, Any], tmp_path_factory: pytest.TempPathFactory, terraform: Terraform
) -> dict[str, dict[str, Any]]:
    """The planned change of each resource, by address."""
    directory = tmp_path_factory.mktemp("after")
    app, stack = in_stack(directory)
    with pytest.warns(ReplacementWarning):
        make_caches(stack, 1, prevent_destroy=False)
    terraform.link(caches_alone(app, directory))
    directory.joinpath("terraform.tfstate").write_text(json.dumps(running))
    terraform.run(directory, "plan", "-refresh=false", "-input=false", "-no-color", "-out=plan.bin")
    plan = json.loads(terraform.run(directory, "show", "-json", "plan.bin"))
    return {change["address"]: change["change"] for change in plan["resource_changes"]}


@pytest.mark.parametrize("name", NODES_IN_PLACE)
def test_a_replication_group_changes_in_place(name: str, changes: dict[str, dict[str, Any]]) -> None:
    assert changes[f"{GROUP}.{name}"]["actions"] == ["update"]


@pytest.mark.parametrize(("name", "argument"), [(name, change[2]) for name, change in NODES_REPLACED.items()])
def test_a_replication_group_is_replaced(name: str, argument: str, changes: dict[str, dict[str, Any]]) -> None:
    assert changes[f"{GROUP}.{name}"]["actions"] == ["delete", "create"]
    assert [argument] in changes[f"{GROUP}.{name}"]["replace_paths"]


@pytest.mark.parametrize(("name", "argument"), [(name, change[2]) for name, change in SERVERLESS_REPLACED.items()])
def test_a_serverless_cache_is_replaced(name: str, argument: str, changes: dict[str, dict[str, Any]]) -> None:
    assert changes[f"{SERVERLESS}.{name}"]["actions"] == ["delete", "create"]
    assert [argument] in changes[f"{SERVERLESS}.{name}"]["replace_paths"]


def test_an_upgrade_from_redis_to_valkey_is_in_place(changes: dict[str, dict[str, Any]]) -> None:
    change = changes[f"{GROUP}.redis"]
    assert change["actions"] == ["update"]
    assert {name: change["before"][name] for name in REDIS} == REDIS
    assert {name: change["after"][name] for name in REDIS} == {
        "engine": "valkey",
        "engine_version": "8.1",
        "parameter_group_name": "redis-valkey8",
    }
    assert changes["aws_elasticache_parameter_group.redis"]["actions"] == ["create"]


def test_the_parameter_group_of_a_new_family_is_created_before_the_old_one_is_deleted(
    changes: dict[str, dict[str, Any]],
) -> None:
    assert changes["aws_elasticache_parameter_group.major"]["actions"] == ["create", "delete"]


def test_a_node_type_changes_with_the_global_datastore(changes: dict[str, dict[str, Any]]) -> None:
    datastore = changes["aws_elasticache_global_replication_group.primary"]
    assert (datastore["actions"], datastore["after"]["cache_node_type"]) == (["update"], "cache.r7g.xlarge")
    primary = changes[f"{GROUP}.primary"]
    assert primary["after"]["node_type"] == primary["before"]["node_type"] == "cache.r7g.large"


@pytest.mark.parametrize(
    ("name", "group"), [("compatible", "compatible-valkey8-compatible"), ("enabled", "enabled-valkey8")]
)
def test_a_change_of_the_cluster_mode_comes_with_a_parameter_group(
    name: str, group: str, changes: dict[str, dict[str, Any]]
) -> None:
    assert changes[f"{GROUP}.{name}"]["after"]["cluster_mode"] == name
    assert changes[f"{GROUP}.{name}"]["after"]["parameter_group_name"] == group
    assert changes[f"aws_elasticache_parameter_group.{name}"]["actions"] == ["create", "delete"]


def test_prevent_destroy_rejects_a_plan_that_replaces_a_cache(
    running: dict[str, Any], tmp_path: Path, terraform: Terraform
) -> None:
    app, stack = in_stack(tmp_path)
    replication_group(stack, "downgrade", replication_group_id="downgrade", version=Valkey.V7_2)
    serverless(stack, "older", name="older", version=Valkey.V7_2)
    terraform.link(caches_alone(app, tmp_path))
    resources = [one for one in running["resources"] if one["name"] in {"downgrade", "older"}]
    tmp_path.joinpath("terraform.tfstate").write_text(json.dumps({**running, "resources": resources}))
    done = terraform.outcome(tmp_path, "plan", "-refresh=false", "-input=false", "-no-color", expect=(1,))
    assert done.stderr.count("Instance cannot be destroyed") == 2
    for address in (f"{GROUP}.downgrade", f"{SERVERLESS}.older"):
        assert f"Resource {address} has lifecycle.prevent_destroy set" in " ".join(done.stderr.split())


def test_caches_with_all_arguments_are_valid_and_planned(tmp_path: Path, terraform: Terraform) -> None:
    app, stack = in_stack(tmp_path)
    shards = Scaling(ScalingMetric.MEMORY, target_value=60, min_capacity=2, max_capacity=3)
    cache = replication_group(stack, replicas=1, shards=2, scaling=shards, **STORE)
    cache.grant_connect("web", user="web")
    serverless(stack, **STORE, daily_snapshot_time="03:00").grant_connect("web", user="web")
    directory = synthesized(app, tmp_path)
    terraform.validate(directory)
    planned = {one["address"] for one in terraform.plan(directory)["resource_changes"]}
    assert {f"{GROUP}.sessions", f"{SERVERLESS}.pages", "aws_appautoscaling_policy.sessions_shards"} <= planned
    assert {f'aws_cloudwatch_metric_alarm.sessions_cpu["{shard:04}-002"]' for shard in (1, 2, 3)} <= planned
