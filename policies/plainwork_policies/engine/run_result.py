"""The results of a run: the content of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_core.text import enumeration
from plainwork_policies.engine.comparison import Comparison
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.providers import WITHOUT_INFRASTRUCTURE, provider_name
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.runner import Result
from plainwork_policies.engine.selection import NO_POLICIES, SelectedPolicies
from plainwork_policies.engine.severity import FAIL_ON, FailOn, Severity
from plainwork_policies.engine.shard import ShardOfRun
from plainwork_policies.engine.waived import NO_WAIVERS, AppliedWaivers

PASSED, FAILED, ERROR = 0, 1, 2


@frozen()
class StackResult:
    """A stack, the results of the policies on it, what its waivers did, and the policies that are selected for it."""

    stack: Stack
    results: tuple[Result, ...]
    waivers: AppliedWaivers = NO_WAIVERS
    selected: SelectedPolicies = NO_POLICIES


@frozen()
class Problem:
    """An error of a run: `file` as in the path that the user passed, or `""` without a file, and the message."""

    file: str
    message: str


@frozen()
class Unconfigured:
    """A policy that has a subject, and is not evaluated without *setting*, such as `[regions] allowed`."""

    policy: Policy
    setting: str


@frozen()
class Skipped(Problem):
    """A file in a directory that looks like a plan and is none, such as a state; it is not an error."""


@frozen()
class RunResult:
    """The results of a run: the content of a report.

    Args:
        stacks: the stacks, in the order of the paths.
        unread: inputs that could not be read, and errors before the first input.
        skipped: files in a directory that look like a plan and are none.
        waivers: waivers that are expired, not allowed, match no finding, or cannot be read.
        policies: that were evaluated.
        known_policies: ids of all policies that could be selected.
        ignored: policies that the settings ignore for a stack.
        unconfigured: policies without the setting that they require.
        min_severity: of the failures in the stacks.
        fail_on: what results in exit code 1.
        comparison: with the base of `--against`; `None` without one.
        shard: the part of the run that this is; `None` for a whole run.
        remarks: sentences on the run itself.
    """

    stacks: tuple[StackResult, ...] = ()
    unread: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    waivers: tuple[Problem, ...] = ()
    policies: tuple[PolicyEntry | Policy, ...] = ()
    known_policies: tuple[str, ...] = ()
    ignored: tuple[PolicyEntry | Policy, ...] = ()
    unconfigured: tuple[Unconfigured, ...] = ()
    min_severity: Severity = "low"
    fail_on: FailOn = "low"
    comparison: Comparison | None = None
    shard: ShardOfRun | None = None
    remarks: tuple[str, ...] = ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The inputs that could not be read, the policies that crashed, and the invalid waivers."""
        return (*self.unread, *self.waivers, *(problem for stack in self.stacks for problem in _crashes(stack)))

    @cached_property
    def statuses(self) -> Counter[str]:
        """The number of results by status; each policy has one for each subject."""
        return Counter(result.status for stack in self.stacks for result in stack.results)

    @cached_property
    def findings(self) -> tuple[tuple[Policy, Finding], ...]:
        """The findings of all stacks, each with its policy."""
        results = (result for stack in self.stacks for result in stack.results)
        return tuple((result.policy, finding) for result in results for finding in result.findings)

    @cached_property
    def modules_not_evaluated(self) -> tuple[str, ...]:
        """The addresses of the module calls whose resources the input does not contain; a plan contains them."""
        stacks = (result.stack for result in self.stacks if result.stack.format != "plan")
        return tuple(call.address for stack in stacks for call in stack.module_calls if not call.is_evaluated)

    @cached_property
    def forgotten(self) -> tuple[str, ...]:
        """The addresses that a plan drops from the state without a change; no policy checks them."""
        return tuple(change.address for result in self.stacks for change in result.stack.changes if change.forgets)

    @cached_property
    def partial(self) -> tuple[str, ...]:
        """The inputs that do not contain all changes of their configuration: plans with `-target`, deferred changes."""
        stacks = (result.stack for result in self.stacks)
        return tuple(stack.source for stack in stacks if any(note.is_incomplete for note in stack.notes))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The notes on the inputs, each with the name of its input."""
        on_stacks = (f"{result.stack.source}: {note.message}" for result in self.stacks for note in result.stack.notes)
        counts = [f"{provider} ({count})" for provider, count in sorted(self._unchecked_providers().items())]
        unchecked = [f"No policy checks resources of {enumeration(counts, mark='')}"] if counts else []
        return (*on_stacks, *(f"{skipped.message}; skipped" for skipped in self.skipped), *unchecked, *self.remarks)

    def _unchecked_providers(self) -> Counter[str]:
        """Return the number of resources by provider, without the providers for which there are policies."""
        types = (type_ for policy in self.policies for type_ in policy.types)
        checked = {"aws", *WITHOUT_INFRASTRUCTURE, *map(provider_name, types)}
        resources = (resource for result in self.stacks for resource in result.stack.managed())
        return Counter(name for resource in resources if (name := provider_name(resource.type)) not in checked)

    @property
    def exit_code(self) -> int:
        """2 if there is a problem, 1 if the run has a finding that fails it, 0 otherwise."""
        if self.problems:
            return ERROR
        is_failed = any(self.is_failing(policy, finding) for policy, finding in self.findings)
        return FAILED if is_failed or self._is_incomplete() else PASSED

    def is_failing(self, policy: Policy, finding: Finding) -> bool:
        """Return whether *finding* of *policy* results in exit code 1."""
        severity = finding.severity or policy.severity
        if finding.is_accepted or FAIL_ON.index(severity) < FAIL_ON.index(self.fail_on):
            return False
        return finding.status == "failed" or finding.state == "worse" or self.fail_on == "not-evaluated"

    def _is_incomplete(self) -> bool:
        """Return whether parts without a finding fail the run, because they are not evaluated."""
        if self.comparison and self.comparison.lost_modules:
            return True
        if self.fail_on != "not-evaluated":
            return False
        return bool(self.modules_not_evaluated or self.unconfigured or self.partial)


def _crashes(stack: StackResult) -> Iterator[Problem]:
    source = stack.stack.source
    for result in stack.results:
        if result.status == "error":
            crash = result.findings[-1].message
            yield Problem(source, f"{source}: {result.address or 'the stack'}: {crash}")
