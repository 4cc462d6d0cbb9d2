"""Fixtures: HCL as text goes in, through the real reader and the real runner, and judgements come out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork_policies.policy import Policy
from plainwork_policies.readers import read
from plainwork_policies.runner import Judgement, judge
from plainwork_policies.settings import Settings


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., list[Judgement]]:
    """`judged(policy, hcl, settings)`: every judgement of one policy on one root module."""

    def judged(policy: Policy, hcl: str, settings: Settings | None = None) -> list[Judgement]:
        (tmp_path / "main.tf").write_text(hcl, encoding="utf-8")
        (stack,) = read(tmp_path)
        return judge(stack, [policy], settings or Settings())

    return judged


@pytest.fixture
def verdicts(judged: Callable[..., list[Judgement]]) -> Callable[..., dict[str, str]]:
    """`verdicts(policy, hcl, settings)`: the verdict of each subject, by address."""
    return lambda *arguments: {each.address: each.verdict for each in judged(*arguments)}


@pytest.fixture
def messages(judged: Callable[..., list[Judgement]]) -> Callable[..., list[str]]:
    """`messages(policy, hcl, settings)`: what the findings say."""
    return lambda *arguments: [finding.message for each in judged(*arguments) for finding in each.findings]
