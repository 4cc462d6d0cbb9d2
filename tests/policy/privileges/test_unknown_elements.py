"""An element of a statement that becomes unknown may turn a result into *not evaluated*, and into nothing else.

`test_forgetting.py` tests the same of the arguments of resources; an element within `jsonencode` is none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from plainwork_core.iam.statement import Statement
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_core.read import read
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.settings import Settings
from tools.example_cases import cases

HIDDEN = Unknown("`var.hidden` has no default; check a plan", ("var.hidden",))
TEXTS = ("actions", "not_actions", "resources", "not_resources")
CHECKED = [policy for policy in policies() if policy.family == "priv"]


@pytest.fixture(scope="module")
def stacks() -> list[Stack]:
    return [stack for case in cases(["privileges"]) for stack in read(case.main)]


@pytest.mark.parametrize("policy", CHECKED, ids=lambda policy: policy.slug)
def test_an_unknown_element_never_changes_a_result_into_another(policy: Policy, stacks: list[Stack]) -> None:
    changes = [
        f"{statement.address} {element}: {before} -> {after}"
        for stack in stacks
        for statement in policy.subjects(stack)
        if isinstance(statement, Statement) and statement.unread is None
        for before in [status(policy, statement, stack)]
        for element, changed in with_unknown_elements(statement)
        if (after := status(policy, changed, stack)) not in (before, "not_evaluated")
    ]
    assert changes == []


def status(policy: Policy, statement: Statement, stack: Stack) -> str:
    try:
        found = {finding.status for finding in policy.function(statement, stack, Settings())}
    except NotEvaluated:
        return "not_evaluated"
    return "failed" if "failed" in found else "not_evaluated" if found else "passed"


def with_unknown_elements(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """Yield *statement* with one element unknown, for each element."""
    yield "Effect", replace(statement, effect=HIDDEN)
    for name in TEXTS:
        for members in hidden_members(getattr(statement, name), lambda _: [HIDDEN]):
            yield name, replace(statement, **{name: members})
    for name in ("principals", "not_principals"):
        for members in hidden_members(
            getattr(statement, name), lambda one: [replace(one, type=HIDDEN), replace(one, value=HIDDEN)]
        ):
            yield name, replace(statement, **{name: members})
    for conditions in hidden_members(
        statement.conditions,
        lambda one: [replace(one, operator=HIDDEN), replace(one, key=HIDDEN), replace(one, values=(HIDDEN,))],
    ):
        yield "conditions", replace(statement, conditions=conditions)


def hidden_members(members, variants):
    for index, member in enumerate(members):
        for variant in variants(member):
            yield (*members[:index], variant, *members[index + 1 :])
