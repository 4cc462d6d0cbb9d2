"""The HCL of every recipe is formatted, and its plan by the real provider passes the policies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from plainwork_core.read import read
from plainwork_core.recipes import Recipe, recipes
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tests.support.aws_server import AwsServer, aws_server
from tests.support.networks import make_network, on_the_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.terraform import Terraform

pytestmark = [pytest.mark.proof, pytest.mark.usefixtures("managed_policies_of_aws")]


@pytest.fixture(scope="module")
def server() -> Iterator[AwsServer]:
    with aws_server() as running:
        yield running


@pytest.fixture(scope="module")
def network(server: AwsServer) -> dict[str, str]:
    return make_network(server)


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_its_hcl_is_formatted_and_its_plan_passes_the_policies(
    recipe: Recipe, tmp_path: Path, terraform: Terraform, server: AwsServer, network: dict[str, str]
) -> None:
    hcl = recipe.hcl.read_text(encoding="utf-8")
    (tmp_path / "main.tf").write_text(on_the_server(hcl, network))
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(terraform.with_env(AWS_ENDPOINT_URL=server.url).plan(tmp_path)))
    results = [result for stack in read(plan) for result in evaluate(stack, policies(), load(recipe.directory))]

    assert terraform.fmt_check(hcl) == ""
    assert [f"{one.policy.slug} {one.address}" for one in results if one.status in ("failed", "error")] == []
