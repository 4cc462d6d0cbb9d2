"""The check of one stack: its settings, the policies that they select for it, and their results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.parallel import each
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry, needed
from plainwork_policies.engine.run_result import StackResult
from plainwork_policies.engine.runner import Result, evaluate, worst
from plainwork_policies.engine.selection import SelectedPolicies, selected
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.severity import SEVERITIES, Severity
from plainwork_policies.engine.waived import AppliedWaivers, Waivers


@frozen()
class StackCheck:
    """One stack, its settings, the policies that are selected for it, and those of them that may have a subject."""

    stack: Stack
    settings: Settings
    selected: SelectedPolicies
    needed: tuple[Policy, ...]

    def result(self, waivers: Waivers) -> StackResult:
        """Evaluate the policies, and apply *waivers*."""
        results, applied = waivers.apply(self.stack, evaluate(self.stack, self.needed, self.settings))
        return StackResult(self.stack, tuple(_of_severity(results, self.settings.min_severity)), applied, self.selected)


def check_of(stack: Stack, policies: Sequence[PolicyEntry | Policy], settings: Settings) -> StackCheck:
    """Return the check of *stack* with those of *policies* that the *settings* of the run select.

    Raises:
        InputError: the settings select a policy that does not exist.
    """
    own = settings.at(Path(stack.source))
    found = selected(policies, own.selections)
    least = SEVERITIES.index(own.min_severity)
    severe = tuple(policy for policy in found.policies if SEVERITIES.index(policy.severity) >= least)
    return StackCheck(stack, own, replace(found, policies=severe), tuple(needed(severe, stack)))


def stack_results(checks: Sequence[StackCheck], waivers: Waivers, jobs: int) -> tuple[StackResult, ...]:
    """Return the result of each of *checks*, made in *jobs* processes, which return policies by their ids."""
    if jobs == 1:
        return tuple(check.result(waivers) for check in checks)

    def outcome(check: StackCheck) -> tuple[list[tuple[str, tuple[Any, ...]]], AppliedWaivers]:
        result = check.result(waivers)
        rows = [(one.policy.id, (one.address, one.location, one.status, one.findings)) for one in result.results]
        return rows, result.waivers

    return tuple(_restored(check, *found) for check, found in zip(checks, each(outcome, checks, jobs), strict=True))


def _restored(check: StackCheck, rows: Iterable[tuple[str, tuple[Any, ...]]], applied: AppliedWaivers) -> StackResult:
    policies = {policy.id: policy for policy in check.needed}
    results = tuple(Result(policies[id_], *cells) for id_, cells in rows)
    return StackResult(check.stack, results, applied, check.selected)


def _of_severity(results: Iterable[Result], least: Severity) -> Iterator[Result]:
    """Yield *results* without the failures of a lower severity; a result of which nothing is left is no result."""
    lower = SEVERITIES[: SEVERITIES.index(least)]
    for result in results:
        if result.status != "failed" or not lower:
            yield result
            continue
        findings = tuple(
            finding
            for finding in result.findings
            if finding.status == "not_evaluated" or (finding.severity or result.policy.severity) not in lower
        )
        if findings:
            yield replace(result, findings=findings, status=worst(findings))
