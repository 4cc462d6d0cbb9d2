"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import json
from typing import Any

from plainwork_core.repository import repository_path
from plainwork_core.text import clean
from plainwork_policies.engine.run_result import Problem, RunResult
from plainwork_policies.report import Row, current_rows, pages, sentence, waived
from plainwork_policies.report.fingerprints import digest, with_fingerprints
from plainwork_policies.report.places import problem_location

_SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"}


def render(run: RunResult) -> str:
    """Return the failures, what is not evaluated or waived as `info`, and the errors; nothing of what passes."""
    found = [*current_rows(run), *(row for row, _ in waived(run))]
    entries = [_entry(row, fingerprint) for row, fingerprint in with_fingerprints(found)]
    return json.dumps([*entries, *map(_error, run.problems)], indent=1, ensure_ascii=False)


def _entry(row: Row, fingerprint: str) -> dict[str, Any]:
    is_failed = row.finding.status == "failed" and row.finding.waiver is None
    return {
        "description": clean(sentence(row) if is_failed else f"{_reason(row)}: {sentence(row)}"),
        "check_name": row.policy.slug,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[row.severity] if is_failed else "info",
        "location": _location(row.place.file, row.place.line),
        "content": {"body": pages.url(row.policy)},
    }


def _reason(row: Row) -> str:
    return f"Waived {row.finding.waiver.terms}" if row.finding.waiver else "Not evaluated"


def _error(problem: Problem) -> dict[str, Any]:
    location = problem_location(problem)
    return {
        "description": clean(problem.message),
        "check_name": "plainwork",
        "fingerprint": digest(problem.file, problem.message),
        "severity": "blocker",
        "location": _location(location.file or ".", location.line),
    }


def _location(file: str, line: int) -> dict[str, Any]:
    """Return a location; GitLab requires a line."""
    return {"path": clean(repository_path(file)), "lines": {"begin": max(line, 1)}}
