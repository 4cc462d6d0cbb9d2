"""The table of ways to further rights: where it comes from, and that its actions are ones that IAM has."""

from __future__ import annotations

from plainwork_core.iam.actions import expand
from plainwork_core.iam.escalation import escalation_paths, stamp


def test_the_table_says_where_it_comes_from() -> None:
    assert stamp()["source"].startswith("cloudsplaining ")
    assert stamp()["paths"] > 50


def test_every_action_is_one_that_the_reference_has() -> None:
    actions = {action for path in escalation_paths() for action in path.actions}
    assert actions == {str(found) for action in actions for found in expand(action)}


def test_no_way_only_adds_actions_to_another() -> None:
    ways = [set(path.actions) for path in escalation_paths()]
    assert not [way for way in ways for other in ways if way < other]


def test_a_way_knows_which_service_gets_the_role() -> None:
    services = {path.service for path in escalation_paths() if "iam:PassRole" in path.actions}
    assert {"ec2", "lambda", "ecs", "cloudformation"} <= services
    assert "iam" not in services
