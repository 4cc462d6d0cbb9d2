from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource
from plainwork.errors import ArgumentsError

if TYPE_CHECKING:
    from plainwork import Stack

TARGET = {
    "service_namespace": "ecs",
    "scalable_dimension": "ecs:service:DesiredCount",
    "resource_id": "service/a/b",
    "min_capacity": 1,
    "max_capacity": 2,
}
TASK = {"family": "web", "container_definitions": "${local.containers}", "requires_compatibilities": ["FARGATE"]}
LISTENER = {"load_balancer_arn": "${aws_lb.web.arn}"}
CACHE_KEY = {"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256", "kms_master_key_id": "alias/a"}}


@pytest.mark.parametrize(
    ("type_", "arguments", "problem"),
    [
        (
            "aws_appautoscaling_target",
            {**TARGET, "min_capacity": 3},
            "`min_capacity` is `3`, which is greater than `max_capacity` `2`. Set `min_capacity` to at most 2, or",
        ),
        (
            "aws_appautoscaling_target",
            {**TARGET, "scalable_dimension": "ecs:service:desiredCount"},
            "Set `scalable_dimension` to a value of AWS; did you mean `ecs:service:DesiredCount`?",
        ),
        (
            "aws_ecs_task_definition",
            {**TASK, "cpu": 256, "memory": "4 GB"},
            "`memory` is `4096`, which Fargate does not have with `cpu` `256`. Set `memory` to 512, 1024 or 2048.",
        ),
        ("aws_ecs_task_definition", {**TASK, "cpu": "${var.cpu}"}, "`memory` is not set; tasks on Fargate require it."),
        (
            "aws_lb_listener",
            {
                **LISTENER,
                "default_action": [{"type": "redirect", "redirect": {"status_code": "HTTP_301", "path": "a"}}],
            },
            "`default_action[0].redirect.path` is `a`; AWS requires an absolute path.",
        ),
        (
            "aws_efs_access_point",
            {"file_system_id": "${aws_efs_file_system.x.id}", "posix_user": {"uid": -1, "gid": 1}},
            "`posix_user.uid` is `-1`; the range is 0 to 4294967295. Set `uid` to a number from 0 to 4294967295.",
        ),
        (
            "aws_s3_bucket_server_side_encryption_configuration",
            {"bucket": "${aws_s3_bucket.x.id}", "rule": [CACHE_KEY]},
            "`rule[0].apply_server_side_encryption_by_default.kms_master_key_id` is set, but `sse_algorithm`",
        ),
        (
            "aws_elasticache_user_group",
            {"engine": "valkey", "user_group_id": "app", "user_ids": ["${var.user}", "my_app"]},
            "`user_ids` is `my_app`; AWS requires letters, digits and hyphens, beginning with a letter.",
        ),
    ],
)
def test_a_value_that_aws_rejects_is_an_error(
    stack: Stack, type_: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ArgumentsError) as raised:
        Resource(stack, type_, "x", **arguments)
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    ("type_", "arguments"),
    [
        ("aws_appautoscaling_target", {**TARGET, "min_capacity": "${var.least}", "max_capacity": 0}),
        ("aws_appautoscaling_target", {**TARGET, "scalable_dimension": "${var.dimension}"}),
        ("aws_ecs_task_definition", {**TASK, "cpu": "${var.cpu}", "memory": "512"}),
        ("aws_ecs_task_definition", {**TASK, "requires_compatibilities": "${var.compatibilities}"}),
        ("aws_ecs_service", {"name": "${var.name} service"}),
        ("aws_s3_bucket", {"bucket": "Legacy_Bucket"}),
        ("aws_iam_role", {"path": "/app/", "assume_role_policy": "${local.trust}"}),
    ],
)
def test_a_reference_and_a_name_that_may_exist_are_never_rejected(
    stack: Stack, type_: str, arguments: dict[str, Any]
) -> None:
    Resource(stack, type_, "x", **arguments)
