"""The arguments that may be omitted, from plans of a provider with and without them."""

from __future__ import annotations

from typing import Any, cast

import pytest

from plainwork_core.aws.computed_arguments import computed_arguments
from plainwork_core.aws.provider_defaults import provider_default
from plainwork_core.aws.redundant_arguments import redundant_arguments
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock, Schema
from tools.block_values import MadeUp, get, paths, proposed, put
from tools.protocol_buffers import message, messages, text
from tools.provider_plugin import UNKNOWN, Plugin, ProviderError
from tools.redundant_arguments import table
from tools.redundant_plans import Redundant, Resource

OPTIONAL = {"optional": True}
COMPUTED = {"optional": True, "computed": True}


def attribute(type_: Any, **flags: bool) -> dict[str, Any]:
    return {"type": type_, **flags}


BLOCK = {
    "attributes": {
        "id": attribute("string", **COMPUTED),
        "name": attribute("string", required=True),
        "size": attribute("number", **OPTIONAL),
        "tags": attribute(["map", "string"], **OPTIONAL),
        "labels": attribute(["map", "string"], **OPTIONAL),
        "zone": attribute("string", **COMPUTED),
        "mode": attribute("string", **COMPUTED),
        "source": attribute("string", **OPTIONAL),
        "key": attribute("string", **OPTIONAL),
        "key_id": attribute("string", **OPTIONAL),
    },
    "block_types": {
        "disk": {
            "nesting_mode": "list",
            "block": {"attributes": {"encrypted": attribute("bool", **OPTIONAL)}},
        }
    },
}


class Provider:
    """A provider in which each argument of `BLOCK` has another behavior."""

    def validate(self, _: str, config: dict[str, Any]) -> set[str]:
        errors = set()
        if config["source"] is None:
            errors.add("one of `source` must be specified")
        if config["key"] is not None and config["key_id"] is None:
            errors.add('"key": all of `key,key_id` must be specified')
        return errors

    def plan(self, _: str, prior: Any, proposed: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
        """`size` has a default, `tags` is the same if it is empty, `labels` is not, `zone` is computed."""
        planned = dict(proposed)
        planned["size"] = 3 if config["size"] is None else config["size"]
        planned["mode"] = "on" if config["mode"] is None else config["mode"]
        for name in ("tags", "source", "key", "key_id"):
            if not config[name] and prior and not prior[name]:
                planned[name] = prior[name]
        if prior is None:
            planned |= {name: UNKNOWN for name in ("id", "zone") if config[name] is None}
        planned["disk"] = [{"encrypted": bool(disk["encrypted"])} for disk in config["disk"]]
        return planned


def test_an_argument_is_redundant_with_its_default_or_empty_if_the_provider_takes_that_for_the_same() -> None:
    found = list(Resource(cast("Plugin", Provider()), "aws_a", BLOCK).redundant())
    assert found == [
        Redundant("size", 3),
        Redundant("tags", None),
        Redundant("mode", "on"),
        Redundant("disk.encrypted", default=False),
    ]


@pytest.mark.parametrize("name", ["labels", "zone", "source", "key", "key_id"])
def test_an_argument_is_not_redundant(name: str) -> None:
    """A map that is changed, a value that is kept in the state, a required choice, two that are required together."""
    assert name not in {one.path for one in Resource(cast("Plugin", Provider()), "aws_a", BLOCK).redundant()}


class Strict(Provider):
    """A provider that accepts only one value of `name`, and none without `zone`."""

    def plan(self, type_: str, prior: Any, proposed: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
        if config["name"] not in (UNKNOWN, "blue"):
            raise ProviderError("Invalid String Enum Value\n\nPath: name\nGiven Value: a\nValid Values: [blue green ]")
        if config["zone"] is None:
            raise ProviderError("zone must be set")
        return super().plan(type_, prior, proposed, config)


def test_the_values_that_errors_name_are_taken() -> None:
    assert Redundant("size", 3) in list(Resource(cast("Plugin", Strict()), "aws_a", BLOCK).redundant())


def test_a_type_that_is_never_planned_has_no_redundant_arguments() -> None:
    class Closed(Provider):
        def plan(self, *_: Any) -> dict[str, Any]:
            raise ProviderError("no")

    assert list(Resource(cast("Plugin", Closed()), "aws_a", BLOCK).redundant()) == []


def test_made_up_values_are_of_the_required_arguments_and_the_blocks_on_the_path() -> None:
    made = MadeUp("a", {}, ["zone"]).required(BLOCK, ("disk",))
    assert {name: value for name, value in made.items() if value} == {
        "name": "a",
        "zone": "a",
        "disk": [{"encrypted": None}],
    }
    assert list(paths(BLOCK)) == [(), ("disk",)]


def test_a_computed_argument_that_is_not_set_is_proposed_from_the_state() -> None:
    empty = MadeUp("a", {}, []).required(BLOCK, ())
    assert proposed(BLOCK, empty | {"zone": "b", "size": 1}, empty)["zone"] == "b"
    assert proposed(BLOCK, empty | {"zone": "b", "size": 1}, empty)["size"] is None


def test_an_argument_in_a_block_is_read_and_replaced() -> None:
    value = put({"disk": [{"encrypted": None}]}, ("disk", "encrypted"), argument=True)
    assert value == {"disk": [{"encrypted": True}]}
    assert get(value, ("disk", "encrypted")) is True
    assert get({"disk": []}, ("disk", "encrypted")) == UNKNOWN


def test_a_field_of_a_protocol_buffer_is_read_as_it_is_written() -> None:
    content = text(1, "a" * 300) + message(2, b"") + text(1, "b")
    assert list(messages(content, 1)) == [b"a" * 300, b"b"]
    assert list(messages(content, 2)) == [b""]


class Shipped(Schema):
    """A schema of one type."""

    def __init__(self, *, is_computed: bool) -> None:
        super().__init__()
        disk = BlockSchema({"size": Attribute("number", optional=True, computed=is_computed)})
        self.only = BlockSchema(
            {"tags": Attribute(["map", "string"], optional=True)}, {"disk": NestedBlock("list", 0, 1, disk)}
        )

    def block(self, mode: str, type_: str) -> BlockSchema:  # noqa: ARG002
        return self.only


def test_an_argument_with_another_schema_in_the_newest_provider_is_redundant_in_the_older_one_only() -> None:
    found = {"aws_a": [Redundant("tags", None), Redundant("disk.size", 1)], "aws_b": []}
    rows = table(found, Shipped(is_computed=False), Shipped(is_computed=True))
    assert rows == {"aws_a": {"defaults": {"disk.size": 1}, "empty": ["tags"], "older": ["disk.size"]}}


@pytest.mark.parametrize(
    ("type_", "path", "value"),
    [
        ("aws_sqs_queue", "delay_seconds", 0),
        ("aws_sqs_queue", "visibility_timeout_seconds", 30),
        ("aws_sqs_queue", "tags", {}),
        ("aws_s3_bucket", "force_destroy", False),
        ("aws_lambda_function", "package_type", "Zip"),
        ("aws_dynamodb_table", "billing_mode", "PROVISIONED"),
        ("aws_lb_target_group", "deregistration_delay", "300"),
        ("aws_lambda_function", "vpc_config.ipv6_allowed_for_dual_stack", False),
    ],
)
def test_the_table_has_the_defaults_of_both_providers(type_: str, path: str, value: object) -> None:
    assert redundant_arguments(type_, 5).has(path, value)
    assert redundant_arguments(type_, 6).has(path, value)
    assert not redundant_arguments(type_, 4).has(path, value)


@pytest.mark.parametrize(
    ("type_", "path", "value"),
    [
        ("aws_sqs_queue", "delay_seconds", False),
        ("aws_cloudwatch_metric_alarm", "threshold", 0),
        ("aws_sqs_queue", "visibility_timeout_seconds", 0),
        ("aws_sqs_queue", "sqs_managed_sse_enabled", False),
        ("aws_efs_file_system", "encrypted", False),
        ("aws_s3_object", "unheard_of", None),
        ("aws_unheard_of", "tags", {}),
        ("aws_instance", "ebs_block_device.tags", {}),
        ("aws_codebuild_project", "cache.modes", []),
    ],
)
def test_the_table_has_no_other_value(type_: str, path: str, value: object) -> None:
    assert not redundant_arguments(type_, 5).has(path, value)


def test_a_default_that_version_6_changes_is_that_of_version_5() -> None:
    assert redundant_arguments("aws_redshift_cluster", 5).has("publicly_accessible", value=True)
    assert not redundant_arguments("aws_redshift_cluster", 6).has("publicly_accessible", value=True)


def test_an_empty_argument_that_is_read_is_not_redundant() -> None:
    assert not redundant_arguments("aws_sqs_queue", 5).has("tags", {}, is_read=True)
    assert redundant_arguments("aws_sqs_queue", 5).has("delay_seconds", 0, is_read=True)


@pytest.mark.parametrize(
    ("type_", "path"),
    [
        ("aws_efs_file_system", "encrypted"),
        ("aws_elasticache_replication_group", "automatic_failover_enabled"),
        ("aws_elasticache_replication_group", "engine"),
        ("aws_elasticache_replication_group", "multi_az_enabled"),
        ("aws_vpc", "enable_dns_support"),
        ("aws_vpc", "enable_dns_hostnames"),
        ("aws_vpc_endpoint", "vpc_endpoint_type"),
    ],
)
def test_a_default_that_policies_read_is_redundant_unless_the_provider_computes_it(type_: str, path: str) -> None:
    is_redundant = redundant_arguments(type_, 5).has(path, provider_default(type_, path))
    assert is_redundant or path in computed_arguments(type_).arguments
