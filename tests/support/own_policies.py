"""What our own policies say of what we write, by the settings of the stacks of this repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings_file import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork_policies.engine.run_result import RunResult

ROOT = Path(__file__).parents[2]


def checked(*paths: Path, of: str = "stacks") -> RunResult:
    """The results with the settings of the stacks, or of an example if it has its own."""
    own = ROOT / "examples" / of / "plainwork.toml"
    return run(paths, policies(), read(own if own.exists() else ROOT / "stacks" / "plainwork.toml"))


def findings(run_result: RunResult) -> Sequence[str]:
    """Each failure and each error as one line."""
    failed = [
        f"{result.policy.slug} {result.address}: {finding.message}"
        for stack in run_result.stacks
        for result in stack.results
        for finding in result.findings
        if result.status == "failed"
    ]
    return [*failed, *(problem.message for problem in run_result.problems)]
