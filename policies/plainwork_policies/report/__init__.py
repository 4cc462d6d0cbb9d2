"""The findings of a run as rows of the reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location, Stack, cached_per_stack
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.engine.severity import Severity
from plainwork_policies.report.foreign_modules import ForeignModule, foreign_module

_STATUSES = ("passed", "failed", "not_evaluated", "waived")


@frozen()
class Row:
    """One finding, with its policy and its subject."""

    policy: Policy
    address: str
    location: Location
    finding: Finding
    stack: Stack

    @property
    def place(self) -> Location:
        """Where a person changes it: the Python line that creates the subject if known, otherwise the location."""
        return place(self.stack, self.address, self.location)

    @property
    def severity(self) -> Severity:
        """The finding's own, or the policy's."""
        return self.finding.severity or self.policy.severity

    @property
    def actions(self) -> tuple[str, ...] | None:
        """The actions of a plan on the subject, in Terraform's words; `None` if the input does not state them."""
        return _actions(self.stack).get(self.address)

    @property
    def is_unchanged(self) -> bool:
        """Whether the subject is a resource that the plan leaves as it is."""
        return self.actions == ("no-op",)

    @property
    def destroys(self) -> bool:
        """Whether the finding is about a deletion or replacement of the subject."""
        return "change" in self.policy.types and "delete" in (self.actions or ())

    @property
    def calls(self) -> tuple[Location, ...]:
        """The locations of the module calls that lead to the subject, the outermost first."""
        resource = self.stack.resource(self.address)
        return resource.calls if resource else ()

    @property
    def module(self) -> ForeignModule | None:
        """The module of others that has the subject; `None` if it is in the user's own code."""
        return foreign_module(self.stack, self.address, self.location.file)


def place(stack: Stack, address: str, location: Location) -> Location:
    """Return the Python line that creates the block at *address*; *location* if it is not known."""
    return stack.python_line(address) or location


def rows(of: StackResult) -> list[Row]:
    """Return the findings in one stack by file, line, address and policy, without those that are waived.

    A crash is a problem, not a finding.
    """
    return sorted((row for row in _rows(of) if row.finding.waiver is None), key=_order)


def waived(run: RunResult) -> list[tuple[Row, Waiver]]:
    """Return the waived findings of a run, each with its waiver, by stack and in the order of `rows`."""
    found = (row for of in run.stacks for row in sorted(_rows(of), key=_order))
    return [(row, row.finding.waiver) for row in found if row.finding.waiver]


def sentence(row: Row) -> str:
    """Return the finding of *row* as one text: address, message and remedy."""
    subject = f"{row.address}: " if row.address and not row.finding.message.startswith(f"{row.address} ") else ""
    return f"{subject}{row.finding.message}{f'. {row.finding.remedy}' if row.finding.remedy else ''}"


def current_rows(run: RunResult) -> list[Row]:
    """Return the findings of all stacks, without those that the base of a comparison accepts."""
    found = (row for result in run.stacks for row in rows(result))
    return [row for row in found if not row.finding.is_accepted]


def counts(run: RunResult) -> dict[str, int]:
    """Return the numbers of stacks, resources and policies of a run, and of its results by status."""
    statuses = run.statuses
    return {
        "stacks": len(run.stacks),
        "resources": sum(len(result.stack.resources) for result in run.stacks),
        "policies": len(run.policies),
        "results": sum(statuses[status] for status in _STATUSES),
        **{status: statuses[status] for status in _STATUSES},
        "errors": len(run.problems),
    }


def comparison_counts(run: RunResult) -> dict[str, int]:
    """Return the number of failures by state, and of results that are not evaluated and were evaluated in the base.

    Results that are not evaluated count as `worse` only: they are neither new failures nor old ones.
    """
    findings = (finding for _, finding in run.findings if finding.waiver is None)
    counted = (finding for finding in findings if finding.status == "failed" or finding.state == "worse")
    states = Counter(finding.state for finding in counted)
    fixed = len(run.comparison.fixed) if run.comparison else 0
    return {"new": states["new"], "worse": states["worse"], "old": states["old"], "fixed": fixed}


def _rows(of: StackResult) -> Iterator[Row]:
    for result in of.results:
        findings = result.findings[:-1] if result.status == "error" else result.findings
        for finding in findings:
            yield Row(result.policy, result.address, finding.location or result.location, finding, of.stack)


@cached_per_stack
def _actions(stack: Stack) -> dict[str, tuple[str, ...]]:
    return {change.address: change.actions for change in stack.changes}


def _order(row: Row) -> tuple[str, int, str, str, str]:
    return row.location.file, row.location.line, row.address, row.policy.id, row.finding.path
