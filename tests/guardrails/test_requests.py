from __future__ import annotations

import re

import pytest

from plainwork_core.aws.creating_calls import creations
from plainwork_core.aws.guardrail_calls import COVERED_CALLS, LAUNCHED_TYPES, NEVER_TAGGED, NOT_COVERED, newer_providers
from plainwork_core.aws.iam_actions import expand
from plainwork_core.aws.organizations import ENFORCED_SERVICES
from plainwork_core.guardrails.requests import call_groups, covered_services, tagging_actions
from tests.guardrails.calls import CALLS

EVERY_LAUNCH = ("instance", "volume", "task")


def test_each_call_is_in_one_group() -> None:
    calls = [call for group in call_groups(COVERED_CALLS, EVERY_LAUNCH) for call in group.calls]
    assert sorted(calls) == sorted(CALLS)


def test_a_launch_is_on_what_it_creates_only() -> None:
    (group,) = (group for group in call_groups(["ec2"], EVERY_LAUNCH) if "ec2:RunInstances" in group.calls)
    types = {re.findall(r":([\w-]+)/", resource)[0] for resource in group.resources}
    assert {"instance", "volume"} <= types
    assert not types & {"image", "subnet", "security-group", "network-interface", "key-pair", "launch-template"}


def test_what_is_created_in_one_call_and_used_in_another_is_in_different_groups() -> None:
    groups = {call: group for group in call_groups(["ec2"], EVERY_LAUNCH) for call in group.calls}
    assert groups["ec2:CreateSubnet"] != groups["ec2:RunInstances"]
    assert groups["ec2:CreateVpc"] != groups["ec2:CreateSubnet"]


def test_services_that_list_tags_without_a_resource_type_are_on_all_resources() -> None:
    (group,) = call_groups(["sqs", "sns", "rds"], EVERY_LAUNCH)
    assert group.resources == ("*",)


@pytest.mark.parametrize("call", [*CALLS, *NOT_COVERED, *NEVER_TAGGED, *(c for c, _ in LAUNCHED_TYPES)])
def test_each_call_of_the_tables_exists(call: str) -> None:
    assert [str(action) for action in expand(call)] == [call]


WITHOUT_RESOURCE_TYPE = {"ecs:RunTask"}


def test_the_provider_sends_tags_with_each_covered_call() -> None:
    tagged = {one.call for one in creations().values() if one.has_tags_on_create}
    later = {call for service in newer_providers() for call in COVERED_CALLS[service]}
    assert set(CALLS) - tagged - WITHOUT_RESOURCE_TYPE == later


def test_a_service_whose_tags_an_older_provider_sends_later_is_covered_only_if_it_is_selected() -> None:
    assert "s3" not in covered_services()
    assert set(covered_services(["ALL", "s3"])) == set(COVERED_CALLS)
    assert covered_services(["s3"]) == ("s3",)


def test_no_call_is_covered_and_not_covered() -> None:
    assert not set(CALLS) & set(NOT_COVERED)


def test_each_covered_service_can_set_and_remove_tags() -> None:
    for service in COVERED_CALLS:
        assert tagging_actions([service], removing=False)
        assert tagging_actions([service], removing=True)


def test_the_tag_policy_enforces_covered_services_only() -> None:
    assert set(COVERED_CALLS) > ENFORCED_SERVICES
