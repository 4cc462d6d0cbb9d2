from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, Stack, synthesize
from plainwork.canary import TargetGroup
from plainwork.errors import ArgumentsError
from tests.support.canaries import (
    BALANCER,
    BLUE,
    ELB,
    GREEN,
    LIMITS,
    LISTENER,
    OTHER_LISTENER,
    rule_canary,
)

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import App

STICKY = TargetGroup(BLUE, stickiness_enabled=True)


def rule(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_lb_listener_rule"]["checkout"]
    return found


def target_group(stack: Stack, id_: str, **arguments: Any) -> Resource:
    return Resource(
        stack, "aws_lb_target_group", id_, port=80, protocol="HTTP", vpc_id="vpc-0123456789abcdef0", **arguments
    )


def test_required_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    rule_canary(stack)
    assert stack == hcl_snapshot


def test_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    sticky = {"type": "lb_cookie", "enabled": True}
    canary = rule_canary(
        stack,
        stable=TargetGroup.from_resource(target_group(stack, "blue", stickiness=sticky)),
        canary=TargetGroup.from_resource(target_group(stack, "green", stickiness=sticky)),
        condition=[{"host_header": {"values": ["shop.example.com"]}}, {"path_pattern": {"values": ["/checkout/*"]}}],
        percent=25,
        stickiness_duration=600,
        ignore_weight_changes=True,
    )
    canary.gate(name="prod-checkout", load_balancer_arn=BALANCER, **LIMITS)
    assert stack == hcl_snapshot


def test_ignore_weight_changes_ignores_the_whole_action(stack: Stack) -> None:
    """If single weights were ignored, Terraform would reset the rest of the block."""
    rule_canary(stack, ignore_weight_changes=True)
    assert rule(stack)["lifecycle"] == {"ignore_changes": ["action"]}


def test_at_100_percent_the_stable_target_group_has_no_weight(stack: Stack) -> None:
    rule_canary(stack, percent=100)
    groups = rule(stack)["action"][0]["forward"]["target_group"]
    assert [(group["arn"], group["weight"]) for group in groups] == [(BLUE, 0), (GREEN, 100)]


@pytest.mark.parametrize(
    ("arguments", "is_enabled"),
    [
        ({}, False),
        ({"stickiness": {"type": "lb_cookie"}}, True),
        ({"stickiness": {"type": "lb_cookie", "enabled": True}}, True),
        ({"stickiness": {"type": "lb_cookie", "enabled": False}}, False),
    ],
)
def test_from_resource_reads_the_stickiness(stack: Stack, arguments: dict[str, Any], *, is_enabled: bool) -> None:
    assert TargetGroup.from_resource(target_group(stack, "blue", **arguments)).stickiness_enabled is is_enabled


def test_from_resource_rejects_another_resource(stack: Stack) -> None:
    balancer = Resource(stack, "aws_lb", "web", name="web", subnets=["subnet-0a1b2c3d4e5f60001"])
    with pytest.raises(ArgumentsError, match=r"from_resource\(\) needs an aws_lb_target_group: got aws_lb\.web"):
        TargetGroup.from_resource(balancer)


def test_the_rule_has_the_stickiness_duration(stack: Stack) -> None:
    rule_canary(stack, stable=STICKY, stickiness_duration=600)
    assert rule(stack)["action"][0]["forward"]["stickiness"] == {"enabled": True, "duration": 600}


REJECTED = {
    "a sticky group without stickiness": ({"stable": STICKY}, "stickiness_duration must be set, because stable"),
    "stickiness of no time": (
        {"stickiness_duration": 0},
        "stickiness_duration must be a whole number from 1 to 604800: got 0",
    ),
    "stickiness of more than a week": ({"stickiness_duration": 604801}, "from 1 to 604800: got 604801"),
    "the same target group twice": (
        {"canary": TargetGroup(BLUE, stickiness_enabled=False)},
        "canary must not be the target group of stable",
    ),
    "a target group by its ARN": ({"canary": GREEN}, "canary must be TargetGroup(arn, stickiness_enabled=...)"),
    "a target group without stickiness_enabled": (
        {"canary": TargetGroup(GREEN, stickiness_enabled=None)},  # type: ignore[arg-type]
        "canary.stickiness_enabled must be True or False: got None",
    ),
    "a load balancer": (
        {"canary": TargetGroup(BALANCER, stickiness_enabled=False)},
        "canary.arn must have 'targetgroup/' after the account",
    ),
    "a target group by its name": (
        {"canary": TargetGroup("green", stickiness_enabled=False)},
        "canary.arn must be an ARN",
    ),
    "a listener of a Network Load Balancer": (
        {"listener_arn": f"{ELB}:listener/net/web/50dc6c495c0c9188/f2f7dc8efc522ab2"},
        "listener_arn must have 'listener/app/' after the account",
    ),
    "a listener of another service": (
        {"listener_arn": "arn:aws:s3:eu-west-1:123456789012:listener/app/web/1/2"},
        "listener_arn must be an ARN, such as 'arn:aws:elasticloadbalancing",
    ),
    "a priority below the minimum": ({"priority": 0}, "priority must be a whole number from 1 to 50000: got 0"),
    "a priority above the maximum": ({"priority": 50001}, "priority must be a whole number from 1 to 50000: got 50001"),
    "no condition": ({"condition": []}, "condition must be a list of condition blocks"),
    "a condition as text": ({"condition": ["/checkout"]}, "condition must be a list of condition blocks"),
    "an empty condition": ({"condition": [{}]}, "condition must be a list of condition blocks"),
    "ignore_weight_changes by reference": (
        {"ignore_weight_changes": "${var.owned}"},
        "ignore_weight_changes must be True or False",
    ),
    "six values": (
        {"condition": [{"path_pattern": {"values": list("abc")}}, {"host_header": {"values": list("def")}}]},
        "condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
    "six values in blocks": (
        {"condition": [{"path_pattern": [{"values": list("abc")}, {"values": list("def")}]}]},
        "condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
    "six query strings": (
        {"condition": [{"query_string": [{"value": value} for value in "abcdef"]}]},
        "condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
}


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
        {"condition": [{"path_pattern": {"values": list("abcde")}}]},
        {"condition": [{"query_string": [{"value": "a"}, {"key": "b", "value": "c"}]}]},
        {"condition": [{"path_pattern": {"values": "${var.paths}"}}]},
        {"listener_arn": "${var.listener_arn}", "canary": TargetGroup("${var.green}", stickiness_enabled=False)},
    ],
)
def test_valid_arguments_are_accepted(stack: Stack, arguments: dict[str, Any]) -> None:
    rule_canary(stack, **arguments)


def test_a_second_rule_with_a_priority_of_a_listener_is_rejected(stack: Stack) -> None:
    rule_canary(stack, "checkout")
    rule_canary(stack, "elsewhere", listener_arn="${aws_lb_listener.other.arn}")
    rule_canary(stack, "next", priority=11)
    with pytest.raises(
        ArgumentsError, match="priority 10 of this listener is used by TargetGroupCanary 'demo/checkout'"
    ):
        rule_canary(stack, "basket")


def test_a_target_group_on_a_second_load_balancer_is_rejected(stack: Stack) -> None:
    rule_canary(stack, "checkout")
    rule_canary(stack, "next", priority=11, listener_arn=LISTENER)
    with pytest.raises(ArgumentsError) as error:
        rule_canary(stack, "api", listener_arn=OTHER_LISTENER)
    assert "stable.arn must be on one load balancer, but TargetGroupCanary 'demo/checkout'" in str(error.value)
    assert "canary.arn must be on one load balancer" in str(error.value)


def test_the_same_reference_in_another_stack_is_another_listener_and_another_group(app: App) -> None:
    for name in ("blue", "green"):
        stack = Stack(app, name)
        groups = [TargetGroup.from_resource(target_group(stack, variant)) for variant in ("stable", "canary")]
        rule_canary(stack, listener_arn="${aws_lb_listener.web.arn}", stable=groups[0], canary=groups[1])
        own = {"blue": LISTENER, "green": OTHER_LISTENER}[name]
        rule_canary(stack, "cart", listener_arn=own, stable=groups[0], canary=groups[1])


def test_the_same_reference_in_one_stack_is_one_listener(stack: Stack) -> None:
    rule_canary(stack, listener_arn="${aws_lb_listener.web.arn}")
    with pytest.raises(ArgumentsError, match="priority 10 of this listener is used"):
        rule_canary(stack, "cart", listener_arn="${aws_lb_listener.web.arn}")
