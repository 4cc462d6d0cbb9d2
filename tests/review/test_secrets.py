"""No form of a review has a secret."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from plainwork_policies.review.formats import FORMATS
from tests.support.plan_documents import change, plan

KEY = "AKIA" + "Z" * 16
SECRETS = ("hunter2hunter2", "correct-horse", "swordfish99", KEY, "s3cr3t-url", "MIIEowIBAAKC", "opensesame1")
USER_DATA = "#!/bin/sh\nexport DB_PASSWORD={}\necho {}\n"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKC{}\n-----END RSA PRIVATE KEY-----\n"


def document() -> dict[str, Any]:
    def containers(value: str) -> str:
        environment = [{"name": "API_TOKEN", "value": value}, {"name": "STAGE", "value": "prod"}]
        return json.dumps([{"name": "web", "environment": environment}])

    def encoded(word: str) -> str:
        return base64.b64encode(USER_DATA.format("swordfish99", word).encode()).decode()

    return plan(
        change(
            "update",
            "aws_ssm_parameter.marked",
            {"description": "hunter2hunter2", "tier": "Standard"},
            {"description": "hunter2hunter2-new", "tier": "Advanced"},
            sensitive={"description": True},
        ),
        change("update", "aws_db_instance.schema", {"password": "correct-horse"}, {"password": "correct-horse-2"}),
        change("update", "aws_instance.lines", {"user_data_base64": encoded("a")}, {"user_data_base64": encoded("b")}),
        change("update", "aws_instance.pem", {"user_data": PEM.format("a")}, {"user_data": PEM.format("b")}),
        change("update", "aws_sqs_queue.form", {"name": "a"}, {"name": f"queue-{KEY}"}),
        change("update", "aws_sns_topic.url", {"name": "a"}, {"name": "https://user:s3cr3t-url@example.com"}),
        change(
            "create",
            "aws_acm_certificate.key",
            None,
            {"private_key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKC\n"},
        ),
        change(
            "update",
            "aws_ecs_task_definition.pairs",
            {"container_definitions": containers("opensesame1")},
            {"container_definitions": containers("opensesame1-new")},
        ),
        change(
            "update",
            "aws_lambda_function.names",
            {"environment": [{"variables": {"DB_PASSWORD": "opensesame1", "STAGE": "dev"}}]},
            {"environment": [{"variables": {"DB_PASSWORD": "opensesame1-new", "STAGE": "prod"}}]},
        ),
    )


@pytest.mark.parametrize("form", FORMATS)
def test_no_form_has_a_secret(command: Callable[..., Result], form: str) -> None:
    done = command(document(), "--format", form)
    assert done.exit_code == 0, done.output
    assert [secret for secret in SECRETS if secret in done.output] == []


def test_that_a_secret_changes_is_shown(command: Callable[..., Result]) -> None:
    done = command(document())
    assert "~ password: (sensitive) -> (sensitive)" in done.output
    assert "~ environment.variables.DB_PASSWORD: (sensitive) -> (sensitive)" in done.output
    assert "~ environment.variables.STAGE: dev -> prod" in done.output
    assert "~ description: (sensitive) -> (sensitive)" in done.output


def test_an_output_with_the_name_of_a_secret_is_hidden(command: Callable[..., Result]) -> None:
    values = {"db_password": "hunter2hunter2", "keys": {"api_key": "correct-horse", "region": "eu-west-1"}}
    outputs = {name: {"actions": ["create"], "before": None, "after": value} for name, value in values.items()}
    done = command(plan(change("none", "aws_sqs_queue.a"), output_changes=outputs))
    assert "+ db_password: (sensitive)" in done.output
    assert '+ keys: {"api_key": "(sensitive)", "region": "eu-west-1"}' in done.output
    assert [secret for secret in SECRETS if secret in done.output] == []


@pytest.mark.parametrize("name", ["Authorization", "x-api-key", "DB_PASS"])
def test_a_pair_with_the_name_of_a_secret_is_hidden(command: Callable[..., Result], name: str) -> None:
    def headers(value: str) -> dict[str, Any]:
        return {"custom_header": [{"name": name, "value": value}]}

    done = command(plan(change("update", "aws_cloudfront_distribution.a", headers("swordfish99"), headers("other"))))
    assert f"~ custom_header[{name}].value: (sensitive) -> (sensitive)" in done.output


def test_a_whole_resource_that_is_sensitive_shows_no_argument(command: Callable[..., Result]) -> None:
    entry = change("update", "aws_sqs_queue.a", {"name": "hunter2hunter2"}, {"name": "correct-horse"})
    entry["change"]["before_sensitive"] = entry["change"]["after_sensitive"] = True
    done = command(plan(entry))
    assert done.exit_code == 0, done.output
    assert [secret for secret in SECRETS if secret in done.output] == []
