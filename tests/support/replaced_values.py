"""What a policy does if one value of an example is replaced by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.read import read
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.example_cases import Case


def changes(policy: Any, case: Case, main: Path, replacements: Callable[[Any], Iterable[Any]]) -> Iterator[str]:
    """Yield `ADDRESS.PATH = VALUE: address status -> status` for each replacement that changes a result.

    Args:
        policy: the policy.
        case: the example.
        main: of the files of *case*, the configuration or the plan.
        replacements: the values that replace a value of a resource.
    """
    stack, *_ = together([stack for path in (main, *case.neighbors) for stack in read(path)])
    settings = load(case.folder)
    before = _statuses(policy, stack, settings)
    for index, resource in enumerate(stack.resources):
        for path, value in _parts(dict(resource.values)):
            for new in replacements(value):
                after = _statuses(policy, _with(stack, index, resource, path, new), settings)
                for address in sorted({*before, *after}):
                    old_status, status = before.get(address, "no subject"), after.get(address, "no subject")
                    if status not in (old_status, "not_evaluated"):
                        at = f"{case.kind} {resource.address}.{'.'.join(map(str, path))}"
                        yield f"{at} = {new}: {address} {old_status} -> {status}"


def _statuses(policy: Any, stack: Stack, settings: Any) -> dict[str, str]:
    order = ("passed", "not_evaluated", "failed", "error")
    results = sorted(evaluate(stack, [policy], settings), key=lambda result: order.index(result.status))
    return {result.address: result.status for result in results}


def _with(stack: Stack, index: int, resource: Resource, path: tuple[Any, ...], new: Any) -> Stack:
    changed = replace(resource, values=_replaced(dict(resource.values), path, new))
    resources = (*stack.resources[:index], changed, *stack.resources[index + 1 :])
    return replace(stack, resources=resources, run=None)


def _parts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if path:
        yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _parts(member, (*path, key))


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, path[0]: _replaced(value[path[0]], path[1:], new)}
    return [_replaced(member, path[1:], new) if index == path[0] else member for index, member in enumerate(value)]
