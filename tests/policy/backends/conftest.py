"""Fixtures: several stacks judged in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork_policies.policy import Policy
from plainwork_policies.run import run
from plainwork_policies.settings import Settings


@pytest.fixture
def findings_of_run(tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """`findings_of_run(policy, {"a": hcl, "b": hcl})`: folder and message of each finding, in the order of folders."""

    def findings_of_run(
        policy: Policy, stacks: dict[str, str], settings: Settings | None = None
    ) -> list[tuple[str, str]]:
        for name, hcl in stacks.items():
            (tmp_path / name).mkdir(parents=True)
            (tmp_path / name / "main.tf").write_text(hcl, encoding="utf-8")
        done = run([tmp_path], [policy], settings or Settings())
        return [
            (str(Path(judged.stack.source).relative_to(tmp_path)), finding.message.replace(f"{tmp_path}/", ""))
            for judged in done.judged
            for judgement in judged.judgements
            for finding in judgement.findings
        ]

    return findings_of_run
