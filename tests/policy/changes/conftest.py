"""Fixtures that evaluate a policy on changes of a plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plainwork_core.model.stack import Change, Location, Stack
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.runner import evaluate
from tests.support.settings import TEAM, team_with


@pytest.fixture
def statuses_of() -> Callable[..., dict[str, str]]:
    """`statuses_of(policy, *changes, **settings)`: the status of each subject, by address."""

    def statuses_of(policy: Policy, *changes: Change, **settings: object) -> dict[str, str]:
        stack = Stack("plan.json", "plan", changes=changes)
        results = evaluate(stack, [policy], team_with(PlanSettings, **settings))
        return {result.address: result.status for result in results}

    return statuses_of


@pytest.fixture
def messages_of() -> Callable[..., list[str]]:
    """`messages_of(policy, *changes)`: the message of each finding."""

    def messages_of(policy: Policy, *changes: Change) -> list[str]:
        results = evaluate(Stack("plan.json", "plan", changes=changes), [policy], TEAM)
        return [finding.message for result in results for finding in result.findings]

    return messages_of


@pytest.fixture
def change() -> Callable[..., Change]:
    """`change(address, *actions, before=..., after=..., forced_by=..., reason=...)`: one change of a plan."""

    def change(address, *actions, before=None, after=None, forced_by=(), reason=""):
        before, after = before or {}, after or {}
        return Change(address, address.split(".")[0], actions, before, after, forced_by, reason, Location("plan.json"))

    return change
