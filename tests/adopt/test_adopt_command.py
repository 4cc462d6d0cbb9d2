"""`plainwork adopt`: what it reads, its errors, and that it writes nothing that is not the same configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TOPIC = 'resource "aws_sns_topic" "orders" {\n  name = "orders"\n}\n'


def adopt(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["adopt", *map(str, arguments)])


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    directory = tmp_path / "shop"
    directory.mkdir()
    (directory / "main.tf").write_text(TOPIC, encoding="utf-8")
    return directory


def test_a_directory_of_hcl_is_printed_as_python(shop: Path) -> None:
    result = adopt(shop)
    assert result.exit_code == 0, result.output
    assert 'stack = Stack(app, "shop", required_version=None)' in result.stdout
    assert 'Resource(stack, "aws_sns_topic", "orders", name="orders")' in result.stdout


def test_a_file_and_a_name_of_the_stack_can_be_given(shop: Path) -> None:
    result = adopt(shop / "main.tf", "--name", "orders-prod", "--output", shop / "out" / "stack.py")
    assert result.exit_code == 0, result.output
    written = (shop / "out" / "stack.py").read_text(encoding="utf-8")
    assert 'Stack(app, "orders-prod", required_version=None)' in written
    assert "created " in result.stdout


def test_an_existing_file_is_not_replaced(shop: Path) -> None:
    existing = shop / "stack.py"
    existing.write_text("# mine\n", encoding="utf-8")
    result = adopt(shop, "--output", existing)
    assert result.exit_code == 2
    assert "exists; remove it, or pass another file" in result.output
    assert existing.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("name", ["plainwork.py", "json.py"])
def test_a_file_that_python_would_import_is_an_error(name: str, shop: Path) -> None:
    result = adopt(shop, "--output", shop / name)
    assert result.exit_code == 2
    assert "Python would import this file" in result.output
    assert not (shop / name).exists()


def test_override_files_are_merged(shop: Path) -> None:
    (shop / "override.tf").write_text('resource "aws_sns_topic" "orders" {\n  name = "other"\n}\n', encoding="utf-8")
    assert 'Resource(stack, "aws_sns_topic", "orders", name="other")' in adopt(shop).stdout


def test_the_document_of_cdktf_is_read(tmp_path: Path) -> None:
    document = {
        "//": {"metadata": {"version": "0.21.0"}},
        "resource": {"aws_sns_topic": {"orders": {"name": "orders"}}},
    }
    (tmp_path / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    assert 'Resource(stack, "aws_sns_topic", "orders", name="orders")' in adopt(tmp_path, "--name", "web").stdout


def test_an_app_of_several_stacks_needs_one_of_them(tmp_path: Path) -> None:
    stacks = {name: {"synthesizedStackPath": f"stacks/{name}/cdk.tf.json"} for name in ("blue", "green")}
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "x", "stacks": stacks}), encoding="utf-8")
    result = adopt(tmp_path)
    assert result.exit_code == 2
    assert "2 stacks; pass the directory of one" in result.output


def test_everything_that_has_no_form_is_an_error_with_its_line(shop: Path) -> None:
    (shop / "network.tf").write_text(
        'resource "aws_vpc" "main" {\n  cidr_blok = "10.0.0.0/16"\n}\n\n'
        'resource "aws_ecs_service" "web" {\n  name = "web service"\n}\n',
        encoding="utf-8",
    )
    target = shop / "stack.py"
    result = adopt(shop, "--output", target)
    assert result.exit_code == 2
    assert f"{shop}/network.tf:1: aws_vpc.main: unsupported argument `cidr_blok`" in result.output
    assert f"{shop}/network.tf:5: aws_ecs_service.web: `name` is `web service`" in result.output
    assert not target.exists()


def test_an_undefined_reference_is_an_error_with_its_line(shop: Path) -> None:
    (shop / "outputs.tf").write_text('output "arn" {\n  value = aws_sns_topic.order.arn\n}\n', encoding="utf-8")
    result = adopt(shop)
    assert result.exit_code == 2
    assert f"{shop}/outputs.tf:1: output.arn refers to aws_sns_topic.order" in result.output


def test_what_is_relative_to_the_directory_is_noted(shop: Path) -> None:
    (shop / "network.tf").write_text('module "network" {\n  source = "./network"\n}\n', encoding="utf-8")
    result = adopt(shop)
    assert result.exit_code == 0
    assert "network.tf:1: module.network: the source './network' is relative to the directory" in result.stderr


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("resource {", "syntax error"),
        ('resource "aws_vpc" {\n}\n', "requires 2 labels"),
    ],
)
def test_invalid_hcl_is_an_error_with_its_line(content: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(content, encoding="utf-8")
    result = adopt(tmp_path)
    assert result.exit_code == 2
    assert f"{tmp_path}/main.tf:1" in result.output
    assert problem in result.output


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"lineage": "x", "terraform_version": "1.11.4"}', "a state has values and no expressions"),
        ('{"whatever": {}}', "not a Terraform configuration"),
        ("hello", "not HCL and not JSON"),
        ('{"planned_values": {}}', "plan with `format_version` None; 0.1 to 1.x are supported"),
        ('{"format_version": "1.2", "planned_values": {}, "errored": true}', "incomplete plan"),
        ('{"format_version": "1.2", "planned_values": {"root_module": {"resources": [1]}}}', "damaged plan: `planned"),
    ],
)
def test_another_file_is_an_error(content: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "input.json"
    file.write_text(content, encoding="utf-8")
    result = adopt(file)
    assert result.exit_code == 2
    assert problem in result.output


def test_an_invalid_name_and_a_missing_path_are_errors(shop: Path) -> None:
    assert "--name is '../x'" in adopt(shop, "--name", "../x").output
    assert "does not exist" in adopt(shop / "nothing").output


def test_a_directory_that_cannot_be_written_is_an_error(shop: Path) -> None:
    result = adopt(shop, "--output", shop / "main.tf" / "stack.py")
    assert result.exit_code == 2
    assert "cannot be written" in result.output
