"""What our own policies say of what we write, by the settings of the stacks of this repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings_file import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork_policies.engine.run import RunResult

SETTINGS = read(Path(__file__).parents[2] / "stacks" / "plainwork.toml")


def judged(*paths: Path) -> RunResult:
    return run(paths, policies(), SETTINGS)


def findings(of: RunResult) -> Sequence[str]:
    """Each failure, and what could not be judged, as one line."""
    failed = [
        f"{each.policy.slug} {each.address}: {found.message}"
        for stack in of.stacks
        for each in stack.results
        for found in each.findings
        if each.status == "failed"
    ]
    return [*failed, *(problem.message for problem in of.problems)]
