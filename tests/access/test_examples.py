"""A stack compared with itself has no line, whatever it contains."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainwork_core.access import access_changes, access_of
from plainwork_core.read import read

ROOT = Path(__file__).parents[2]
ERRORED = ROOT / "tests" / "generated" / "plans" / "errored" / "plan.json"
STACKS = [
    *(file for file in ROOT.glob("tests/generated/plans/*/plan.json") if file != ERRORED),
    *ROOT.glob("examples/policies/privileges/*/*.tf"),
    *ROOT.glob("tests/generated/policies/privileges/*/unknown/plan.json"),
]


@pytest.mark.parametrize("file", sorted(STACKS), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_stack_is_as_it_is(file: Path) -> None:
    (stack,) = read(file)
    assert access_changes(stack, stack) == ()
    assert all(access.principal for access in access_of(stack))
