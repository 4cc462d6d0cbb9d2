from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import Locals, Resource, synthesize
from plainwork.alarms import Alarm, AlarmActions, alarm_actions_of, alarm_actions_problems, make_alarm
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack

TOPIC = "arn:aws:sns:eu-west-1:123456789012:pager"


def test_the_name_of_an_alarm_is_made_of_construct_variant_and_row(stack: Stack) -> None:
    alarm = Alarm("latency", "TargetResponseTime", 0.5, "Slow.", statistic="p95")
    scope = Construct(stack, "checkout")
    dimensions = {"TargetGroup": "blue"}
    alarm_actions = AlarmActions(TOPIC)
    make_alarm(
        scope,
        alarm,
        name="checkout",
        namespace="AWS/X",
        dimensions=dimensions,
        alarm_actions=alarm_actions,
        of="canary",
    )
    made = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]["checkout_canary_latency"]
    assert made["alarm_name"] == "checkout-canary-latency"
    assert made["extended_statistic"] == "p95"
    assert "statistic" not in made
    assert made["alarm_actions"] == [TOPIC]


def test_one_row_can_be_an_alarm_for_each_key(stack: Stack) -> None:
    alarm, dimensions = Alarm("cpu", "CPUUtilization", 90, "Busy."), {"Node": "a-${each.key}"}
    keys = "${toset(local.nodes)}"
    Locals(stack, nodes=["001", "002"])
    scope = Construct(stack, "a")
    make_alarm(
        scope,
        alarm,
        name="a",
        namespace="AWS/X",
        dimensions=dimensions,
        alarm_actions=AlarmActions(TOPIC),
        for_each=keys,
    )
    made = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]["a_cpu"]
    assert made["for_each"] == keys
    assert made["alarm_name"] == "a-${each.key}-cpu"
    assert made["dimensions"] == dimensions


def test_an_action_is_an_arn_or_a_resource_with_one(stack: Stack) -> None:
    topic = Resource(stack, "aws_sns_topic", "pager", name="pager")
    actions = AlarmActions(topic, TOPIC, ok=[topic])
    assert actions.alarm == ("${aws_sns_topic.pager.arn}", TOPIC)
    assert actions.ok == ("${aws_sns_topic.pager.arn}",)


def test_the_actions_of_a_stack_are_those_of_its_alarms_unless_a_construct_has_its_own(stack: Stack) -> None:
    assert alarm_actions_of(stack, None) is None
    stack.alarm_actions = AlarmActions(TOPIC)
    assert alarm_actions_of(Construct(stack, "files"), None) is stack.alarm_actions
    own = AlarmActions(f"{TOPIC}-night")
    assert alarm_actions_of(stack, own) is own


@pytest.mark.parametrize(
    ("alarm_actions", "problem"),
    [
        (None, "alarm_actions must be given, or set for the stack before"),
        (AlarmActions(), "alarm_actions must have at least one action"),
        (AlarmActions("pager"), "alarm_actions must be an ARN"),
        (AlarmActions(TOPIC, ok=["pager"]), "alarm_actions must be an ARN"),
        (AlarmActions(TOPIC, ok="pager"), "alarm_actions must be an ARN"),
        (TOPIC, "must be AlarmActions"),
    ],
)
def test_invalid_alarm_actions_are_rejected(alarm_actions: object, problem: str) -> None:
    assert problem in "\n".join(alarm_actions_problems("alarm_actions", alarm_actions))


def test_an_alarm_without_actions_has_none(stack: Stack) -> None:
    make_alarm(stack, Alarm("slow", "X", 1, "Slow."), name="web", namespace="AWS/X", dimensions={}, alarm_actions=None)
    made = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]["slow"]
    assert not {"alarm_actions", "ok_actions"} & set(made)
