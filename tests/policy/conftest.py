"""Fixtures: HCL as text goes in, through the real reader and the real runner, and results come out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.run import run
from plainwork_policies.engine.runner import Result, evaluate
from plainwork_policies.engine.settings import Settings


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., list[Result]]:
    """`judged(policy, hcl, settings)`: every result of one policy on one root module."""

    def judged(policy: Policy, hcl: str, settings: Settings | None = None) -> list[Result]:
        (tmp_path / "main.tf").write_text(hcl, encoding="utf-8")
        (stack,) = read(tmp_path)
        return evaluate(stack, [policy], settings or Settings())

    return judged


@pytest.fixture
def verdicts(judged: Callable[..., list[Result]]) -> Callable[..., dict[str, str]]:
    """`verdicts(policy, hcl, settings)`: the verdict of each subject, by address."""
    return lambda *arguments: {each.address: each.status for each in judged(*arguments)}


@pytest.fixture
def messages(judged: Callable[..., list[Result]]) -> Callable[..., list[str]]:
    """`messages(policy, hcl, settings)`: what the findings say."""
    return lambda *arguments: [finding.message for each in judged(*arguments) for finding in each.findings]


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
            for judged in done.stacks
            for result in judged.results
            for finding in result.findings
        ]

    return findings_of_run
