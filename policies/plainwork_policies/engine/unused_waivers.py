"""Finds waivers that match no finding, if the inputs of a run decide that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from plainwork_core.model.stack import Stack
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import StackResult


def unused(checked: Iterable[StackResult], unconfigured: Set[str]) -> Iterator[str]:
    """Yield a problem for each waiver that selects no finding in the *checked* stacks.

    Args:
        checked: all stacks of the run.
        unconfigured: ids of the policies that are not evaluated without a setting.
    """
    used: set[str] = set()
    decided: dict[str, Waiver] = {}
    undecided: set[str] = set()
    for one in checked:
        used |= one.waivers.used
        for entry in one.waivers.entries:
            policies = [policy for policy in one.selected.policies if policy.id in entry.ids - unconfigured]
            if any(_is_decided(entry.waiver, policy, one.stack) for policy in policies):
                decided.setdefault(entry.waiver.origin, entry.waiver)
            elif policies:
                undecided.add(entry.waiver.origin)
    for origin, waiver in decided.items():
        if origin not in used | undecided:
            yield (
                f"{origin}: the waiver of {waiver.policy} at {waiver.address} matches no finding; remove it, or limit "
                "it with `path` to the stacks that have the finding"
            )


def _is_decided(waiver: Waiver, policy: PolicyEntry | Policy, stack: Stack) -> bool:
    """Return whether *stack* would have a finding of *policy* that *waiver* is about.

    Only a plan has changes, instances and the resources of modules, and a plan does not have the `terraform` block.
    """
    if "change" in policy.types or "module." in waiver.address or "[" in waiver.address:
        return stack.format == "plan"
    return stack.format != "plan" or not waiver.address.startswith("terraform.")
