"""The findings of a run as rows of the text report and the JSON report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.engine.finding import Finding, Severity
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.run import RunResult, StackResult

UNKNOWN = "(unknown)"


@frozen()
class Row:
    """One finding, with its policy and its subject."""

    policy: Policy
    address: str
    location: Location
    finding: Finding

    @property
    def severity(self) -> Severity:
        """The finding's own, or the policy's."""
        return self.finding.severity or self.policy.severity


def rows(of: StackResult) -> list[Row]:
    """Return the findings in one stack by file, line, address and policy. A crash is a problem, not a finding."""
    return sorted(_rows(of), key=_order)


def counts(run: RunResult) -> dict[str, int]:
    """Return the numbers of stacks, resources and policies of a run, and of its results by status."""
    statuses = run.statuses
    return {
        "stacks": len(run.stacks),
        "resources": sum(len(result.stack.resources) for result in run.stacks),
        "policies": len(run.policies),
        "results": statuses["passed"] + statuses["failed"] + statuses["not_evaluated"],
        "passed": statuses["passed"],
        "failed": statuses["failed"],
        "not_evaluated": statuses["not_evaluated"],
        "errors": len(run.problems),
    }


def plain(value: Value) -> Any:
    """Return *value* as JSON data, with `(unknown)` for each part that the input does not contain."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else value


def _rows(of: StackResult) -> Iterator[Row]:
    for result in of.results:
        findings = result.findings[:-1] if result.status == "error" else result.findings
        for finding in findings:
            yield Row(result.policy, result.address, finding.location or result.location, finding)


def _order(row: Row) -> tuple[str, int, str, str, str]:
    return row.location.file, row.location.line, row.address, row.policy.id, row.finding.path
