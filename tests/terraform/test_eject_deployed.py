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
from tests.support.module_registry import module_registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
SUPPORT = Path(__file__).parents[1] / "support"
CONFIGURATION, SOURCES = SUPPORT / "ejection", SUPPORT / "ejection_sources"


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
    """`count`, `for_each`, nested modules, outputs, aliases, `dynamic`, `depends_on`, files, templates and types."""
    directory = tmp_path / "root"
    shutil.copytree(CONFIGURATION, directory)
    changes = eject(reaching, directory, "--all")
    assert Counter(action for one in changes for action in one["change"]["actions"]) == {"no-op": 28}
    assert sum("previous_address" in one for one in changes) == 24
    assert not any(one["address"].startswith("module.") for one in changes)


def test_one_module_at_a_time(reaching: Terraform, tmp_path: Path) -> None:
    directory = tmp_path / "root"
    shutil.copytree(CONFIGURATION, directory)
    changes = eject(reaching, directory, "--module", "module.topic", "--module", "module.maybe")
    assert Counter(action for one in changes for action in one["change"]["actions"]) == {"no-op": 28}
    assert {one["address"].split("[")[0] for one in changes if one["address"].startswith("module.")} == {
        "module.numbered",
        "module.pair",
    }


def test_modules_of_a_registry_a_git_repository_and_a_directory(reaching: Terraform, tmp_path: Path) -> None:
    """A registry module calls another one and has a submodule; the Git source has a submodule and a tag."""
    directory, repository = tmp_path / "root", tmp_path / "repository"
    shutil.copytree(SOURCES / "root", directory)
    shutil.copytree(SOURCES / "repository", repository)
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@example.com commit -qm one", "tag v1.0.0"):
        subprocess.run(["git", *command.split()], cwd=repository, check=True)
    main_file = directory / "main.tf"
    main_file.write_text(main_file.read_text(encoding="utf-8").replace("REPOSITORY", str(repository)), encoding="utf-8")
    with module_registry(SOURCES / "registry") as registry:
        config = registry.cli_config(tmp_path / "cli.tfrc", reaching.env.get("TF_CLI_CONFIG_FILE"))
        changes = eject(reaching.with_env(TF_CLI_CONFIG_FILE=str(config)), directory, "--all")
    assert registry.served == ["acme/alarms/aws 3.1.4", "acme/topic/aws 1.2.0"]
    assert {one["address"] for one in changes} == {
        *("aws_iam_policy.reader", "aws_sns_topic.alarms", "aws_ssm_parameter.parameter"),
        *('aws_sns_topic_subscription.alarms["orders"]', 'aws_sns_topic_subscription.alarms["payments"]'),
        *('aws_sqs_queue.queue["orders"]', 'aws_sqs_queue.queue["payments"]'),
    }
    assert all(one["change"]["actions"] == ["no-op"] and "previous_address" in one for one in changes)
    assert (directory / "topic" / "delivery.json").is_file()
    assert (directory / "parameter" / "description.txt").is_file()
