from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import synthesise
from plainwork.alarms import Alarm, Notify, make_alarm, notify_problems
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack

TOPIC = "arn:aws:sns:eu-west-1:123456789012:pager"


def test_an_alarm_is_named_after_what_it_watches(stack: Stack) -> None:
    alarm = Alarm("latency", "TargetResponseTime", 0.5, "Slow.", statistic="p95")
    scope = Construct(stack, "checkout")
    dimensions = {"TargetGroup": "blue"}
    notify = Notify((TOPIC,))
    make_alarm(scope, alarm, name="checkout", namespace="AWS/X", dimensions=dimensions, notify=notify, of="canary")
    made = synthesise(stack)["resource"]["aws_cloudwatch_metric_alarm"]["checkout_canary_latency"]
    assert made["alarm_name"] == "checkout-canary-latency"
    assert made["extended_statistic"] == "p95"
    assert "statistic" not in made
    assert made["alarm_actions"] == [TOPIC]


@pytest.mark.parametrize(
    ("notify", "problem"),
    [
        (Notify(()), "alarm_actions must be a tuple of at least one ARN"),
        (Notify(TOPIC), "alarm_actions must be a tuple of at least one ARN"),  # type: ignore[arg-type]  what is refused
        (Notify(("pager",)), "alarm_actions must be an ARN"),
        (Notify((TOPIC,), ("pager",)), "ok_actions must be an ARN"),
        (TOPIC, "must be Notify"),
    ],
)
def test_an_alarm_that_tells_nobody_is_refused(notify: object, problem: str) -> None:
    assert problem in "\n".join(notify_problems("notify", notify))
