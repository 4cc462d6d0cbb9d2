"""Modules are applied on an emulator and ejected; the next plan has moves and no changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.support.aws_server import aws_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
CONFIGURATION = Path(__file__).parents[1] / "support" / "ejection"
PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n\n'
TOPIC = (
    'resource "aws_sns_topic" "this" {\n  name         = "orders"\n'
    '  display_name = file("${path.module}/name.txt")\n}\n'
)
OUTPUT = 'output "arn" {\n  value = aws_sns_topic.this.arn\n}\n'


@pytest.fixture
def reaching(terraform: Terraform) -> Iterator[Terraform]:
    with aws_server() as server:
        yield terraform.with_env(AWS_ENDPOINT_URL=server.url)


def eject(terraform: Terraform, directory: Path, *arguments: str) -> list[dict[str, Any]]:
    """Apply, eject and plan again; return the changes of the last plan."""
    terraform.init(directory)
    terraform.apply(directory)
    plan = directory / "plan.json"
    plan.write_text(json.dumps(terraform.plan(directory)), encoding="utf-8")
    done = CliRunner().invoke(main, ["eject", str(directory), *arguments, "--plan", str(plan)])
    assert done.exit_code == 0, done.output
    terraform.run(directory, "fmt", "-check", "-diff")
    terraform.init(directory)
    after = terraform.plan(directory)
    assert {name: one["actions"] for name, one in after["output_changes"].items() if one["actions"] != ["no-op"]} == {}
    return list(after["resource_changes"])


def test_the_plan_after_an_ejection_has_no_changes(reaching: Terraform, tmp_path: Path) -> None:
    """`count`, `for_each`, nested modules, outputs, provider aliases, `dynamic`, `depends_on`, files and templates."""
    directory = tmp_path / "root"
    shutil.copytree(CONFIGURATION, directory)
    changes = eject(reaching, directory, "--all")
    assert Counter(action for one in changes for action in one["change"]["actions"]) == {"no-op": 26}
    assert sum("previous_address" in one for one in changes) == 22
    assert not any(one["address"].startswith("module.") for one in changes)


def test_one_module_at_a_time(reaching: Terraform, tmp_path: Path) -> None:
    directory = tmp_path / "root"
    shutil.copytree(CONFIGURATION, directory)
    changes = eject(reaching, directory, "--module", "module.topic", "--module", "module.maybe")
    assert Counter(action for one in changes for action in one["change"]["actions"]) == {"no-op": 26}
    assert {one["address"].split("[")[0] for one in changes if one["address"].startswith("module.")} == {
        "module.numbered",
        "module.pair",
    }


def test_a_module_of_a_git_repository(reaching: Terraform, tmp_path: Path) -> None:
    repository, directory = tmp_path / "repository", tmp_path / "root"
    repository.mkdir()
    directory.mkdir()
    (repository / "main.tf").write_text(TOPIC + OUTPUT, encoding="utf-8")
    (repository / "name.txt").write_text("Orders", encoding="utf-8")
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@example.com commit -qm one"):
        subprocess.run(["git", *command.split()], cwd=repository, check=True)
    call = f'module "orders" {{\n  source = "git::file://{repository}"\n}}\n\n'
    used = 'output "arn" {\n  value = module.orders.arn\n}\n'
    (directory / "main.tf").write_text(PROVIDER + call + used, encoding="utf-8")
    changes = eject(reaching, directory, "--all")
    assert [(one["address"], one["change"]["actions"]) for one in changes] == [("aws_sns_topic.orders", ["no-op"])]
    assert (directory / "orders" / "name.txt").read_text(encoding="utf-8") == "Orders"
