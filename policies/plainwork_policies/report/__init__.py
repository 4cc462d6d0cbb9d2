"""What a run says, as rows that the text and the JSON report share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plainwork_core.model.stack import Location
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.engine.policy import Finding, Policy
from plainwork_policies.engine.run import RunResult, StackResult

UNKNOWN = "(unknown)"


@dataclass(frozen=True)
class Row:
    """One finding, with whose it is and what it is about."""

    policy: Policy
    address: str
    location: Location
    finding: Finding


def rows(judged: StackResult) -> list[Row]:
    """Return the findings about one stack by file, line, address and policy; a crash is a problem, not a finding."""
    return sorted(_rows(judged), key=_order)


def counts(run: RunResult) -> dict[str, int]:
    """Count what a run looked at and what came of it; the verdicts are of one policy on one subject each."""
    verdicts = run.verdicts
    return {
        "stacks": len(run.stacks),
        "resources": sum(len(judged.stack.resources) for judged in run.stacks),
        "policies": len(run.policies),
        "judged": verdicts["pass"] + verdicts["fail"] + verdicts["unknown"],
        "passed": verdicts["pass"],
        "failed": verdicts["fail"],
        "unknown": verdicts["unknown"],
        "errors": len(run.problems),
    }


def plain(value: Value) -> Any:
    """Return *value* as JSON data, with `(unknown)` for each part that the input does not tell."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else value


def _rows(judged: StackResult) -> Iterator[Row]:
    for result in judged.results:
        findings = result.findings[:-1] if result.verdict == "error" else result.findings
        for finding in findings:
            yield Row(result.policy, result.address, finding.location or result.location, finding)


def _order(row: Row) -> tuple[str, int, str, str, str]:
    return row.location.file, row.location.line, row.address, row.policy.id, row.finding.path
