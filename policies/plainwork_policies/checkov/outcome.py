"""What a check answers: the results of one policy about one entity, as one of Checkov's results."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.runner import Result

CheckovResult = Literal["PASSED", "FAILED", "SKIPPED"]


@frozen(slots=True)
class CheckOutcome:
    """A result and what is to be said with it.

    Args:
        result: SKIPPED is how *not evaluated* shows in every report without failing the run.
        details: a sentence for each finding.
        paths: the arguments in question.
        comment: what a SKIPPED shows as the reason.
        is_verdict: whether a policy said so; if not, something is broken, and no skip comment may hide that.
    """

    result: CheckovResult
    details: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    comment: str = ""
    is_verdict: bool = True


def error_outcome(reason: object) -> CheckOutcome:
    """Make the answer where there is no verdict: FAILED, saying why."""
    said = str(reason) or repr(reason)
    return CheckOutcome("FAILED", (f"not judged: {said}",), is_verdict=False)


def answer(results: Iterable[Result], *, fail_on_unknown: bool) -> CheckOutcome | None:
    """Sum up *results* of one policy about one entity; `None` if there are none: it is not a subject.

    The worst verdict counts: error, fail, not evaluated, pass.
    """
    judged = list(results)
    if not judged:
        return None
    verdicts = {result.status for result in judged}
    said = [(result.address, finding) for result in judged for finding in result.findings]
    return CheckOutcome(
        _result(verdicts, fail_on_unknown=fail_on_unknown),
        tuple(_sentence(address, finding) for address, finding in said),
        tuple(finding.path for _, finding in said if finding.path),
        "; ".join(finding.message for _, finding in said),
        is_verdict="error" not in verdicts,
    )


def _result(verdicts: Set[str], *, fail_on_unknown: bool) -> CheckovResult:
    if verdicts == {"passed"}:
        return "PASSED"
    if verdicts <= {"passed", "not_evaluated"} and not fail_on_unknown:
        return "SKIPPED"
    return "FAILED"


def _sentence(address: str, finding: Finding) -> str:
    parts = [f"{address}: {finding.message}"]
    if finding.remedy:
        parts.append(f"fix: {finding.remedy}")
    return "; ".join(parts)
