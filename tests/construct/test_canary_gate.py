from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from plainwork.alarms import AlarmActions
from plainwork.canary import TargetGroupMetrics
from plainwork.errors import ArgumentsError
from tests.support.canaries import BALANCER, BLUE, GREEN, LIMITS, LISTENER, METRICS, PAGER, dns_canary, rule_canary

if TYPE_CHECKING:
    from plainwork import Stack

MIXED = "arn:aws:elasticloadbalancing:eu-west-1:${var.account}:targetgroup/x/1"
GATE = {"name": "prod-api", **METRICS, **LIMITS}


def alarms(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]
    return found


def test_each_variant_has_alarms_on_errors_latency_and_health(stack: Stack) -> None:
    rule_canary(stack).gate(name="prod-checkout", load_balancer_arn=BALANCER, **LIMITS)
    metrics = ("errors", "latency", "unhealthy")
    assert set(alarms(stack)) == {
        f"checkout_{variant}_{metric}" for variant in ("stable", "canary") for metric in metrics
    }


def test_the_gate_is_in_alarm_while_an_alarm_of_the_canary_variant_is(stack: Stack) -> None:
    gate = dns_canary(stack).gate(**GATE)
    rule = synthesize(stack)["resource"]["aws_cloudwatch_composite_alarm"]["api"]["alarm_rule"]
    assert gate.address == "aws_cloudwatch_composite_alarm.api"
    assert rule.count("ALARM(") == 3
    assert rule.count("aws_cloudwatch_metric_alarm.api_canary_") == 3
    assert rule.count(" OR ") == 2


def test_of_the_canary_variant_only_the_gate_has_actions(stack: Stack) -> None:
    dns_canary(stack).gate(**GATE)
    by_name = alarms(stack)
    assert {by_name[name].get("alarm_actions") is None for name in by_name if "_canary_" in name} == {True}
    assert [by_name[f"api_stable_{metric}"]["alarm_actions"] for metric in ("errors", "latency")] == [
        [*PAGER.alarm]
    ] * 2


@pytest.mark.parametrize(
    ("load_balancer_arn", "target_group_arn", "expected"),
    [
        (BALANCER, GREEN, ("app/web/50dc6c495c0c9188", "targetgroup/green/73e2d6bc24d8a067")),
        (
            "${aws_lb.web.arn}",
            "${data.aws_lb_target_group.green.arn}",
            ("${aws_lb.web.arn_suffix}", "${data.aws_lb_target_group.green.arn_suffix}"),
        ),
        (
            "${var.balancer}",
            MIXED,
            (
                '${trimprefix(split(":", var.balancer)[5], "loadbalancer/")}',
                f'${{trimprefix(split(":", "{MIXED}")[5], "loadbalancer/")}}',
            ),
        ),
    ],
)
def test_the_dimensions_are_the_ends_of_the_arns(
    load_balancer_arn: str, target_group_arn: str, expected: tuple[str, str]
) -> None:
    found = TargetGroupMetrics(load_balancer_arn, target_group_arn).dimensions()
    assert (found["LoadBalancer"], found["TargetGroup"]) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": ""}, "name must be a literal of 1 to 200 letters"),
        ({"name": "${var.name}"}, "name must be a literal of 1 to 200 letters"),
        ({"name": 'a"b'}, "name must be a literal of 1 to 200 letters"),
        ({"error_percent": 0}, "error_percent must be a number above 0 and below 100: got 0"),
        ({"error_percent": 100}, "error_percent must be a number above 0 and below 100: got 100"),
        ({"error_percent": True}, "error_percent must be a number"),
        ({"p95_seconds": -1}, "p95_seconds must be a number above 0 and below 4000: got -1"),
        ({"p95_seconds": "0.5"}, "p95_seconds must be a number above 0 and below 4000: got '0.5'"),
        ({"alarm_actions": AlarmActions()}, "alarm_actions must have at least one action"),
        ({"canary": GREEN}, "canary must be TargetGroupMetrics(load_balancer_arn=..., target_group_arn=...)"),
        (
            {"canary": TargetGroupMetrics(LISTENER, GREEN)},
            "load_balancer_arn must have 'loadbalancer/app/'",
        ),
        ({"canary": TargetGroupMetrics(BALANCER, "green")}, "canary.target_group_arn must be an ARN"),
    ],
)
def test_an_invalid_gate_is_rejected(stack: Stack, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentsError) as error:
        dns_canary(stack).gate(**(GATE | arguments))
    assert "the gate of 'api': invalid arguments" in str(error.value)
    assert message in str(error.value)


def test_the_gate_of_a_rule_has_the_target_groups_of_the_rule(stack: Stack) -> None:
    rule_canary(stack).gate(name="prod-checkout", load_balancer_arn=BALANCER, **LIMITS)
    dimensions = alarms(stack)["checkout_stable_latency"]["dimensions"]
    assert dimensions["TargetGroup"] == BLUE.split(":", 5)[5]
