"""The JSON report: one object in UTF-8, in the same order in every run. Its schema is docs/report.schema.json."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from plainwork_core import __version__
from plainwork_core.repository import repository_path
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.comparison import Comparison
from plainwork_policies.engine.plain_value import plain
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.report import Row, comparison_counts, counts, pages, rows, waived
from plainwork_policies.stored.shards import shard_data

FORMAT_VERSION = "1.0"
"""The version of the format: a new minor version adds members, and a new major version changes or removes some."""


def render(run: RunResult) -> str:
    """Return an object with `summary`, `findings`, `waived`, `comparison` and `errors`.

    `value` is the value of the argument as JSON; a part of it that the input does not contain is `(unknown)`. `actions`
    are those of a plan on the resource, and `module` is the module of others that it is in; otherwise they are null.
    `calls` has file and line of the module calls that lead to the resource in HCL, the outermost first.
    `comparison` and the `state` of findings are null without a base. `stacks` has the addresses that were checked, and
    `policies` those that could be selected: with the findings, they make the report the base of a later comparison.
    `waived` has the findings that are accepted, each with its `waiver`. `shard` has what `plainwork merge` reads;
    it is null in the report of a whole run.
    """
    document = {
        "format_version": FORMAT_VERSION,
        "plainwork_version": __version__,
        "summary": {
            **counts(run),
            "modules_not_evaluated": list(run.modules_not_evaluated),
            "forgotten": list(run.forgotten),
            "partial": list(run.partial),
            "notes": list(run.notes),
            "formats": dict(sorted(Counter(result.stack.format for result in run.stacks).items())),
            "settings_required": [
                {"policy": missing.policy.id, "slug": missing.policy.slug, "setting": missing.setting}
                for missing in run.unconfigured
            ],
            "ignored": [policy.id for policy in run.ignored],
            "min_severity": run.min_severity,
            "fail_on": run.fail_on,
            "exit_code": run.exit_code,
        },
        "findings": [_finding(row) for result in run.stacks for row in rows(result)],
        "waived": [{**_finding(row), "waiver": _waiver(waiver)} for row, waiver in waived(run)],
        "stacks": [_stack(result) for result in run.stacks],
        "policies": list(run.known_policies),
        "comparison": run.comparison and _comparison(run.comparison, comparison_counts(run)),
        "shard": run.shard and shard_data(run, run.shard),
        "errors": [{"file": problem.file, "message": problem.message} for problem in run.problems],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _stack(result: StackResult) -> dict[str, Any]:
    addresses = {checked.address for checked in result.results}
    return {"stack": repository_path(result.stack.source), "addresses": sorted(addresses)}


def _comparison(comparison: Comparison, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "base": comparison.base,
        **numbers,
        "fixed_findings": [asdict(finding) for finding in comparison.fixed],
        "new_policies": list(comparison.new_policies),
        "lost_modules": list(comparison.lost_modules),
    }


def _finding(row: Row) -> dict[str, Any]:
    return {
        "policy": row.policy.id,
        "slug": row.policy.slug,
        "status": row.finding.status,
        "state": row.finding.state,
        "severity": row.severity,
        "stack": repository_path(row.stack.source),
        "address": row.address,
        "actions": list(row.actions) if row.actions else None,
        "module": {"source": row.module.source, "version": row.module.version} if row.module else None,
        "argument": row.finding.path,
        "file": row.location.file,
        "line": row.location.line,
        "python": {"file": row.place.file, "line": row.place.line} if row.place != row.location else None,
        "calls": [asdict(location) for location in row.calls],
        "message": row.finding.message,
        "value": plain(row.finding.value),
        "remedy": row.finding.remedy,
        "page": pages.url(row.policy),
        "link": row.policy.link,
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "origin": waiver.origin,
    }
