"""One run: reads the inputs, evaluates the policies on every stack, and keeps the inputs that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Stack
from plainwork_core.read.options import Reading, ReadOptions
from plainwork_core.repository import repository_path
from plainwork_policies.engine.evaluations import evaluated
from plainwork_policies.engine.inputs import completed_backend, read_inputs, together, with_source
from plainwork_policies.engine.path_glob import exclusion
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import Problem, RunResult, Skipped, StackResult, Unconfigured
from plainwork_policies.engine.selection import selected
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.shard import Shard, ShardOfRun
from plainwork_policies.engine.stack_check import Evaluation, check_of
from plainwork_policies.engine.unchanged import unread, with_stale_read
from plainwork_policies.engine.unused_waivers import unused
from plainwork_policies.engine.waived import Waivers

if TYPE_CHECKING:
    from plainwork_policies.stored.cache import Cache


def run(
    paths: Sequence[Path],
    policies: Sequence[PolicyEntry | Policy],
    settings: Settings,
    options: ReadOptions = ReadOptions(),  # noqa: B008  immutable
    *,
    today: date | None = None,
    source: Path | None = None,
    jobs: int = 1,
    is_base: bool = False,
    shard: Shard | None = None,
    cache: Cache | None = None,
    former: Callable[[Sequence[Stack]], Mapping[str, Stack]] | None = None,
) -> RunResult:
    """Check the inputs under *paths*. An input that cannot be read is a problem; the other inputs are checked.

    Args:
        paths: files and directories of any format that `plainwork_core.read.find` supports.
        policies: the available ones; the settings select those that are evaluated.
        settings: of the policies.
        options: the values of variables and the workspace, for each root module of HCL, and arguments of the only
            backend.
        today: the date on which waivers are valid; by default that of the machine.
        source: the directory of the HCL that the only plan was made of.
        jobs: the number of processes; 0 for the number of cores.
        is_base: whether *options* are for another version of the inputs, which may lack a variable.
        shard: the part of the stacks that is checked; all of them are read, because policies compare them.
        cache: of results, from which those of unchanged stacks are.
        former: returns the version of each stack in the base of a comparison, by source.

    Raises:
        InputError: the settings select no policy, or one that does not exist; a file of *options* cannot be read; the
            inputs do not have exactly one backend; no root module declares a variable of *options*; *source* cannot be
            read, or is not that of exactly one plan.
    """
    available = selected(policies, settings.selections)
    if not available.policies:
        raise InputError("no policy is selected; correct `select`, `ignore` or the options of these names")
    reading = Reading(options)
    excluded = exclusion((*settings.exclude, *(own.glob for own in settings.own_policies)))
    cache = _configured(cache, policies, settings, options, source)
    inputs = list(read_inputs(paths, excluded, reading, jobs, cache))
    if not is_base and (undeclared := reading.undeclared()):
        raise InputError(f"--var {undeclared[0]}: no root module declares a variable of this name")
    inputs = with_stale_read(inputs, reading, jobs, cache)
    found = with_source([one.found for one in inputs if isinstance(one.found, Stack)], source, reading)
    stacks = together(completed_backend(found, options.backend_config), unread(inputs))
    if former:
        versions = former(stacks)
        stacks = [replace(stack, former=versions.get(stack.source)) for stack in stacks]
    of_shard = [stack for stack in stacks if shard is None or shard.has(stack.source)]
    checks = [check_of(stack, policies, settings) for stack in of_shard]
    selections = [check.selected for check in checks] or [available]
    problems = [one.found for one in inputs if isinstance(one.found, Problem)]
    errors = tuple(problem for problem in problems if not isinstance(problem, Skipped))
    waivers = Waivers(settings, policies, today or date.today())
    evaluations = evaluated(checks, inputs, jobs, cache)
    results = tuple(check.result(evaluation, waivers) for check, evaluation in zip(checks, evaluations, strict=True))
    unconfigured = _unconfigured(evaluations)
    return RunResult(
        stacks=results,
        unread=errors,
        waivers=waiver_problems(results, unconfigured, is_whole=shard is None and not errors),
        skipped=tuple(problem for problem in problems if isinstance(problem, Skipped)),
        known_policies=tuple(policy.id for policy in policies),
        policies=_in_order(policies, (selection.policies for selection in selections)),
        ignored=_in_order(policies, (selection.ignored for selection in selections)),
        unconfigured=unconfigured,
        min_severity=settings.min_severity,
        fail_on=settings.fail_on,
        shard=None if shard is None else _shard_of_run(shard, paths, stacks, settings, options, source),
        remarks=cache.notes if cache else (),
    )


def _configured(
    cache: Cache | None,
    policies: Sequence[PolicyEntry | Policy],
    settings: Settings,
    options: ReadOptions,
    source: Path | None,
) -> Cache | None:
    """Return *cache* for these settings; `None` if options complete an input with others, which have no entries."""
    if cache is None or source or options.backend_config:
        return None
    from plainwork_policies.engine import digests  # noqa: PLC0415  few runs use it

    rules, given = digests.digest_of_rules(settings), digests.digest_of_settings(settings, options, source)
    cache.configure(digests.digest(rules, given), policies)
    return cache


def _in_order(
    policies: Iterable[PolicyEntry | Policy], groups: Iterable[tuple[PolicyEntry | Policy, ...]]
) -> tuple[PolicyEntry | Policy, ...]:
    """Return those of *policies* that are in one of *groups*."""
    ids = {policy.id for group in groups for policy in group}
    return tuple(policy for policy in policies if policy.id in ids)


def _unconfigured(evaluations: Iterable[Evaluation]) -> tuple[Unconfigured, ...]:
    found: dict[str, Unconfigured] = {}
    for missing in (missing for evaluation in evaluations for missing in evaluation.unconfigured):
        found.setdefault(missing.policy.id, missing)
    return tuple(found[id_] for id_ in sorted(found))


def waiver_problems(
    results: Sequence[StackResult], unconfigured: Iterable[Unconfigured], *, is_whole: bool
) -> tuple[Problem, ...]:
    """Return the problems of waivers; that one matches no finding only if the run *is_whole*: others may have it."""
    found = [problem for result in results for problem in result.waivers.problems]
    if is_whole:
        found += unused(results, {missing.policy.id for missing in unconfigured})
    return tuple(Problem("", message) for message in dict.fromkeys(found))


def _shard_of_run(  # noqa: PLR0917  what a run depends on
    shard: Shard,
    paths: Iterable[Path],
    stacks: Sequence[Stack],
    settings: Settings,
    options: ReadOptions,
    source: Path | None,
) -> ShardOfRun:
    from plainwork_policies.engine import digests  # noqa: PLC0415  few runs use it

    return ShardOfRun(
        shard,
        tuple(position for position, stack in enumerate(stacks) if shard.has(stack.source)),
        len(stacks),
        tuple(repository_path(str(path)) for path in paths),
        rules=digests.digest_of_rules(settings),
        settings=digests.digest_of_settings(settings, options, source),
        inputs=digests.digest_of_stacks(stacks),
    )
