"""The check of one stack: its settings, the policies that they select for it, and their results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry, needed
from plainwork_policies.engine.run_result import StackResult, Unconfigured
from plainwork_policies.engine.runner import Result, evaluate, has_subject, worst
from plainwork_policies.engine.selection import SelectedPolicies, selected
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.severity import SEVERITIES, Severity
from plainwork_policies.engine.waived import Waivers
from plainwork_policies.engine.waiver_comments import CodeWaivers, comments_of


@frozen()
class Evaluation:
    """What the policies find in one stack, before waivers.

    Args:
        results: of each policy on each subject.
        comments: the waivers in the code of the stack.
        unconfigured: the policies that have a subject, and not the setting that they require.
    """

    results: tuple[Result, ...]
    comments: CodeWaivers = ((), ())
    unconfigured: tuple[Unconfigured, ...] = ()


@frozen()
class StackCheck:
    """One stack, its settings, and the policies that are selected for it."""

    stack: Stack
    settings: Settings
    selected: SelectedPolicies

    @cached_property
    def needed(self) -> tuple[Policy, ...]:
        """The policies that may have a subject in the stack."""
        return tuple(needed(self.selected.policies, self.stack))

    def evaluation(self) -> Evaluation:
        """Evaluate the policies."""
        results = evaluate(self.stack, self.needed, self.settings)
        return Evaluation(tuple(results), comments_of(self.stack), tuple(self._unconfigured()))

    def _unconfigured(self) -> Iterator[Unconfigured]:
        for policy in self.needed:
            setting = policy.missing_setting(self.settings)
            if setting and has_subject(policy, self.stack):
                yield Unconfigured(policy, setting)

    def result(self, evaluation: Evaluation, waivers: Waivers) -> StackResult:
        """Return the result of the stack after *waivers*."""
        source = Path(self.stack.source)
        results, applied = waivers.apply(source, evaluation.comments, evaluation.results)
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
    return StackCheck(stack, own, replace(found, policies=severe))


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
