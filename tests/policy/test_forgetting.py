"""A value that becomes unknown may turn a result into *not evaluated*, and into nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.read import read
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.run import together
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.example_cases import Case, cases

HIDDEN = Unknown("`var.hidden` has no default; check a plan", ("var.hidden",))

EXCEPTIONS = {
    "arn-partition-mismatch": "a subject is an ARN in the configuration, and an unknown value is not one",
    "arn-region-mismatch": "a subject is an ARN in the configuration, and an unknown value is not one",
    "iam-privilege-escalation": "a policy of an unknown role, user or group is checked as that of another principal",
    "tag-value-not-allowed": "an unknown value of a required tag counts as not empty",
}
"""Policies for which an unknown value may do something else, each with the reason."""


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.slug)
def test_an_unknown_value_never_changes_a_result_into_another(policy):
    changed = sorted({change for case in cases([policy.slug]) for change in changes(policy, case)})
    if policy.slug in EXCEPTIONS:
        assert changed, "remove the exception"
    else:
        assert changed == []


def changes(policy: Any, case: Case) -> Iterator[str]:
    """Yield `ADDRESS.PATH: address status -> status` for each value that changes a result."""
    stack, *_ = together([stack for path in (case.main, *case.neighbors) for stack in read(path)])
    settings = load(case.folder)
    before = statuses(policy, stack, settings)
    for index, resource in enumerate(stack.resources):
        for path in leaves(dict(resource.values)):
            after = statuses(policy, without(stack, index, resource, path), settings)
            for address in sorted({*before, *after}):
                old, new = before.get(address, "no subject"), after.get(address, "no subject")
                if new not in (old, "not_evaluated"):
                    yield f"{case.kind} {resource.address}.{'.'.join(map(str, path))}: {address} {old} -> {new}"


def statuses(policy: Any, stack: Stack, settings: Any) -> dict[str, str]:
    order = ("passed", "not_evaluated", "failed", "error")
    results = sorted(evaluate(stack, [policy], settings), key=lambda result: order.index(result.status))
    return {result.address: result.status for result in results}


def without(stack: Stack, index: int, resource: Resource, path: tuple[Any, ...]) -> Stack:
    hidden = replace(resource, values=hide(dict(resource.values), path))
    resources = (*stack.resources[:index], hidden, *stack.resources[index + 1 :])
    return replace(stack, resources=resources, run=None)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, Unknown):
        return
    if path:
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from leaves(member, (*path, key))


def hide(value: Any, path: tuple[Any, ...]) -> Any:
    if not path:
        return HIDDEN
    if isinstance(value, dict):
        return {**value, path[0]: hide(value[path[0]], path[1:])}
    return [hide(member, path[1:]) if index == path[0] else member for index, member in enumerate(value)]
