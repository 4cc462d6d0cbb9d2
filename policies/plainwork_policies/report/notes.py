"""Sentences on a run that every report has: what it did not check, and which policies it ignores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork_core.text import clean, count
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import RunResult, Unconfigured
from plainwork_policies.report import comparison_counts, counts, current_rows

MAX_LISTED = 8


def notes(run: RunResult) -> Iterator[str]:
    """Yield a sentence on each kind of what *run* did not check."""
    if run.shard:
        yield f"Shard {run.shard.shard}: {len(run.stacks)} of {run.shard.stacks} stacks; `plainwork merge` joins them."
    if run.modules_not_evaluated:
        yield f"{_list('module', run.modules_not_evaluated)} not evaluated; check a plan."
    if run.forgotten:
        yield f"{_list('resource', run.forgotten)} removed from the state only; not checked."
    if run.unconfigured:
        yield _settings_required(run.unconfigured)
    yield from (f"{clean(note)}." for note in run.notes)


def comparison(run: RunResult) -> Iterator[str]:
    """Yield sentences on the comparison of *run* with its base; none without one."""
    if run.comparison is None:
        return
    base, fixed = clean(run.comparison.base), run.comparison.fixed
    yield f"Compared with {base}: {', '.join(f'{number} {state}' for state, number in comparison_counts(run).items())}."
    worse = [row for row in current_rows(run) if row.finding.state == "worse"]
    if wider := [_named(row.policy.slug, row.address) for row in worse if row.finding.status == "failed"]:
        yield f"Allowed less in {base}: {_listed(wider)}."
    if passed := [_named(row.policy.slug, row.address) for row in worse if row.finding.status == "not_evaluated"]:
        yield f"Passed in {base} and not evaluated now: {_listed(passed)}."
    if fixed:
        yield f"Fixed: {_listed([_named(finding.slug, finding.address) for finding in fixed])}."
    if modules := run.comparison.lost_modules:
        yield f"{_list('module', modules)} not evaluated any more: {base} has results of them."
    if policies := run.comparison.new_policies:
        number = sum(finding.state == "new_policy" and finding.status == "failed" for _, finding in run.findings)
        yield (
            f"{count(len(policies), 'policy')} ({', '.join(policies)}) not in {base}: {count(number, 'failure')}, "
            "which `plainwork baseline --update-rules` accepts."
        )


def _named(slug: str, address: str) -> str:
    return f"{slug} {clean(address)}".rstrip()


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:MAX_LISTED])}{' and others' if len(names) > MAX_LISTED else ''}"


def ignored(run: RunResult) -> str:
    """Return a sentence with the policies that the settings ignore; `""` if there are none."""
    return f"Ignored: {', '.join(map(_label, run.ignored))}" if run.ignored else ""


def checked(run: RunResult) -> str:
    """Return what *run* checked: the numbers of resources, stacks and policies."""
    number = counts(run)
    resources = f"{count(number['resources'], 'resource')} in {count(number['stacks'], 'stack')}"
    partial = f" ({count(len(run.partial), 'partial plan')})" if run.partial else ""
    severity = "" if run.min_severity == "low" else f" of severity {run.min_severity} or higher"
    return f"Checked {resources}{partial} with {count(number['policies'], 'policy')}{severity}"


def statuses(run: RunResult) -> list[tuple[int, str]]:
    """Return the numbers of results by status, the worst first, without those that are 0."""
    number = counts(run)
    found = [
        (number["failed"], "failed"),
        (number["not_evaluated"], "not evaluated"),
        (number["waived"], "waived"),
        (number["errors"], "error" if number["errors"] == 1 else "errors"),
        (number["passed"], "passed"),
    ]
    return [(many, status) for many, status in found if many]


def _settings_required(policies: Sequence[Unconfigured]) -> str:
    settings = ", ".join(sorted({missing.setting for missing in policies}))
    verb = "requires" if len(policies) == 1 else "require"
    return f"{count(len(policies), 'policy')} {verb} a setting ({settings}): run `plainwork init`."


def _list(noun: str, addresses: Sequence[str]) -> str:
    """Return the number of *addresses* and their names, each once: those of different stacks can be equal."""
    names = list(dict.fromkeys(map(clean, addresses)))
    more = " and others" if len(names) > MAX_LISTED else ""
    return f"{count(len(addresses), noun)} ({', '.join(names[:MAX_LISTED])}{more})"


def _label(policy: PolicyEntry | Policy) -> str:
    return f"{policy.id} {policy.slug}"
