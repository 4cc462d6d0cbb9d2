"""SARIF 2.1.0, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

The kind of a result (3.27.9) is `fail`, `pass`, or `open` for one that is not evaluated: the tool does not have enough
information to decide. GitHub ignores the kind and makes an alert of every result, so `render_failed` has failures only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any

from plainwork_core import __version__
from plainwork_core.model.stack import Location, Stack
from plainwork_core.repository import repository_path
from plainwork_core.text import clean
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.report import counts, pages, place, rows, sentence, waived
from plainwork_policies.report.fingerprints import with_fingerprints
from plainwork_policies.report.notes import notes
from plainwork_policies.report.places import problem_location, uri

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_NOWHERE = Location("")
_KINDS = {"failed": "fail", "not_evaluated": "open"}
_BASELINE_STATES = {"new": "new", "worse": "updated", "old": "unchanged", "new_policy": "unchanged"}
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
"""In the middle of the ranges of https://docs.github.com/en/code-security/reference/code-scanning/sarif-support."""
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def render(run: RunResult) -> str:
    """Return a log with all results."""
    passed = [
        _result(result.policy, result.address, result.location, stack.stack, ("pass", "The policy passes."))
        for stack in run.stacks
        for result in stack.results
        if result.status == "passed"
    ]
    return _log(run, [*_found(run, ("failed", "not_evaluated")), *passed])


def render_failed(run: RunResult) -> str:
    """Return a log with the failures that no waiver and no base accepts, for GitHub."""
    results = _found(run, ("failed",))
    current = (result for result in results if "suppressions" not in result)
    return _log(run, [result for result in current if result.get("baselineState") != "unchanged"])


def _found(run: RunResult, statuses: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    found = [row for result in run.stacks for row in rows(result)] + [row for row, _ in waived(run)]
    found = [row for row in found if row.finding.status in statuses]
    for row, fingerprint in with_fingerprints(found):
        kind = _KINDS[row.finding.status]
        yield {
            **_result(row.policy, row.address, row.location, row.stack, (kind, sentence(row))),
            "level": _LEVELS[row.severity] if kind == "fail" else "none",
            "partialFingerprints": {"plainwork/v1": fingerprint},
            **({"baselineState": _BASELINE_STATES[row.finding.state]} if row.finding.state else {}),
            "properties": {"severity": row.severity, "argument": row.finding.path},
            **({"suppressions": [_suppression(row.finding.waiver)]} if row.finding.waiver else {}),
        }


def _suppression(waiver: Waiver) -> dict[str, str]:
    """Return a waiver as 3.35 has it: an `external` one is not in the file of the finding."""
    return {"kind": "external", "status": "accepted", "justification": f"Waived {waiver.terms}"}


def _result(policy: Policy, address: str, location: Location, stack: Stack, outcome: tuple[str, str]) -> dict[str, Any]:
    kind, text = outcome
    shown = place(stack, address, location)
    located: dict[str, Any] = {"physicalLocation": physical_location(shown)}
    related = {"relatedLocations": [{"physicalLocation": physical_location(location)}]} if shown != location else {}
    if address:
        located["logicalLocations"] = [{"fullyQualifiedName": address, "kind": "resource"}]
    return {
        "ruleId": policy.id,
        "rule": policy,
        "kind": kind,
        "level": "none",
        "message": {"text": _message(text)},
        "locations": [located],
        **related,
    }


def physical_location(location: Location) -> dict[str, Any]:
    """Return *location* in the repository, or in a file outside of it."""
    path = repository_path(location.file)
    artifact = {"uri": uri(path)} if path.startswith("/") else {"uri": uri(path), "uriBaseId": _ROOT}
    return {"artifactLocation": artifact, **({"region": {"startLine": location.line}} if location.line else {})}


def _message(text: str) -> str:
    """Return *text* without what is a placeholder (3.11.5) or a link (3.11.6) in a message."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", clean(text)))


def _log(run: RunResult, results: list[dict[str, Any]]) -> str:
    used = {result["ruleId"]: result.pop("rule") for result in results}
    indices = {id_: index for index, id_ in enumerate(sorted(used))}
    for result in results:
        result["ruleIndex"] = indices[result["ruleId"]]
    driver = {
        "name": "plainwork",
        "semanticVersion": __version__,
        "informationUri": pages.DOCS_URL,
        "rules": [_rule(used[id_]) for id_ in indices],
    }
    log_run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(run)],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": counts(run),
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [log_run]}, indent=1, ensure_ascii=False)


def _rule(policy: Policy) -> dict[str, Any]:
    sections = {**pages.sections(policy), pages.REFERENCE: "\n".join(policy.links)}
    shown = {heading: cleandoc(text) for heading, text in sections.items() if text}
    return {
        "id": policy.id,
        "name": policy.slug,
        "shortDescription": {"text": policy.title},
        "fullDescription": {"text": cleandoc(policy.sections.get("What", policy.title))},
        "help": {
            "text": _joined(f"{heading}: {text}" for heading, text in shown.items()) or policy.title,
            "markdown": _joined(f"## {heading}\n\n{text}" for heading, text in shown.items()) or policy.title,
        },
        **({"helpUri": pages.url(policy)} if pages.url(policy) else {}),
        "defaultConfiguration": {"level": _LEVELS[policy.severity]},
        "properties": {
            "tags": [policy.family],
            "precision": "high",
            "severity": policy.severity,
            "security-severity": _SCORES[policy.severity],
        },
    }


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def _invocation(run: RunResult) -> dict[str, Any]:
    problems = [_notification("error", problem.message, problem_location(problem)) for problem in run.problems]
    return {
        "executionSuccessful": not run.problems,
        "exitCode": run.exit_code,
        "toolExecutionNotifications": [*problems, *(_notification("note", note) for note in notes(run))],
    }


def _notification(level: str, text: str, location: Location = _NOWHERE) -> dict[str, Any]:
    located = {"locations": [{"physicalLocation": physical_location(location)}]} if location.file else {}
    return {"level": level, "message": {"text": _message(text)}, **located}
