"""The table of escalation paths has its source, and actions of the Service Authorization Reference only."""

from __future__ import annotations

from plainwork_core.aws.iam_actions import expand
from plainwork_core.iam.escalation import escalation_paths


def test_every_action_is_in_the_reference() -> None:
    actions = {action for path in escalation_paths() for action in path.actions}
    assert actions == {str(found) for action in actions for found in expand(action)}


def test_no_path_only_adds_actions_to_another() -> None:
    for passes_role in (True, False):
        paths = [set(path.actions) for path in escalation_paths() if ("iam:PassRole" in path.actions) is passes_role]
        assert not [path for path in paths for other in paths if path < other]


def test_a_path_has_the_service_that_receives_the_role() -> None:
    services = {path.service for path in escalation_paths() if "iam:PassRole" in path.actions}
    assert {"ec2", "lambda", "ecs", "cloudformation"} <= services
    assert "iam" not in services
