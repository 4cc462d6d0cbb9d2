"""What the library itself writes gives these policies nothing to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainwork_policies.catalogue import POLICIES
from plainwork_policies.readers import read
from plainwork_policies.runner import judge
from plainwork_policies.settings import Settings

ROOT = Path(__file__).parents[2]
OURS = [policy for policy in POLICIES if policy.family in ("canary", "endpoint")]
EXAMPLES = sorted(file.parent for file in ROOT.glob("examples/*/main.tf") if file.parent.name != "wrong")
STACKS = sorted(ROOT.glob("tests/stack/__snapshots__/*/*.tf"))


def findings(folder: Path) -> list[str]:
    (stack,) = read(folder)
    judged = judge(stack, OURS, Settings())
    return [f"{each.policy.slug} {each.address} {found.message}" for each in judged for found in each.findings]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_nothing_is_found_in_an_example(folder: Path) -> None:
    assert findings(folder) == []


@pytest.mark.parametrize("file", STACKS, ids=lambda file: file.stem)
def test_nothing_is_found_in_a_stack(file: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    assert findings(tmp_path) == []
