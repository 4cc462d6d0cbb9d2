"""Fixtures that read HCL with the real reader and evaluate a policy on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.run import run
from plainwork_policies.engine.runner import Result, evaluate
from plainwork_policies.engine.settings import Settings
from tests.support.settings import TEAM


@pytest.fixture
def results(tmp_path: Path) -> Callable[..., list[Result]]:
    """`results(policy, hcl, settings)`: the results of one policy on one root module; by default with all settings."""

    def results(policy: Policy, hcl: str, settings: Settings | None = None) -> list[Result]:
        (tmp_path / "main.tf").write_text(hcl, encoding="utf-8")
        (stack,) = read(tmp_path)
        return evaluate(stack, [policy], settings or TEAM)

    return results


@pytest.fixture
def statuses(results: Callable[..., list[Result]]) -> Callable[..., dict[str, str]]:
    """`statuses(policy, hcl, settings)`: the status of each subject, by address."""
    return lambda *arguments: {result.address: result.status for result in results(*arguments)}


@pytest.fixture
def messages(results: Callable[..., list[Result]]) -> Callable[..., list[str]]:
    """`messages(policy, hcl, settings)`: the message of each finding."""
    return lambda *arguments: [finding.message for result in results(*arguments) for finding in result.findings]


@pytest.fixture
def findings_of_run(tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """`findings_of_run(policy, {"a": hcl, "b": hcl})`: directory and message of each finding, sorted by directory."""

    def findings_of_run(
        policy: Policy, stacks: dict[str, str], settings: Settings | None = None
    ) -> list[tuple[str, str]]:
        for name, hcl in stacks.items():
            (tmp_path / name).mkdir(parents=True)
            (tmp_path / name / "main.tf").write_text(hcl, encoding="utf-8")
        done = run([tmp_path], [policy], settings or TEAM)
        return [
            (str(Path(checked.stack.source).relative_to(tmp_path)), finding.message.replace(f"{tmp_path}/", ""))
            for checked in done.stacks
            for result in checked.results
            for finding in result.findings
        ]

    return findings_of_run
