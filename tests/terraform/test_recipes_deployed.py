"""Every recipe that the emulator has is applied, planned without a change and destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork_core.recipes import recipes
from tests.support.cycles import MINUTES, Cycle, assert_complete, cycles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from tests.support.terraform import Terraform

pytestmark = [pytest.mark.proof, pytest.mark.usefixtures("managed_policies_of_aws")]
APPLIED = {recipe.name: recipe.python for recipe in recipes() if not recipe.not_applied}


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
