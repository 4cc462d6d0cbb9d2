"""What a check answers: the judgements of one policy about one entity, as one of Checkov's results."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Literal

from plainwork_policies.engine.policy import Finding
from plainwork_policies.engine.runner import Judgement

Result = Literal["PASSED", "FAILED", "SKIPPED"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A result and what is to be said with it.

    Args:
        result: SKIPPED is how *not evaluated* shows in every report without failing the run.
        details: a sentence for each finding.
        paths: the arguments in question.
        comment: what a SKIPPED shows as the reason.
        is_verdict: whether a policy said so; if not, something is broken, and no skip comment may hide that.
    """

    result: Result
    details: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    comment: str = ""
    is_verdict: bool = True


def refusal(reason: object) -> Answer:
    """Make the answer where there is no verdict: FAILED, saying why."""
    said = str(reason) or repr(reason)
    return Answer("FAILED", (f"not judged: {said}",), is_verdict=False)


def answer(judgements: Iterable[Judgement], *, fail_on_unknown: bool) -> Answer | None:
    """Sum up *judgements* of one policy about one entity; `None` if there are none: it is not a subject.

    The worst verdict counts: error, fail, not evaluated, pass.
    """
    judged = list(judgements)
    if not judged:
        return None
    verdicts = {judgement.verdict for judgement in judged}
    said = [(judgement.address, finding) for judgement in judged for finding in judgement.findings]
    return Answer(
        _result(verdicts, fail_on_unknown=fail_on_unknown),
        tuple(_sentence(address, finding) for address, finding in said),
        tuple(finding.path for _, finding in said if finding.path),
        "; ".join(finding.message for _, finding in said),
        is_verdict="error" not in verdicts,
    )


def _result(verdicts: Set[str], *, fail_on_unknown: bool) -> Result:
    if verdicts == {"pass"}:
        return "PASSED"
    if verdicts <= {"pass", "unknown"} and not fail_on_unknown:
        return "SKIPPED"
    return "FAILED"


def _sentence(address: str, finding: Finding) -> str:
    parts = [f"{address}: {finding.message}"]
    if finding.remedy:
        parts.append(f"fix: {finding.remedy}")
    return "; ".join(parts)
