"""Evaluates the policies on the stacks of a run, in several processes, and keeps the results in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location, Stack
from plainwork_core.observed import Observed, observing
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.inputs import ReadInput
from plainwork_policies.engine.parallel import each
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import loaded
from plainwork_policies.engine.run_result import Unconfigured
from plainwork_policies.engine.runner import Result, Status
from plainwork_policies.engine.stack_check import Evaluation, StackCheck
from plainwork_policies.engine.unchanged import observed_digests
from plainwork_policies.engine.waiver_comments import CodeWaivers

if TYPE_CHECKING:
    from plainwork_policies.stored.cache import Cache

_Row = tuple[str, str, Location, Status, tuple[Finding, ...]]


@frozen()
class _Outcome:
    """An evaluation that another process returns, with policies by their ids, and what it used."""

    rows: list[_Row]
    comments: CodeWaivers
    unconfigured: list[tuple[str, str]]
    observed: Observed
    used: frozenset[str]


@frozen()
class _Evaluated:
    """An evaluation, the files that it read, and the sources of the other stacks whose values it read."""

    evaluation: Evaluation
    observed: Observed
    used: frozenset[str]


def evaluated(
    checks: Sequence[StackCheck], inputs: Sequence[ReadInput], jobs: int, cache: Cache | None
) -> list[Evaluation]:
    """Return the evaluation of each of *checks*: from the cache, or made in *jobs* processes and stored there."""
    by_source = {one.found.source: one for one in inputs if isinstance(one.found, Stack)}
    missing = [check for check in checks if by_source[check.stack.source].hit is None]
    made = dict(zip((check.stack.source for check in missing), _made(missing, jobs, cache), strict=True))
    if cache is not None:
        cache.hits = len(checks) - len(missing)
        _store(missing, made, by_source, cache)
    hits = {source: one.hit.evaluation for source, one in by_source.items() if one.hit}
    return [hits.get(source) or made[source].evaluation for source in (check.stack.source for check in checks)]


def _store(
    checks: Sequence[StackCheck],
    made: Mapping[str, _Evaluated],
    inputs: Mapping[str, ReadInput],
    cache: Cache,
) -> None:
    if not checks or (run := checks[0].stack.run) is None:
        return
    from plainwork_policies.stored.cache import Facts, NewEntry  # noqa: PLC0415  few runs have a cache

    facts, digests = Facts(run), observed_digests(list(inputs.values()))
    for check in checks:
        source = check.stack.source
        read, found = inputs[source], made[source]
        used = {other: digests[other] for other in sorted(found.used - {source})}
        observed = {**found.observed, **(read.observed or {})}
        cache.store(
            NewEntry(read.path, check.stack, found.evaluation, observed, read.declared, facts.digest(check.stack), used)
        )


def _made(checks: Sequence[StackCheck], jobs: int, cache: Cache | None) -> list[_Evaluated]:
    is_observed = cache is not None
    if jobs == 1:
        return [_evaluated(check, is_observed=is_observed) for check in checks]

    def outcome(check: StackCheck) -> _Outcome:
        return _outcome(_evaluated(check, is_observed=is_observed))

    found = each(outcome, checks, jobs)
    available = {policy.id: policy for check in checks for policy in check.selected.policies}
    policies = {id_: loaded(available[id_]) for id_ in sorted(_ids(found))}
    return [_restored(one, policies) for one in found]


def _evaluated(check: StackCheck, *, is_observed: bool) -> _Evaluated:
    run = check.stack.run
    if not is_observed or run is None:
        return _Evaluated(check.evaluation(), {}, frozenset())
    run.used.clear()
    with observing() as observed:
        evaluation = check.evaluation()
    return _Evaluated(evaluation, observed, frozenset(run.used))


def _outcome(found: _Evaluated) -> _Outcome:
    evaluation = found.evaluation
    rows = [(one.policy.id, one.address, one.location, one.status, one.findings) for one in evaluation.results]
    unconfigured = [(missing.policy.id, missing.setting) for missing in evaluation.unconfigured]
    return _Outcome(rows, evaluation.comments, unconfigured, found.observed, found.used)


def _ids(outcomes: Iterable[_Outcome]) -> set[str]:
    """Return the ids of the policies that have a result, or would have one with a setting."""
    found: set[str] = set()
    for outcome in outcomes:
        found.update(row[0] for row in outcome.rows)
        found.update(id_ for id_, _ in outcome.unconfigured)
    return found


def _restored(found: _Outcome, policies: Mapping[str, Policy]) -> _Evaluated:
    results = tuple(_results(found.rows, policies))
    unconfigured = tuple(Unconfigured(policies[id_], setting) for id_, setting in found.unconfigured)
    return _Evaluated(Evaluation(results, found.comments, unconfigured), found.observed, found.used)


def _results(rows: Iterable[_Row], policies: Mapping[str, Policy]) -> Iterable[Result]:
    return (Result(policies[id_], *cells) for id_, *cells in rows)  # type: ignore[arg-type]  # the cells of a row
