"""A module repeats defaults of the provider: Terraform plans the same without them, for new and deployed resources."""

from __future__ import annotations

import json
import shutil
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
CONFIGURATION = Path(__file__).parents[1] / "support" / "defaults"
EMPTY: tuple[Any, ...] = (None, "", False, 0, [], {})


@pytest.fixture
def reaching(terraform: Terraform) -> Iterator[Terraform]:
    with aws_server() as server:
        yield terraform.with_env(AWS_ENDPOINT_URL=server.url)


@pytest.fixture
def directory(reaching: Terraform, tmp_path: Path) -> Path:
    shutil.copytree(CONFIGURATION, tmp_path / "root")
    reaching.init(tmp_path / "root")
    return tmp_path / "root"


def planned(plan: dict[str, Any]) -> dict[str, Any]:
    """Return the values of each new resource by type, and which are unknown, without those that are empty."""
    changes = {change["type"]: change["change"] for change in plan["resource_changes"]}
    return {type_: filled([change["after"], change["after_unknown"]]) for type_, change in changes.items()}


def filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner for name, item in value.items() if (inner := filled(item)) not in EMPTY}
    return [filled(item) for item in value] if isinstance(value, list) else value


def ejected(terraform: Terraform, directory: Path) -> None:
    before = sum(" = " in line for line in (directory / "shop" / "main.tf").read_text().splitlines())
    done = CliRunner().invoke(main, ["eject", str(directory), "--all"])
    assert done.exit_code == 0, done.output
    terraform.run(directory, "fmt", "-check", "-diff")
    terraform.init(directory)
    text = (directory / "shop.tf").read_text().partition("moved {")[0]
    assert sum(" = " in line for line in text.splitlines()) < before / 2
    assert "tags" not in text


def test_new_resources_are_planned_the_same(reaching: Terraform, directory: Path) -> None:
    before = planned(reaching.plan(directory))
    ejected(reaching, directory)
    assert planned(reaching.plan(directory)) == before
    assert len(before) == 20


def test_deployed_resources_have_no_change(reaching: Terraform, directory: Path) -> None:
    reaching.apply(directory)
    ejected(reaching, directory)
    changes = reaching.plan(directory)["resource_changes"]
    assert {json.dumps(change["change"]["actions"]) for change in changes} == {'["no-op"]'}
    assert all("previous_address" in change for change in changes)
