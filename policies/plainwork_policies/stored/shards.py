"""The result of a shard as JSON data, and the whole run that all shards are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import Problem, RunResult, Skipped, StackResult, Unconfigured
from plainwork_policies.engine.selection import SelectedPolicies
from plainwork_policies.engine.severity import FAIL_ON, SEVERITIES
from plainwork_policies.engine.shard import Shard, ShardOfRun
from plainwork_policies.engine.waived import AppliedWaivers, WaiverEntry
from plainwork_policies.stored.findings import waiver_data, waiver_of
from plainwork_policies.stored.policies import StoredPolicies, own_policies_data
from plainwork_policies.stored.results import results_data, results_of
from plainwork_policies.stored.stacks import stack_data, stack_of


def shard_data(run: RunResult, shard: ShardOfRun) -> dict[str, Any]:
    """Return *run*, the result of *shard*, as JSON data."""
    entries: dict[WaiverEntry, int] = {}
    selections: dict[tuple[tuple[str, ...], ...], int] = {}
    stacks = [
        {
            "position": position,
            "stack": {**stack_data(of.stack), "directories": []},
            **results_data(of.results),
            "waivers": _applied_data(of.waivers, entries),
            "selection": selections.setdefault(_ids(of.selected), len(selections)),
        }
        for position, of in zip(shard.positions, run.stacks, strict=True)
    ]
    return {
        "number": shard.shard.number,
        "total": shard.shard.total,
        "stacks": shard.stacks,
        "paths": list(shard.paths),
        "rules": shard.rules,
        "settings": shard.settings,
        "inputs": shard.inputs,
        "own_policies": own_policies_data(
            {policy.id: policy for of in run.stacks for policy in _policies(of)}.values()
        ),
        "unread": list(map(asdict, run.unread)),
        "skipped": list(map(asdict, run.skipped)),
        "unconfigured": [[missing.policy.id, missing.setting] for missing in run.unconfigured],
        "waivers": [{"waiver": waiver_data(entry.waiver), "policies": sorted(entry.ids)} for entry in entries],
        "selections": [[list(ids) for ids in selection] for selection in selections],
        "results": stacks,
    }


@frozen()
class StoredShard:
    """The result of a shard that was read back.

    Args:
        of_run: which shard of which run.
        result: its result, with what all shards have in common.
    """

    of_run: ShardOfRun
    result: RunResult


def shard_of(report: Mapping[str, Any]) -> StoredShard:
    """Return the shard in the JSON *report* of `plainwork check --shard`.

    Raises:
        DAMAGE: it has another form.
        InputError: it has a policy that does not exist.
    """
    data, summary = report["shard"], report["summary"]
    if summary["min_severity"] not in SEVERITIES or summary["fail_on"] not in FAIL_ON:
        raise ValueError(summary)
    policies = StoredPolicies(data["own_policies"])
    entries = [WaiverEntry(waiver_of(row["waiver"]), frozenset(row["policies"])) for row in data["waivers"]]
    selections = [
        SelectedPolicies(*(tuple(map(policies.__getitem__, ids)) for ids in row)) for row in data["selections"]
    ]
    stacks = tuple(
        StackResult(
            stack_of(row["stack"]),
            results_of(row, policies),
            _applied(row["waivers"], entries),
            selections[row["selection"]],
        )
        for row in data["results"]
    )
    of_run = ShardOfRun(
        Shard(int(data["number"]), int(data["total"])),
        tuple(int(row["position"]) for row in data["results"]),
        int(data["stacks"]),
        tuple(map(str, data["paths"])),
        *(str(data[name]) for name in ("rules", "settings", "inputs")),
    )
    return StoredShard(
        of_run,
        RunResult(
            stacks=stacks,
            unread=tuple(Problem(**row) for row in data["unread"]),
            skipped=tuple(Skipped(**row) for row in data["skipped"]),
            known_policies=tuple(map(str, report["policies"])),
            unconfigured=tuple(Unconfigured(policies[id_], str(setting)) for id_, setting in data["unconfigured"]),
            min_severity=summary["min_severity"],
            fail_on=summary["fail_on"],
        ),
    )


def _applied_data(applied: AppliedWaivers, entries: dict[WaiverEntry, int]) -> dict[str, Any]:
    """Return *applied* with the numbers of its entries in *entries*, to which new ones are added."""
    return {
        "entries": [entries.setdefault(replace(entry, glob=None), len(entries)) for entry in applied.entries],
        "used": sorted(applied.used),
        "problems": list(applied.problems),
    }


def _applied(data: Mapping[str, Any], entries: Sequence[WaiverEntry]) -> AppliedWaivers:
    found = tuple(entries[number] for number in data["entries"])
    return AppliedWaivers(found, frozenset(data["used"]), tuple(map(str, data["problems"])))


def _policies(of: StackResult) -> Iterable[PolicyEntry | Policy]:
    return (*of.selected.policies, *of.selected.ignored)


def _ids(selection: SelectedPolicies) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(policy.id for policy in group) for group in (selection.policies, selection.ignored))
