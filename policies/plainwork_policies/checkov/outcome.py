"""The outcome of a check: the results of one policy on one entity as one result of Checkov."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.runner import Result

CheckovResult = Literal["PASSED", "FAILED", "SKIPPED"]


@frozen(slots=True)
class CheckOutcome:
    """A result of Checkov with its explanation.

    Args:
        result: *not evaluated* and *waived* are SKIPPED: every report shows them, and the run does not fail.
        details: a sentence for each finding.
        paths: the arguments of the findings.
        comment: the reason that Checkov shows for SKIPPED.
        is_error: whether something failed other than a policy. A skip comment does not hide an error.
    """

    result: CheckovResult
    details: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    comment: str = ""
    is_error: bool = False


def error_outcome(reason: object) -> CheckOutcome:
    """Return the outcome of an error: FAILED, with the reason."""
    return CheckOutcome("FAILED", (f"error: {str(reason) or repr(reason)}",), is_error=True)


def outcome_of(results: Iterable[Result], *, fail_on_not_evaluated: bool) -> CheckOutcome | None:
    """Return the outcome of *results* of one policy on one entity; `None` if there are none.

    The worst status decides: error, failed, not evaluated, waived, passed.
    """
    statuses: set[str] = set()
    findings: list[tuple[str, Finding]] = []
    for result in results:
        statuses.add(result.status)
        findings += [(result.address, finding) for finding in result.findings]
    if not statuses:
        return None
    return CheckOutcome(
        _result(statuses, fail_on_not_evaluated=fail_on_not_evaluated),
        tuple(_sentence(address, finding) for address, finding in findings),
        tuple(finding.path for _, finding in findings if finding.path),
        "; ".join(_comment(finding) for _, finding in findings),
        is_error="error" in statuses,
    )


def _result(statuses: Set[str], *, fail_on_not_evaluated: bool) -> CheckovResult:
    if statuses == {"passed"}:
        return "PASSED"
    if statuses <= {"passed", "waived"} or (
        statuses <= {"passed", "waived", "not_evaluated"} and not fail_on_not_evaluated
    ):
        return "SKIPPED"
    return "FAILED"


def _comment(finding: Finding) -> str:
    return f"waived {finding.waiver.terms}" if finding.waiver else finding.message


def _sentence(address: str, finding: Finding) -> str:
    parts = [f"{address}: {finding.message}"]
    if finding.waiver:
        parts.append(f"waived {finding.waiver.terms}")
    if finding.remedy:
        parts.append(f"remedy: {finding.remedy}")
    return "; ".join(parts)
