from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import DataSource, Resource, Stack, synthesize
from plainwork.errors import ArgumentsError
from tests.support.canaries import (
    BALANCER,
    BLUE,
    ELB,
    GREEN,
    LIMITS,
    LISTENER,
    OTHER_LISTENER,
    listener_canary,
    rule_canary,
    target_group,
)

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import App

STICKY = {"stickiness": {"type": "lb_cookie"}}


def rule(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_lb_listener_rule"]["checkout"]
    return found


def test_required_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    rule_canary(stack)
    assert stack == hcl_snapshot


def test_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    sticky = {"type": "lb_cookie", "enabled": True}
    canary = rule_canary(
        stack,
        stable=target_group(stack, "blue", stickiness=sticky),
        canary=target_group(stack, "green", stickiness=sticky),
        hosts=["shop.example.com"],
        percent=25,
        stickiness_duration=600,
        controller_owned=True,
    )
    canary.gate(name="prod-checkout", **LIMITS)
    assert stack == hcl_snapshot


def test_controller_owned_ignores_the_whole_action(stack: Stack) -> None:
    """If single weights were ignored, Terraform would reset the rest of the block."""
    rule_canary(stack, controller_owned=True)
    assert rule(stack)["lifecycle"] == {"ignore_changes": ["action"]}


def test_at_100_percent_the_stable_target_group_has_no_weight(stack: Stack) -> None:
    rule_canary(stack, percent=100)
    groups = rule(stack)["action"][0]["forward"]["target_group"]
    assert [(group["arn"], group["weight"]) for group in groups] == [(BLUE, 0), (GREEN, 100)]


@pytest.mark.parametrize(
    ("arguments", "is_sticky"),
    [
        ({}, False),
        (STICKY, True),
        ({"stickiness": {"type": "lb_cookie", "enabled": True}}, True),
        ({"stickiness": {"type": "lb_cookie", "enabled": False}}, False),
    ],
)
def test_sticky_sessions_of_a_target_group_require_stickiness_of_the_rule(
    stack: Stack, arguments: dict[str, Any], *, is_sticky: bool
) -> None:
    blue = target_group(stack, "blue", **arguments)
    if not is_sticky:
        rule_canary(stack, stable=blue)
        return
    with pytest.raises(ArgumentsError, match="stickiness_duration must be set, because stable has sticky sessions"):
        rule_canary(stack, stable=blue)


def test_sticky_sessions_of_an_arn_are_not_checked(stack: Stack) -> None:
    rule_canary(stack, stable=BLUE)


def test_a_resource_of_another_type_is_rejected_by_its_address(stack: Stack) -> None:
    balancer = Resource(stack, "aws_lb", "web", name="web", subnets=["subnet-0a1b2c3d4e5f60001"])
    with pytest.raises(ArgumentsError) as error:
        rule_canary(stack, listener=balancer, canary=balancer)
    assert "listener must be an aws_lb_listener or its ARN: got aws_lb.web" in str(error.value)
    assert "canary must be an aws_lb_target_group or its ARN: got aws_lb.web" in str(error.value)


def test_the_listener_of_a_construct_is_accepted(stack: Stack) -> None:
    front = listener_canary(stack, load_balancer=BALANCER, protocol="HTTP")
    rule_canary(stack, listener=front)
    assert rule(stack)["listener_arn"] == "${aws_lb_listener.front.arn}"


def test_a_data_source_is_accepted(stack: Stack) -> None:
    listener = DataSource(stack, "aws_lb_listener", "web", arn=LISTENER)
    green = DataSource(stack, "aws_lb_target_group", "green", name="green")
    rule_canary(stack, listener=listener, canary=green).gate(**LIMITS)
    assert rule(stack)["listener_arn"] == "${data.aws_lb_listener.web.arn}"


def test_the_rule_has_the_stickiness_duration(stack: Stack) -> None:
    rule_canary(stack, stable=target_group(stack, "blue", **STICKY), stickiness_duration=600)
    assert rule(stack)["action"][0]["forward"]["stickiness"] == {"enabled": True, "duration": 600}


REJECTED = {
    "stickiness of no time": (
        {"stickiness_duration": 0},
        "stickiness_duration must be a whole number from 1 to 604800: got 0",
    ),
    "stickiness of more than a week": ({"stickiness_duration": 604801}, "from 1 to 604800: got 604801"),
    "the same target group twice": ({"canary": BLUE}, "canary must not be the target group of stable"),
    "a load balancer": ({"canary": BALANCER}, "canary must have 'targetgroup/' after the account"),
    "a target group by its name": ({"canary": "green"}, "canary must be an ARN"),
    "no target group": ({"canary": None}, "canary must be an aws_lb_target_group or its ARN: got None"),
    "a listener of a Network Load Balancer": (
        {"listener": f"{ELB}:listener/net/web/50dc6c495c0c9188/f2f7dc8efc522ab2"},
        "listener must have 'listener/app/' after the account",
    ),
    "a listener of another service": (
        {"listener": "arn:aws:s3:eu-west-1:123456789012:listener/app/web/1/2"},
        "listener must be an ARN, such as 'arn:aws:elasticloadbalancing",
    ),
    "a priority below the minimum": ({"priority": 0}, "priority must be a whole number from 1 to 50000: got 0"),
    "a priority above the maximum": ({"priority": 50001}, "priority must be a whole number from 1 to 50000: got 50001"),
    "no condition": ({"paths": ()}, "paths, hosts or condition must be set"),
    "a path as text": ({"paths": "/checkout/*"}, "paths must be a list of patterns: got '/checkout/*'"),
    "a condition as text": ({"condition": ["/checkout"]}, "condition must be a list of condition blocks"),
    "an empty condition": ({"condition": [{}]}, "condition must be a list of condition blocks"),
    "controller_owned by reference": (
        {"controller_owned": "${var.owned}"},
        "controller_owned must be True or False",
    ),
    "six values": (
        {"paths": list("abc"), "hosts": list("def")},
        "paths, hosts and condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
    "six values in blocks": (
        {"paths": (), "condition": [{"path_pattern": [{"values": list("abc")}, {"values": list("def")}]}]},
        "paths, hosts and condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
    "six query strings": (
        {"paths": (), "condition": [{"query_string": [{"value": value} for value in "abcdef"]}]},
        "paths, hosts and condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
}


def listener(stack: Stack, protocol: str) -> Resource:
    action = {"type": "forward", "target_group_arn": BLUE}
    return Resource(
        stack, "aws_lb_listener", "web", load_balancer_arn=BALANCER, port=80, protocol=protocol, default_action=action
    )


def test_the_load_balancer_of_the_alarms_is_that_of_the_listener(stack: Stack) -> None:
    rule_canary(stack, listener=listener(stack, "HTTP")).gate(**LIMITS)
    dimensions = synthesize(stack)["resource"]["aws_cloudwatch_metric_alarm"]["checkout_canary_latency"]["dimensions"]
    assert dimensions["LoadBalancer"] == "app/web/50dc6c495c0c9188"


def test_a_listener_of_a_network_load_balancer_has_no_rules(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"listener must have protocol HTTP or HTTPS, .*use ListenerCanary"):
        rule_canary(stack, listener=listener(stack, "TCP"))


def test_a_target_group_of_a_network_load_balancer_is_rejected(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="canary must have a protocol of an Application Load Balancer, HTTP"):
        rule_canary(stack, canary=target_group(stack, "green", protocol="TCP"))


@pytest.mark.parametrize("case", REJECTED)
def test_invalid_arguments_are_rejected(stack: Stack, case: str) -> None:
    arguments, message = REJECTED[case]
    with pytest.raises(ArgumentsError) as error:
        rule_canary(stack, **arguments)
    assert "TargetGroupCanary 'checkout': invalid arguments" in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "arguments",
    [
        {"priority": 1},
        {"priority": 50000},
        {"stickiness_duration": 1},
        {"stickiness_duration": 604800},
        {"paths": list("abcde")},
        {"paths": (), "hosts": ["shop.example.com"]},
        {"paths": (), "condition": [{"query_string": [{"value": "a"}, {"key": "b", "value": "c"}]}]},
        {"condition": [{"source_ip": {"values": "${var.networks}"}}]},
        {"listener": "${var.listener_arn}", "canary": "${var.green}"},
    ],
)
def test_valid_arguments_are_accepted(stack: Stack, arguments: dict[str, Any]) -> None:
    rule_canary(stack, **arguments)


def test_a_second_rule_with_a_priority_of_a_listener_is_rejected(stack: Stack) -> None:
    rule_canary(stack, "checkout")
    rule_canary(stack, "elsewhere", listener="${aws_lb_listener.other.arn}")
    rule_canary(stack, "next", priority=11)
    with pytest.raises(
        ArgumentsError, match="priority 10 of this listener is used by TargetGroupCanary 'demo/checkout'"
    ):
        rule_canary(stack, "basket")


def test_a_target_group_on_a_second_load_balancer_is_rejected(stack: Stack) -> None:
    rule_canary(stack, "checkout")
    rule_canary(stack, "next", priority=11, listener=LISTENER)
    with pytest.raises(ArgumentsError) as error:
        rule_canary(stack, "api", listener=OTHER_LISTENER)
    assert "stable must be on one load balancer, but canary 'demo/checkout'" in str(error.value)
    assert "canary must be on one load balancer" in str(error.value)


def test_the_same_reference_in_another_stack_is_another_listener_and_another_group(app: App) -> None:
    for name in ("blue", "green"):
        stack = Stack(app, name)
        groups = [target_group(stack, variant) for variant in ("stable", "canary")]
        rule_canary(stack, listener="${aws_lb_listener.web.arn}", stable=groups[0], canary=groups[1])
        own = {"blue": LISTENER, "green": OTHER_LISTENER}[name]
        rule_canary(stack, "cart", listener=own, stable=groups[0], canary=groups[1])


def test_the_same_reference_in_one_stack_is_one_listener(stack: Stack) -> None:
    rule_canary(stack, listener="${aws_lb_listener.web.arn}")
    with pytest.raises(ArgumentsError, match="priority 10 of this listener is used"):
        rule_canary(stack, "cart", listener="${aws_lb_listener.web.arn}")
