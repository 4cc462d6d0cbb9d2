"""Every example is applied, planned again and destroyed.

That of the state backend is in `test_stacks_deployed.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cycles import MINUTES, Cycle, assert_complete, cycles
from tools.examples_hcl import examples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
EXAMPLES = {example.parent.name: example for example in examples() if example.parent.name != "s3_state_backend"}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Iterator[dict[str, Future[Cycle]]]:
    with cycles(terraform, EXAMPLES, tmp_path_factory.mktemp("examples")) as running:
        yield running


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_applied_and_planned_empty_and_destroyed(name: str, started: dict[str, Future[Cycle]]) -> None:
    assert_complete(started[name].result(timeout=MINUTES))
