"""The findings of policies on what a plan changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork_core.diff.masking import Writer
from plainwork_core.model.blocks import Location
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.report import Row, current_rows, pages, waived
from plainwork_policies.report.entries import Failure, Unevaluated, failures, unevaluated
from plainwork_policies.review.model import FoundProblem


def problems(run: RunResult, risky: frozenset[str], write: Writer) -> tuple[tuple[FoundProblem, ...], int, int]:
    """Return the findings on changed resources, the worst first.

    Also return the number of those on unchanged ones, and of those that the base of the run has, too.

    A finding on a change (`plan-...`) is not among them if its address is in *risky*, those of the section on risks.
    """
    rows = [row for row in current_rows(run) if "change" not in row.policy.types or row.address not in risky]
    shown = [row for row in rows if not row.is_unchanged]
    accepted = [(row, waiver) for row, waiver in waived(run) if not row.is_unchanged]
    found = [
        *(_failure(entry, write) for entry in failures(shown)),
        *(_waived(row, waiver.terms, write) for row, waiver in accepted),
        *(_unevaluated(entry, write) for entry in unevaluated(shown)),
    ]
    known = sum(finding.state == "old" for _, finding in run.findings)
    return tuple(found), len(rows) - len(shown), known


def _failure(entry: Failure, write: Writer) -> FoundProblem:
    first = entry.rows[0]
    message = "; ".join(dict.fromkeys(row.finding.message for row in entry.rows))
    remedy = " ".join(dict.fromkeys(row.finding.remedy for row in entry.rows))
    return _problem(first, _addresses(entry.subjects), write.text(message), write.text(remedy))


def _unevaluated(entry: Unevaluated, write: Writer) -> FoundProblem:
    first = entry.rows[0]
    return FoundProblem(
        "not_evaluated",
        first.severity,
        ", ".join(entry.policies),
        first.policy.id if len(entry.policies) == 1 else "",
        pages.url(first.policy) if len(entry.policies) == 1 else "",
        _addresses(entry.subjects),
        write.text(entry.reason),
        place=_place(first),
    )


def _waived(row: Row, terms: str, write: Writer) -> FoundProblem:
    policy = row.policy
    message = write.text(row.finding.message)
    return FoundProblem(
        "waived",
        row.severity,
        policy.slug,
        policy.id,
        pages.url(policy),
        (row.address,),
        message,
        "",
        write.text(terms),
        _place(row),
    )


def _problem(row: Row, addresses: tuple[str, ...], message: str, remedy: str) -> FoundProblem:
    policy = row.policy
    return FoundProblem(
        "failed", row.severity, policy.slug, policy.id, pages.url(policy), addresses, message, remedy, place=_place(row)
    )


def _place(row: Row) -> Location | None:
    return row.place if row.place.line else None


def _addresses(subjects: Sequence[tuple[Row, ...]]) -> tuple[str, ...]:
    return tuple(_names(subjects))


def _names(subjects: Sequence[tuple[Row, ...]]) -> Iterator[str]:
    yield from dict.fromkeys(places[0].address or "the stack" for places in subjects)
