"""The table of arguments that replace a resource, from plans of a provider that is made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from plainwork_core.aws.replacing_arguments import knows, replacing
from tools.provider_plugin import UNKNOWN, Change, ProviderError
from tools.replacing_arguments import Row, conditions, content, with_conditions
from tools.replacing_plans import Changes

Config = Mapping[str, Any]
Rule = Callable[[Config, Config], bool]
SUBNETS = {"nesting_mode": "set", "block": {"attributes": {"id": {"type": "string", "required": True}}}}
BLOCK = {
    "attributes": {
        "id": {"type": "string", "computed": True},
        "name": {"type": "string", "required": True},
        "size": {"type": "number", "optional": True},
        "engine": {"type": "string", "optional": True},
    },
    "block_types": {"subnet": SUBNETS},
}


class Provider:
    """A provider that replaces a resource if *rule* returns that of the values before and after."""

    def __init__(self, rule: Rule, *, is_picky: bool = False) -> None:
        self._rule, self._is_picky = rule, is_picky

    def problems(self, _type: str, config: Config) -> list[tuple[tuple[str, ...], str]]:
        valid = config["engine"] in (None, "redis", "valkey")
        return [] if valid else [(("engine",), 'expected engine to be one of ["redis" "valkey"], got a')]

    def change(self, _type: str, before: Config | None, after: Config, _config: Config) -> Change:
        if self._is_picky and len(after["name"]) < 2:
            raise ProviderError("name: too short")
        is_replaced = before is not None and before != after and self._rule(before, after)
        return Change(after, frozenset([("name",)]) if is_replaced else frozenset())


def effects(rule: Rule) -> list[str]:
    return Changes(Provider(rule), "aws_a", BLOCK).effects()  # type: ignore[arg-type]


def differs(name: str) -> Rule:
    return lambda before, after: bool(before[name] != after[name])


def test_an_argument_whose_every_change_replaces_the_resource() -> None:
    assert effects(differs("name")) == ["name"]


def test_an_argument_that_only_some_values_replace() -> None:
    assert effects(lambda before, after: (after["size"] or 0) < (before["size"] or 0)) == ["size?"]
    assert effects(lambda before, after: (before["engine"], after["engine"]) == ("valkey", "redis")) == ["engine?"]


def test_an_argument_that_replaces_the_resource_with_one_value_of_another() -> None:
    rule = lambda before, after: differs("size")(before, after) and after["engine"] == "valkey"  # noqa: E731  one rule
    assert effects(rule) == ["size?"]


def test_a_block_whose_addition_replaces_the_resource_and_an_argument_in_it() -> None:
    assert effects(differs("subnet")) == ["subnet.id", "subnet[]"]
    assert effects(lambda before, after: len(before["subnet"]) > len(after["subnet"])) == ["subnet[]?"]


def test_an_argument_whose_change_to_an_unknown_value_replaces_the_resource() -> None:
    assert effects(lambda _before, after: after["name"] is UNKNOWN) == ["name?"]


def test_a_resource_that_the_provider_does_not_plan() -> None:
    changes = Changes(Provider(differs("name"), is_picky=True), "aws_a", BLOCK)  # type: ignore[arg-type]
    assert changes.effects() == []
    assert changes.not_planned == {"": ["name: too short"]}


def test_a_condition_of_the_source_is_added_and_never_certain() -> None:
    assert with_conditions(["name", "size"], {"name": "if set", "version": "downgrade"}) == [
        "name?",
        "size",
        "version?",
    ]


def test_a_type_that_is_not_planned_is_not_in_the_data_file() -> None:
    rows = [Row("aws_a", ["name"], {"size": ["invalid"]}), Row("aws_b", [], {"": ["invalid"]})]
    document = json.loads(content({}, rows, {"aws_a": {"version": "downgrade"}}))
    assert document == {
        "stamp": {},
        "not_planned": {"aws_a": ["size"]},
        "types": {"aws_a": ["name", "version?"]},
    }


def test_the_data_file_has_every_condition() -> None:
    known = [(type_, name) for type_, names in conditions().items() for name in names]
    assert {replacing(type_, name.split(".")) for type_, name in known} == {"may"}


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        ("aws_elasticache_cluster", "engine_version"),
        ("aws_elasticache_cluster", "node_type"),
        ("aws_elasticache_replication_group", "engine"),
        ("aws_elasticache_replication_group", "engine_version"),
        ("aws_instance", "user_data"),
        ("aws_lb", "security_groups"),
        ("aws_lb", "subnets"),
        ("aws_msk_cluster", "kafka_version"),
        ("aws_rds_cluster", "storage_type"),
        ("aws_sagemaker_notebook_instance", "volume_size"),
        ("aws_ssm_parameter", "tier"),
        ("aws_vpc", "instance_tenancy"),
    ],
)
def test_plans_find_the_conditions_of_the_provider(type_: str, argument: str) -> None:
    assert replacing(type_, [argument]) == "may"


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        ("aws_db_instance", "engine"),
        ("aws_dynamodb_table", "hash_key"),
        ("aws_ecs_task_definition", "container_definitions"),
        ("aws_efs_file_system", "performance_mode"),
        ("aws_elasticache_cluster", "cluster_id"),
        ("aws_elasticache_serverless_cache", "name"),
        ("aws_iam_role", "name"),
        ("aws_kms_replica_key", "primary_key_arn"),
        ("aws_lambda_function", "function_name"),
        ("aws_lb", "name"),
        ("aws_route53_zone", "name"),
        ("aws_s3_bucket", "bucket"),
        ("aws_sns_topic", "name"),
        ("aws_sqs_queue", "name"),
        ("aws_subnet", "vpc_id"),
    ],
)
def test_the_table_has_what_replaces_a_common_resource(type_: str, argument: str) -> None:
    assert knows(type_, [argument])
    assert replacing(type_, [argument]) == "forces"
