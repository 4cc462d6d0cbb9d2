"""A plan of existing resources as a document: its configuration, with the values of what is not in it."""

from __future__ import annotations

from typing import Any

import pytest

from plainwork_core.adopt.plan import read_plan
from plainwork_core.errors import InputError

AWS = {"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "version_constraint": "~> 5.100"}}
BUCKET = "arn:aws:s3:::example-logs"


def resource(type_: str, name: str, expressions: dict[str, Any], **more: Any) -> dict[str, Any]:
    address = f"{type_}.{name}"
    given = {"mode": "managed", "type": type_, "name": name, "address": address, "provider_config_key": "aws"}
    return {**given, "expressions": expressions, **more}


def values(type_: str, name: str, found: dict[str, Any], index: Any = None) -> dict[str, Any]:
    key = {} if index is None else {"index": index}
    return {"mode": "managed", "type": type_, "name": name, "address": f"{type_}.{name}", "values": found, **key}


def document(resources: list[dict[str, Any]], planned: list[dict[str, Any]], **root: Any) -> dict[str, Any]:
    plan = {
        "configuration": {"provider_config": AWS, "root_module": {"resources": resources, **root}},
        "planned_values": {"root_module": {"resources": planned}},
        "variables": {"name": {"value": "example"}, "secret": {"value": "correct-horse"}},
    }
    return dict(read_plan(plan, "plan.json").document)


LOGS = resource("aws_s3_bucket", "logs", {"bucket": {"constant_value": "example-logs"}})
LOGS_PLANNED = values("aws_s3_bucket", "logs", {"bucket": "example-logs", "arn": BUCKET, "force_destroy": False})
ARN = {"references": ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs"]}


def test_constants_are_written_and_planned_defaults_are_not() -> None:
    found = document([LOGS], [LOGS_PLANNED])
    assert found["resource"] == {"aws_s3_bucket": {"logs": {"bucket": "example-logs"}}}
    assert found["terraform"] == {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.100"}}}


@pytest.mark.parametrize(
    ("planned", "written"),
    [
        (BUCKET, "${aws_s3_bucket.logs.arn}"),
        (f"{BUCKET}/*", "${aws_s3_bucket.logs.arn}/*"),
        ("another value", "another value"),
        ("${literal}", "$${literal}"),
        (
            f'{{"Resource":["{BUCKET}","{BUCKET}/*"]}}',
            '${jsonencode({ Resource = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"] })}',
        ),
    ],
)
def test_a_reference_is_found_by_its_value(planned: str, written: str) -> None:
    parameter = resource("aws_ssm_parameter", "one", {"description": ARN})
    found = document([LOGS, parameter], [LOGS_PLANNED, values("aws_ssm_parameter", "one", {"description": planned})])
    assert found["resource"]["aws_ssm_parameter"]["one"]["description"] == written


def test_a_value_that_is_known_after_apply_is_an_error() -> None:
    parameter = resource("aws_ssm_parameter", "one", {"description": ARN})
    with pytest.raises(InputError, match=r"aws_ssm_parameter\.one\.description: neither its value nor its expression"):
        document([LOGS, parameter], [LOGS_PLANNED, values("aws_ssm_parameter", "one", {})])


def test_a_sensitive_value_without_its_expression_is_an_error_that_does_not_show_it() -> None:
    parameter = resource("aws_ssm_parameter", "one", {"value": {"references": ["var.other"]}})
    with pytest.raises(InputError, match=r"one\.value: the value is sensitive") as error:
        document([parameter], [values("aws_ssm_parameter", "one", {"value": "correct-horse-battery"})])
    assert "correct" not in str(error.value)


def test_a_sensitive_variable_is_referred_to() -> None:
    parameter = resource("aws_ssm_parameter", "one", {"value": {"references": ["var.secret"]}})
    found = document([parameter], [values("aws_ssm_parameter", "one", {"value": "correct-horse"})])
    assert found["resource"]["aws_ssm_parameter"]["one"]["value"] == "${var.secret}"


def test_blocks_of_dynamic_are_written_from_their_values() -> None:
    rule = {"id": "old", "status": "Enabled", "expiration": [{"days": 7, "date": None}], "filter": [], "prefix": ""}
    given = resource("aws_s3_bucket_lifecycle_configuration", "one", {"bucket": {"constant_value": "b"}})
    planned = values("aws_s3_bucket_lifecycle_configuration", "one", {"bucket": "b", "rule": [rule]})
    (block,) = document([given], [planned])["resource"]["aws_s3_bucket_lifecycle_configuration"]["one"]["rule"]
    assert block == {"id": "old", "status": "Enabled", "expiration": [{"days": 7}]}


def test_a_block_of_dynamic_is_written_without_defaults() -> None:
    network = {"subnets": ["subnet-1"], "security_groups": [], "assign_public_ip": False}
    planned = values("aws_ecs_service", "one", {"name": "orders", "network_configuration": [network]})
    found = document([resource("aws_ecs_service", "one", {"name": {"constant_value": "orders"}})], [planned])
    assert found["resource"]["aws_ecs_service"]["one"]["network_configuration"] == [{"subnets": ["subnet-1"]}]


def test_blocks_that_the_provider_computes_are_not_written() -> None:
    versioning = {"versioning": [{"enabled": False, "mfa_delete": False}]}
    found = document([LOGS], [values("aws_s3_bucket", "logs", {"bucket": "example-logs", **versioning})])
    assert found["resource"]["aws_s3_bucket"]["logs"] == {"bucket": "example-logs"}


def test_a_set_of_constants_has_no_expression_in_a_plan() -> None:
    topics = resource("aws_sns_topic", "t", {"name": {"references": ["each.key"]}})
    planned = [values("aws_sns_topic", "t", {"name": key}, key) for key in ("green", "blue")]
    body = document([topics], planned)["resource"]["aws_sns_topic"]["t"]
    assert body == {"for_each": '${toset(["blue", "green"])}', "name": "${each.key}"}


def test_instances_have_their_keys() -> None:
    topics = resource(
        "aws_sns_topic", "t", {"name": {"references": ["each.key"]}}, for_each_expression={"references": ["var.names"]}
    )
    planned = [values("aws_sns_topic", "t", {"name": key}, key) for key in ("green", "blue")]
    body = document([topics], planned)["resource"]["aws_sns_topic"]["t"]
    assert body == {"for_each": '${toset(["blue", "green"])}', "name": "${each.key}"}


def test_instances_that_differ_otherwise_are_an_error() -> None:
    topics = resource("aws_sns_topic", "t", {"name": {"references": ["each.key"]}}, for_each_expression={})
    planned = [values("aws_sns_topic", "t", {"name": f"t-{key}"}, key) for key in ("green", "blue")]
    with pytest.raises(InputError, match=r"aws_sns_topic\.t\.name: it differs between the instances"):
        document([topics], planned)


def test_a_module_call_is_an_error() -> None:
    with pytest.raises(InputError, match=r"module\.network: the inputs of a module are in no plan"):
        document([], [], module_calls={"network": {"source": "./network"}})
