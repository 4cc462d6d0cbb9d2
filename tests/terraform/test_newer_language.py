"""The newer parts of the language: the real Terraform accepts them where it is new enough, in both forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Action, App, Check, Ephemeral, Import, Output, Provider, Resource, Stack, Variable, synthesize
from plainwork_core.hcl.write import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.terraform import Terraform

DATABASE = {"instance_class": "db.t4g.micro", "engine": "postgres", "username": "app", "allocated_storage": 20}


def ephemeral_password(stack: Stack) -> None:
    Variable(stack, "token", type="string", ephemeral=True)
    Provider(stack, "aws", alias="token", region="eu-west-1", token="${var.token}")
    secret = Ephemeral(stack, "aws_secretsmanager_secret_version", "app", secret_id="app", count=1)
    value = secret.instance(0)["secret_string"]
    Resource(stack, "aws_db_instance", "app", **DATABASE, password_wo=value, password_wo_version=1)


def check_with_data(stack: Stack) -> None:
    condition = '${data.aws_region.here.name == "eu-west-1"}'
    Check(stack, "region", data={"aws_region": {"here": {}}}, assert_={"condition": condition, "error_message": "No."})


def import_by_identity(stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b", for_each=["a"])
    Import(stack, to="aws_s3_bucket.b[each.key]", for_each=["a"], identity={"bucket": "${each.key}"})


def deprecated(stack: Stack) -> None:
    variable = Variable(stack, "old", type="string", default="a", const=True, deprecated="Use new.")
    Output(stack, "old", value=variable.reference, type="string", deprecated="Use new.")


def action(stack: Stack) -> None:
    called = Action(stack, "aws_lambda_invoke", "notify", config={"function_name": "notify", "payload": "{}"})
    trigger = {"events": ["after_create"], "actions": [called]}
    Resource(stack, "aws_s3_bucket", "b", lifecycle={"action_trigger": [trigger]})


@pytest.mark.filterwarnings("ignore::plainwork.errors.MissingSchemaWarning")
@pytest.mark.parametrize("feature", [ephemeral_password, check_with_data, import_by_identity, deprecated, action])
def test_terraform_accepts_both_forms(terraform: Terraform, tmp_path: Path, feature: Callable[[Stack], None]) -> None:
    config = _config(tmp_path, feature)
    text = render(config)
    assert terraform.fmt_check(text) == ""
    required = config["terraform"]["required_version"].removeprefix(">= ")
    if _version(terraform, tmp_path) < tuple(map(int, required.split("."))):
        pytest.skip(f"only the layout is checked: validation requires Terraform {required}")
    for name, content in {"main.tf.json": json.dumps(config), "main.tf": text}.items():
        directory = tmp_path / name.replace(".", "-")
        directory.mkdir()
        (directory / name).write_text(content, encoding="utf-8")
        terraform.validate(directory)


def _config(tmp_path: Path, feature: Callable[[Stack], None]) -> dict[str, Any]:
    stack = Stack(App(tmp_path / "out"), "demo")
    Provider(stack, "aws", region="eu-west-1")
    feature(stack)
    return synthesize(stack)


def _version(terraform: Terraform, directory: Path) -> tuple[int, ...]:
    found = json.loads(terraform.run(directory, "version", "-json"))["terraform_version"]
    return tuple(int(number) for number in found.partition("-")[0].split("."))
