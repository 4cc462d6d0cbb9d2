"""Matches the findings of a run with those of its base.

A finding is the same by policy, address, argument, and value or message: not by line, nor by its position in a list.
Each finding of the base matches at most one of the run, so a second one is new.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace

from plainwork_core.frozen import frozen
from plainwork_core.moves import is_in_module, moved, without_indices
from plainwork_core.repository import repository_path
from plainwork_policies.compare.base import Base, addresses, base_finding
from plainwork_policies.compare.renames import renamed_stacks
from plainwork_policies.compare.wildcards import is_wider
from plainwork_policies.engine.comparison import BaseFinding, Comparison
from plainwork_policies.engine.finding import State
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.engine.severity import SEVERITIES


def compared(run: RunResult, base: Base) -> RunResult:
    """Return *run* with the state of each finding beside *base*, and with what is fixed."""
    stacks = {repository_path(result.stack.source): result for result in run.stacks}
    former = renamed_stacks({path: addresses(result) for path, result in stacks.items()}, base.stacks)
    pairs = [_pair(result, former.get(path, path), base) for path, result in stacks.items()]
    found = tuple(pair.result() for pair in pairs)
    in_run = {pair.path for pair in pairs}
    left = [finding for pair in pairs for finding in pair.left()]
    left += [finding for path in base.by_stack.keys() - in_run for finding in base.by_stack[path]]
    ids = {policy.id for policy in run.policies}
    lowest = SEVERITIES.index(run.min_severity)
    fixed = (
        finding
        for finding in left
        if finding.status == "failed" and finding.policy in ids and SEVERITIES.index(finding.severity) >= lowest
    )
    comparison = Comparison(
        base.name,
        tuple(sorted(fixed, key=lambda finding: (finding.stack, finding.address, finding.policy, finding.argument))),
        tuple(sorted(ids - base.policies)),
        tuple(module for pair in pairs for module in pair.lost_modules),
    )
    return replace(run, stacks=found, comparison=comparison)


@frozen()
class _Round:
    """One way to match: findings with the same *key*, of which *accepts* decides on those of run and base."""

    state: State
    key: Callable[[BaseFinding], Hashable]
    accepts: Callable[[BaseFinding, BaseFinding], bool] = lambda _now, _then: True


def _argument(finding: BaseFinding) -> tuple[str, ...]:
    return finding.status, finding.policy, finding.address, without_indices(finding.argument)


_ROUNDS = (
    _Round("old", lambda finding: (*_argument(finding), finding.argument, _text(finding))),
    _Round("old", lambda finding: (*_argument(finding), _text(finding))),
    _Round(
        "old",
        lambda finding: (*_argument(finding), finding.message),
        lambda now, then: not is_wider(now.value, then.value),
    ),
    _Round("old", _argument, lambda now, then: is_wider(then.value, now.value)),
    _Round("worse", _argument, lambda now, then: is_wider(now.value, then.value)),
    _Round("old", lambda finding: (finding.policy, finding.address), lambda now, _then: now.status == "not_evaluated"),
)
"""The same value; at another position; the same message; a narrower or wider value; no longer decided."""


def _text(finding: BaseFinding) -> str:
    return json.dumps(finding.value, sort_keys=True, default=str)


@dataclass
class _Pair:
    """One stack in the run and in the base.

    Args:
        now: its results in the run.
        path: its path in the base.
        lost_modules: calls of modules that are not evaluated in the run and were in the base.
        states: the state of each finding of the run, in their order.
        rest: the findings of the base that no finding of the run matches, with their addresses in the run.
    """

    now: StackResult
    path: str
    lost_modules: tuple[str, ...]
    states: list[State]
    rest: list[BaseFinding]

    def result(self) -> StackResult:
        """Return the results of the run with the states."""
        states = iter(self.states)
        results = tuple(
            replace(result, findings=tuple(replace(finding, state=next(states)) for finding in result.findings))
            for result in self.now.results
        )
        return replace(self.now, results=results)

    def left(self) -> list[BaseFinding]:
        """Return the findings of the base that are gone; none if the run has a part of the stack only."""
        if any(note.is_incomplete for note in self.now.stack.notes):
            return []
        lost = self.lost_modules
        return [finding for finding in self.rest if not any(is_in_module(finding.address, module) for module in lost)]


def _pair(now: StackResult, path: str, base: Base) -> _Pair:
    moves = now.stack.moves
    then = [replace(finding, address=moved(finding.address, moves)) for finding in base.by_stack.get(path, ())]
    found = [base_finding(result, finding, path) for result in now.results for finding in result.findings]
    states, rest = _matched(found, then)
    known = {moved(address, moves) for address in base.stacks.get(path, ())}
    before = {(finding.policy, finding.address) for finding in then}
    stack = now.stack
    calls = {call.address for call in stack.module_calls if stack.format != "plan" and not call.is_evaluated}
    return _Pair(
        now,
        path,
        tuple(sorted(call for call in calls if any(is_in_module(address, call) for address in known))),
        [
            "new_policy"
            if finding.policy not in base.policies
            else state or _unmatched(finding, is_known=finding.address in known, had_finding=before)
            for finding, state in zip(found, states, strict=True)
        ],
        rest,
    )


def _unmatched(finding: BaseFinding, *, is_known: bool, had_finding: Iterable[tuple[str, str]]) -> State:
    """Return the state of a finding that the base does not have: a result that passed before is worse."""
    has_passed = is_known and (finding.policy, finding.address) not in had_finding
    return "worse" if finding.status == "not_evaluated" and has_passed else "new"


def _matched(found: list[BaseFinding], then: list[BaseFinding]) -> tuple[list[State | None], list[BaseFinding]]:
    """Return the state of each finding in *found*, and the rest of *then*."""
    states: list[State | None] = [None] * len(found)
    for attempt in _ROUNDS:
        by_key: dict[Hashable, list[BaseFinding]] = defaultdict(list)
        for finding in then:
            by_key[attempt.key(finding)].append(finding)
        for index, finding in enumerate(found):
            candidates = by_key.get(attempt.key(finding), []) if states[index] is None else []
            match = next((one for one in candidates if attempt.accepts(finding, one)), None)
            if match is not None:
                states[index] = attempt.state
                candidates.remove(match)
        then = [finding for group in by_key.values() for finding in group]
    return states, then
