"""What the library itself writes gives these policies nothing to find, and nothing that they cannot evaluate."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings

ROOT = Path(__file__).parents[2]
WRITTEN = sorted((*ROOT.glob("examples/*/main.tf"), *ROOT.glob("tests/stack/__snapshots__/*/*.tf")))
FILES = [file for file in WRITTEN if file.parent.name != "wrong"]
FAMILIES = ("cache", "canary", "efs", "endpoint", "priv")
CHECKS = {"cache": "aws_elasticache_", "efs": "aws_efs_"}
"""Of what types a family has something to say, wherever there is one."""


@pytest.mark.parametrize("type_", CHECKS.values())
def test_there_is_a_document(type_: str) -> None:
    assert len([file for file in FILES if type_ in file.read_text(encoding="utf-8")]) > 1


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_nothing_is_found(file: Path, family: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (stack,) = read(tmp_path)
    results = evaluate(stack, [policy for policy in policies() if policy.family == family], Settings())
    assert [
        f"{result.policy.slug} {result.address} {finding.message}" for result in results for finding in result.findings
    ] == []
    if family in CHECKS and CHECKS[family] in file.read_text(encoding="utf-8"):
        assert results
