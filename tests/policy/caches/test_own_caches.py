"""What the library itself writes gives these policies nothing to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainwork_policies.catalogue import POLICIES
from plainwork_policies.readers import read
from plainwork_policies.runner import judge
from plainwork_policies.settings import Settings

ROOT = Path(__file__).parents[3]
OWN = [policy for policy in POLICIES if policy.family == "cache"]
FILES = [
    file
    for file in sorted((*ROOT.glob("examples/*/main.tf"), *ROOT.glob("tests/stack/__snapshots__/*/*.tf")))
    if "aws_elasticache_" in file.read_text(encoding="utf-8") and file.parent.name != "wrong"
]


def test_there_is_something_to_judge():
    assert len(FILES) > 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_nothing_is_found(file: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (stack,) = read(tmp_path)
    judged = judge(stack, OWN, Settings())
    assert judged
    assert [f"{each.policy.slug} {each.address} {found.message}" for each in judged for found in each.findings] == []
