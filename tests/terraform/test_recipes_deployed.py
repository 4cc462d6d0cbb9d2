"""Every recipe is planned by the real provider; each one that the emulator has is applied and destroyed, too."""

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
from tests.support.cycles import MINUTES, Cycle, assert_complete, cycles
from tests.support.networks import make_network, on_the_server

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


@pytest.fixture(scope="module")
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, terraform: Terraform
) -> Iterator[dict[str, Future[Cycle]]]:
    selected = {item.callspec.params.get("name") for item in request.session.items if hasattr(item, "callspec")}
    sources = {name: source for name, source in APPLIED.items() if name in selected}
    with cycles(terraform, sources, tmp_path_factory.mktemp("recipes")) as running:
        yield running


@pytest.mark.parametrize("name", APPLIED)
def test_it_is_applied_and_planned_empty_and_destroyed(name: str, started: dict[str, Future[Cycle]]) -> None:
    assert_complete(started[name].result(timeout=MINUTES))
