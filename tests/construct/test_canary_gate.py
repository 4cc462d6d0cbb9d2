from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, synthesize
from plainwork.alarms import AlarmActions
from plainwork.canary.load_balancers import load_balancer_of, metric_name
from plainwork.errors import ArgumentsError
from tests.support.canaries import (
    BALANCER,
    BLUE,
    GREEN,
    GROUPS,
    LIMITS,
    LISTENER,
    METRICS,
    PAGER,
    dns_canary,
    listener_canary,
    rule_canary,
    target_group,
)

if TYPE_CHECKING:
    from plainwork import Stack

MIXED = "arn:aws:elasticloadbalancing:eu-west-1:${var.account}:targetgroup/x/1"
GATE = {"name": "prod-api", **METRICS, **LIMITS}


def alarms(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]
    return found


def test_each_variant_has_alarms_on_errors_latency_and_health(stack: Stack) -> None:
    rule_canary(stack).gate(name="prod-checkout", **LIMITS)
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
    ("arn", "expected"),
    [
        (BALANCER, "app/web/50dc6c495c0c9188"),
        (GREEN, "targetgroup/green/73e2d6bc24d8a067"),
        ("${aws_lb.web.arn}", "${aws_lb.web.arn_suffix}"),
        ("${data.aws_lb_target_group.green.arn}", "${data.aws_lb_target_group.green.arn_suffix}"),
        ("${var.balancer}", '${trimprefix(split(":", var.balancer)[5], "loadbalancer/")}'),
        (MIXED, f'${{trimprefix(split(":", "{MIXED}")[5], "loadbalancer/")}}'),
    ],
)
def test_the_dimensions_are_the_ends_of_the_arns(arn: str, expected: str) -> None:
    assert metric_name(arn) == expected


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (LISTENER, "app/web/50dc6c495c0c9188"),
        ("${var.listener}", '${join("/", slice(split("/", var.listener), 1, 4))}'),
    ],
)
def test_the_load_balancer_is_part_of_the_arn_of_the_listener(arn: str, expected: str) -> None:
    assert load_balancer_of(arn) == expected


def test_a_gate_needs_no_arguments(stack: Stack) -> None:
    stack.alarm_actions = PAGER
    rule_canary(stack).gate()
    assert {name: (body["alarm_name"], body["threshold"]) for name, body in alarms(stack).items()} == {
        f"checkout_{variant}_{metric}": (f"demo-checkout-{variant}-{metric}", threshold)
        for variant in ("stable", "canary")
        for metric, threshold in (("errors", 1), ("latency", 1), ("unhealthy", 0))
    }


def test_other_alarms_gate_the_next_step_too(stack: Stack) -> None:
    baskets = Resource(
        stack,
        "aws_cloudwatch_metric_alarm",
        "baskets",
        alarm_name="baskets",
        comparison_operator="LessThanThreshold",
        evaluation_periods=5,
        metric_name="Baskets",
        namespace="Shop",
        period=60,
        statistic="Sum",
        threshold=1,
    )
    rule_canary(stack).gate(alarms=[baskets], **LIMITS)
    rule = synthesize(stack)["resource"]["aws_cloudwatch_composite_alarm"]["checkout"]["alarm_rule"]
    assert rule.endswith('ALARM("${aws_cloudwatch_metric_alarm.baskets.alarm_name}")')


def test_of_a_network_load_balancer_only_the_health_is_known_by_target_group(stack: Stack) -> None:
    listener_canary(stack).gate(alarm_actions=PAGER)
    assert {name: body["namespace"] for name, body in alarms(stack).items()} == {
        "front_stable_unhealthy": "AWS/NetworkELB",
        "front_canary_unhealthy": "AWS/NetworkELB",
    }


def test_a_threshold_of_a_metric_that_does_not_exist_is_rejected(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="p95_seconds must not be set, because a Network Load Balancer"):
        listener_canary(stack).gate(p95_seconds=1, alarm_actions=PAGER)


def test_the_load_balancers_of_records_are_their_targets(stack: Stack) -> None:
    blue, green = (
        Resource(stack, "aws_lb", name, name=name, subnets=["subnet-0a1b2c3d4e5f60001"]) for name in ("blue", "green")
    )
    groups = {"stable": target_group(stack, "blue"), "canary": target_group(stack, "green")}
    dns_canary(stack, stable=blue, canary=green).gate(groups, **LIMITS)
    dimensions = alarms(stack)["api_canary_latency"]["dimensions"]
    assert dimensions == {
        "LoadBalancer": "${aws_lb.green.arn_suffix}",
        "TargetGroup": "${aws_lb_target_group.green.arn_suffix}",
    }


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
        ({"alarm_actions": None}, "alarm_actions must be given, or set for the stack"),
        ({"alarms": ["baskets"]}, "alarms must be aws_cloudwatch_metric_alarm or"),
        ({"target_groups": {"stable": BLUE}}, "target_groups must have the variants stable, canary: got ['stable']"),
        (
            {"target_groups": GROUPS | {"canary": "green"}},
            "target_groups['canary'] must be an ARN",
        ),
        ({"load_balancers": {}}, "load_balancers['stable'] must be an ARN"),
        (
            {"load_balancers": {"stable": LISTENER, "canary": BALANCER}},
            "load_balancers['stable'] must have 'loadbalancer/app/' after the account",
        ),
    ],
)
def test_an_invalid_gate_is_rejected(stack: Stack, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentsError) as error:
        dns_canary(stack).gate(**(GATE | arguments))
    assert "the gate of 'api': invalid arguments" in str(error.value)
    assert message in str(error.value)


def test_the_gate_of_a_rule_has_the_target_groups_of_the_rule(stack: Stack) -> None:
    rule_canary(stack).gate(name="prod-checkout", **LIMITS)
    dimensions = alarms(stack)["checkout_stable_latency"]["dimensions"]
    assert dimensions["TargetGroup"] == BLUE.split(":", 5)[5]
