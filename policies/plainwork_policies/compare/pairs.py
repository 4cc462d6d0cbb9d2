"""The stacks of a run with their former versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plainwork_core.model.stack import Stack
from plainwork_core.repository import repository_path
from plainwork_policies.compare.renames import renamed_stacks


def former_stacks(stacks: Iterable[Stack], base: Mapping[str, Stack]) -> dict[str, Stack]:
    """Return the stack in *base* of each of *stacks*, by source; one that the base does not have was empty.

    Args:
        stacks: of the run.
        base: of the base, by path in the repository.
    """
    by_path = {repository_path(stack.source): stack for stack in stacks}
    former = renamed_stacks(
        {path: _addresses(stack) for path, stack in by_path.items()},
        {path: _addresses(stack) for path, stack in base.items()},
    )
    return {
        stack.source: base.get(former.get(path, path), Stack(stack.source, stack.format))
        for path, stack in by_path.items()
    }


def _addresses(stack: Stack) -> frozenset[str]:
    return frozenset(resource.address for resource in stack.resources)
