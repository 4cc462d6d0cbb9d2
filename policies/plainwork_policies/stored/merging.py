"""Joins the reports of all shards of a run: `plainwork merge`. What is missing or of another run is an error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plainwork_core import __version__
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.read.text import decode, read_bytes
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run import waiver_problems
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.stored import DAMAGE
from plainwork_policies.stored.shards import StoredShard, shard_of

_SAME = {
    "paths": "other paths",
    "stacks": "another number of stacks",
    "inputs": "other stacks",
    "rules": "other policies",
    "settings": "other settings or options",
}
"""What all shards of one run have in common, and what a difference means."""


@frozen()
class Merged:
    """The run that some shards are, and the paths that it reads, from the root of the repository."""

    run: RunResult
    paths: tuple[str, ...]


def merged(files: Sequence[Path]) -> Merged:
    """Return the run that the shards in *files* are.

    Raises:
        InputError: a file is no report of a shard, is cut off, or is of another version or run than the others; a shard
            is missing, or there twice.
    """
    shards = {file: _read(file) for file in files}
    if len(shards) < len(files):
        raise InputError(f"{_first_twice(files)}: passed twice; pass the report of each shard once")
    _check_same(shards)
    _check_complete(shards)
    found = sorted(shards.values(), key=lambda shard: shard.of_run.shard.number)
    return Merged(_joined(found), found[0].of_run.paths)


def _read(file: Path) -> StoredShard:
    try:
        report = json.loads(decode(read_bytes(file), str(file)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}: cannot be read as JSON, or is cut off: {error}; run the shard again") from error
    if not isinstance(report, Mapping) or "shard" not in report:
        raise InputError(
            f"{file}: not the report of a shard; create it with `plainwork check --shard ... --format json`"
        )
    if (version := report.get("plainwork_version")) != __version__:
        raise InputError(f"{file}: a report of plainwork {version}, and this is {__version__}; use one version")
    if report["shard"] is None:
        raise InputError(f"{file}: not the report of a shard{_reason(report)}")
    try:
        return shard_of(report)
    except DAMAGE as error:
        raise InputError(f"{file}: damaged: {type(error).__name__}: {error}; run the shard again") from error


def _reason(report: Mapping[str, Any]) -> str:
    """Return a clause with the first error of a run that has no result."""
    errors = report.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    return f"; its run ended with: {first['message']}" if isinstance(first, Mapping) and "message" in first else ""


def _first_twice(files: Sequence[Path]) -> Path:
    return next(file for index, file in enumerate(files) if file in files[:index])


def _check_same(shards: Mapping[Path, StoredShard]) -> None:
    first, *others = shards.items()
    for file, shard in others:
        if shard.of_run.shard.total != first[1].of_run.shard.total:
            raise InputError(f"{file}: shard {shard.of_run.shard}, and {first[0]} is shard {first[1].of_run.shard}")
        for name, difference in _SAME.items():
            if getattr(shard.of_run, name) != getattr(first[1].of_run, name):
                raise InputError(
                    f"{file}: {difference} than {first[0]}; check one revision with the same options in all shards"
                )
        if (one := shard.result.known_policies) != first[1].result.known_policies:
            raise InputError(f"{file}: {len(one)} policies, other ones than {first[0]}; use one version of plainwork")


def _check_complete(shards: Mapping[Path, StoredShard]) -> None:
    by_number: dict[int, Path] = {}
    for file, shard in shards.items():
        if other := by_number.get(shard.of_run.shard.number):
            raise InputError(f"{file}: shard {shard.of_run.shard}, as {other}; pass the report of each shard once")
        by_number[shard.of_run.shard.number] = file
    of_run = next(iter(shards.values())).of_run
    missing = [str(number) for number in range(1, of_run.shard.total + 1) if number not in by_number]
    if missing:
        noun, verb = ("shard", "is") if len(missing) == 1 else ("shards", "are")
        raise InputError(f"{noun} {', '.join(missing)} of {of_run.shard.total} {verb} missing; pass the report of each")
    positions = sorted(position for shard in shards.values() for position in shard.of_run.positions)
    if positions != list(range(of_run.stacks)):
        raise InputError(f"the shards have {len(positions)} of {of_run.stacks} stacks; run all of them again")


def _joined(shards: Sequence[StoredShard]) -> RunResult:
    placed = (pair for shard in shards for pair in zip(shard.of_run.positions, shard.result.stacks, strict=True))
    stacks = tuple(stack for _, stack in sorted(placed, key=lambda pair: pair[0]))
    results = [shard.result for shard in shards]
    first = results[0]
    unread = tuple(dict.fromkeys(problem for result in results for problem in result.unread))
    unconfigured = {missing.policy.id: missing for result in results for missing in result.unconfigured}
    missing_settings = tuple(unconfigured[id_] for id_ in sorted(unconfigured))
    return RunResult(
        stacks=stacks,
        unread=unread,
        skipped=tuple(dict.fromkeys(skipped for result in results for skipped in result.skipped)),
        waivers=waiver_problems(stacks, missing_settings, is_whole=not unread),
        policies=_in_order(first.known_policies, (of.selected.policies for of in stacks)),
        known_policies=first.known_policies,
        ignored=_in_order(first.known_policies, (of.selected.ignored for of in stacks)),
        unconfigured=missing_settings,
        min_severity=first.min_severity,
        fail_on=first.fail_on,
    )


def _in_order(
    ids: Iterable[str], groups: Iterable[tuple[PolicyEntry | Policy, ...]]
) -> tuple[PolicyEntry | Policy, ...]:
    found = {policy.id: policy for group in groups for policy in group}
    return tuple(found[id_] for id_ in ids if id_ in found)
