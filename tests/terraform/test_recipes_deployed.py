"""Every recipe is planned by the real provider; each one that the emulator has is applied and destroyed, too."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from plainwork import App, synthesize
from plainwork_core.read import read
from plainwork_core.recipes import Recipe, recipes
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tests.support.aws_server import AwsServer, aws_server
from tests.support.cycles import MINUTES, Cycle, assert_complete, cycles
from tests.support.networks import make_network, on_the_server
from tools.examples_hcl import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
every_recipe = pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
APPLIED = {recipe.name: recipe.python for recipe in recipes() if not recipe.not_applied}


@pytest.fixture(scope="module", autouse=True)
def _managed_policies_of_aws() -> Iterator[None]:
    """Recipes attach AWS managed policies, which moto has only on request."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[AwsServer]:
    with aws_server() as running:
        yield running


@pytest.fixture(scope="module")
def network(server: AwsServer) -> dict[str, str]:
    return make_network(server)


@every_recipe
def test_its_hcl_is_valid_and_formatted(recipe: Recipe, tmp_path: Path, terraform: Terraform) -> None:
    shutil.copy(recipe.hcl, tmp_path)
    terraform.init(tmp_path)
    terraform.validate(tmp_path)
    assert terraform.fmt_check(recipe.hcl.read_text(encoding="utf-8")) == ""


@every_recipe
def test_its_plan_passes_the_policies(
    recipe: Recipe, tmp_path: Path, terraform: Terraform, server: AwsServer, network: dict[str, str]
) -> None:
    document = synthesize(build(recipe.python, App(str(tmp_path / "out"))))
    (tmp_path / "cdk.tf.json").write_text(on_the_server(json.dumps(document), network))
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(terraform.with_env(AWS_ENDPOINT_URL=server.url).plan(tmp_path)))
    results = [result for stack in read(plan) for result in evaluate(stack, policies(), load(recipe.directory))]

    assert [f"{one.policy.slug} {one.address}" for one in results if one.status in ("failed", "error")] == []


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Iterator[dict[str, Future[Cycle]]]:
    with cycles(terraform, APPLIED, tmp_path_factory.mktemp("recipes")) as running:
        yield running


@pytest.mark.parametrize("name", APPLIED)
def test_it_is_applied_and_planned_empty_and_destroyed(name: str, started: dict[str, Future[Cycle]]) -> None:
    assert_complete(started[name].result(timeout=MINUTES))
