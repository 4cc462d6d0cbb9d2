from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plainwork import Action, App, Block, Resource, Stack, render, synthesize
from plainwork.errors import AddressError, ArgumentsError, MissingSchemaWarning, UndefinedReferenceError
from plainwork_core.schema import reduction, store

pytestmark = pytest.mark.filterwarnings("ignore::plainwork.errors.MissingSchemaWarning")

INVOKE = {
    "attributes": {
        "function_name": {"type": "string", "required": True},
        "payload": {"type": "string", "optional": True},
    },
    "block_types": {
        "retry": {"nesting_mode": "list", "block": {"attributes": {"times": {"type": "number", "optional": True}}}}
    },
}


@pytest.fixture
def own_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = {"action_schemas": {"aws_lambda_invoke": {"block": INVOKE}}}
    store.write(tmp_path / "own.zip", reduction.members({"provider_schemas": {"hashicorp/aws": provider}}))
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "own.zip"))


def notify(stack: Stack, **arguments: Any) -> Action:
    return Action(stack, "aws_lambda_invoke", "notify", config={"function_name": "notify"}, **arguments)


def trigger(called: Any, /, **arguments: Any) -> dict[str, Any]:
    return {"action_trigger": [{"events": ["after_create", "after_update"], "actions": [called], **arguments}]}


def test_an_action_is_a_block_of_its_own(stack: Stack) -> None:
    action = notify(stack)
    assert action.address == "action.aws_lambda_invoke.notify"
    found = synthesize(stack)["action"]["aws_lambda_invoke"]["notify"]
    assert found["config"] == {"function_name": "notify"}


def test_a_resource_triggers_an_action(stack: Stack) -> None:
    lifecycle = trigger(notify(stack), condition='${aws_s3_bucket.b.bucket != ""}', on_failure="continue")
    Resource(stack, "aws_s3_bucket", "b", lifecycle=lifecycle)
    (found,) = synthesize(stack)["resource"]["aws_s3_bucket"]["b"]["lifecycle"]["action_trigger"]
    assert found["actions"] == ["action.aws_lambda_invoke.notify"]
    assert render(synthesize(stack)).endswith(
        'resource "aws_s3_bucket" "b" {\n'
        "  lifecycle {\n"
        "    action_trigger {\n"
        "      events     = [after_create, after_update]\n"
        '      condition  = aws_s3_bucket.b.bucket != ""\n'
        "      actions    = [action.aws_lambda_invoke.notify]\n"
        "      on_failure = continue\n"
        "    }\n"
        "  }\n"
        "}\n"
    )


def test_an_instance_of_an_action_is_triggered(stack: Stack) -> None:
    action = notify(stack, for_each=["a"]).instance("${each.key}")
    Resource(stack, "aws_s3_bucket", "b", for_each=["a"], lifecycle=trigger(action))
    (found,) = synthesize(stack)["resource"]["aws_s3_bucket"]["b"]["lifecycle"]["action_trigger"]
    assert found["actions"] == ["action.aws_lambda_invoke.notify[each.key]"]


def test_an_action_requires_terraform_1_14(stack: Stack) -> None:
    notify(stack)
    assert synthesize(stack)["terraform"]["required_version"] == ">= 1.14"


def test_an_own_version_constraint_is_kept(app: App) -> None:
    stack = Stack(app, "own", required_version="~> 1.15")
    notify(stack)
    assert synthesize(stack)["terraform"]["required_version"] == "~> 1.15"


@pytest.mark.parametrize("newer", [{"on_failure": "taint"}, {"events": ["after_create", "before_destroy"]}])
def test_the_newer_parts_of_a_trigger_require_terraform_1_16(stack: Stack, newer: dict[str, Any]) -> None:
    Resource(stack, "aws_s3_bucket", "b", lifecycle=trigger(notify(stack), **newer))
    assert synthesize(stack)["terraform"]["required_version"] == ">= 1.16"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            {"events": ["on_create"]},
            r"`lifecycle.action_trigger\[0\].events\[0\]` must be one of before_create, after_",
        ),
        ({"events": None}, r"`lifecycle.action_trigger\[0\].events` is required"),
        ({"actions": ["aws_s3_bucket.b"]}, r"`.*actions\[0\]` must be an Action or its address, such as 'action"),
        ({"on_failure": "ignore"}, r"`.*on_failure` must be one of halt, taint, continue \(value 'ignore'\)"),
        ({"action": "x"}, r"unsupported argument `lifecycle.action_trigger\[0\].action` .*did you mean `actions`"),
    ],
)
def test_an_invalid_trigger_is_rejected(stack: Stack, change: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match=problem):
        Resource(stack, "aws_s3_bucket", "b", lifecycle=trigger(notify(stack), **change))


def test_an_action_that_is_not_declared_is_an_error(stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b", lifecycle=trigger("action.aws_lambda_invoke.notify"))
    with pytest.raises(UndefinedReferenceError, match=r"aws_s3_bucket.b refers to action.aws_lambda_invoke.notify, wh"):
        synthesize(stack)


@pytest.mark.usefixtures("own_schema")
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({}, "`config` is required"),
        ({"config": {}}, "`config.function_name` is required"),
        ({"config": {"function_name": "x", "payloads": "{}"}}, "unsupported argument `config.payloads`.*`payload`"),
        ({"function_name": "x"}, "unsupported argument `function_name`"),
        ({"config": {"function_name": "x"}, "lifecycle": {}}, "unsupported argument `lifecycle`"),
        ({"config": {"function_name": "x"}, "count": 1, "for_each": ["a"]}, "`count` and `for_each` are mutually"),
    ],
)
def test_the_arguments_are_those_of_the_action(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match=problem):
        Action(stack, "aws_lambda_invoke", "notify", **arguments)


@pytest.mark.usefixtures("own_schema")
def test_the_blocks_of_an_action_are_written_by_its_schema(stack: Stack) -> None:
    Action(stack, "aws_lambda_invoke", "notify", config={"function_name": "x", "retry": [{"times": 2}]})
    assert "    retry {\n      times = 2\n    }\n" in render(synthesize(stack))


def test_the_blocks_of_an_action_without_schema_are_marked(stack: Stack) -> None:
    config = {"labels": {"a": "b"}, "retry": [Block(times=2)]}
    with pytest.warns(MissingSchemaWarning, match=r"no schema for action.acme_call"):
        Action(stack, "acme_call", "it", config=config)
    text = render(json.loads(json.dumps(synthesize(stack))))
    assert "    retry {\n      times = 2\n    }\n" in text
    assert "    labels = {\n" in text


def test_a_duplicate_action_is_rejected(stack: Stack) -> None:
    notify(stack)
    with pytest.raises(AddressError, match=r"duplicate action.aws_lambda_invoke.notify in stack 'demo'"):
        notify(stack)
