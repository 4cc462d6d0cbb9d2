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

STICKY = TargetGroup(BLUE, sticky=True)


def rule(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_lb_listener_rule"]["checkout"]
    return found


def target_group(stack: Stack, id_: str, **arguments: Any) -> Resource:
    return Resource(
        stack, "aws_lb_target_group", id_, port=80, protocol="HTTP", vpc_id="vpc-0123456789abcdef0", **arguments
    )


def test_the_smallest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    rule_canary(stack)
    assert stack == hcl_snapshot


def test_the_fullest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    sticky = {"type": "lb_cookie", "enabled": True}
    canary = rule_canary(
        stack,
        stable=TargetGroup.of(target_group(stack, "blue", stickiness=sticky)),
        canary=TargetGroup.of(target_group(stack, "green", stickiness=sticky)),
        condition=[{"host_header": {"values": ["shop.example.com"]}}, {"path_pattern": {"values": ["/checkout/*"]}}],
        percent=25,
        stickiness=600,
        controller_owned=True,
    )
    canary.gate(name="prod-checkout", load_balancer_arn=BALANCER, **LIMITS)
    assert stack == hcl_snapshot


def test_a_controllers_split_is_ignored_as_a_whole(stack: Stack) -> None:
    """A single weight would leave the rest of the block to Terraform, which would then undo what was moved."""
    rule_canary(stack, controller_owned=True)
    assert rule(stack)["lifecycle"] == {"ignore_changes": ["action"]}


def test_all_of_it_leaves_the_stable_side_no_weight(stack: Stack) -> None:
    rule_canary(stack, percent=100)
    groups = rule(stack)["action"][0]["forward"]["target_group"]
    assert [(each["arn"], each["weight"]) for each in groups] == [(BLUE, 0), (GREEN, 100)]


@pytest.mark.parametrize(
    ("arguments", "is_sticky"),
    [
        ({}, False),
        ({"stickiness": {"type": "lb_cookie"}}, True),
        ({"stickiness": {"type": "lb_cookie", "enabled": True}}, True),
        ({"stickiness": {"type": "lb_cookie", "enabled": False}}, False),
    ],
)
def test_the_stickiness_of_a_target_group_is_read_from_it(
    stack: Stack, arguments: dict[str, Any], *, is_sticky: bool
) -> None:
    assert TargetGroup.of(target_group(stack, "blue", **arguments)).sticky is is_sticky


def test_only_a_target_group_is_taken_for_one(stack: Stack) -> None:
    balancer = Resource(stack, "aws_lb", "web", name="web", subnets=["subnet-0a1b2c3d4e5f60001"])
    with pytest.raises(ArgumentsError, match=r"of\(\) takes an aws_lb_target_group: got aws_lb\.web"):
        TargetGroup.of(balancer)


def test_a_sticky_target_group_goes_with_stickiness_in_the_rule(stack: Stack) -> None:
    rule_canary(stack, stable=STICKY, stickiness=600)
    assert rule(stack)["action"][0]["forward"]["stickiness"] == {"enabled": True, "duration": 600}


REFUSED = {
    "a sticky group without stickiness": ({"stable": STICKY}, "stickiness must be given, in seconds, because stable"),
    "stickiness of no time": (
        {"stickiness": 0},
        "stickiness, in seconds, must be a whole number from 1 to 604800: got 0",
    ),
    "stickiness of more than a week": ({"stickiness": 604801}, "from 1 to 604800: got 604801"),
    "a side twice": ({"canary": TargetGroup(BLUE, sticky=False)}, "canary must be another target group than stable"),
    "a side by its ARN": ({"canary": GREEN}, "canary must be TargetGroup(arn, sticky=...)"),
    "a side that does not say whether it is sticky": (
        {"canary": TargetGroup(GREEN, sticky=None)},  # type: ignore[arg-type]  what is refused
        "canary sticky must be True or False: got None",
    ),
    "a side that is a load balancer": (
        {"canary": TargetGroup(BALANCER, sticky=False)},
        "canary arn must have 'targetgroup/' after the account",
    ),
    "a side that is no ARN": ({"canary": TargetGroup("green", sticky=False)}, "canary arn must be an ARN"),
    "a listener of a Network Load Balancer": (
        {"listener_arn": f"{ELB}:listener/net/web/50dc6c495c0c9188/f2f7dc8efc522ab2"},
        "listener_arn must have 'listener/app/' after the account",
    ),
    "a listener of another service": (
        {"listener_arn": "arn:aws:s3:eu-west-1:123456789012:listener/app/web/1/2"},
        "listener_arn must be an ARN, as 'arn:aws:elasticloadbalancing",
    ),
    "a priority of none": ({"priority": 0}, "priority must be a whole number from 1 to 50000: got 0"),
    "a priority after the last": ({"priority": 50001}, "priority must be a whole number from 1 to 50000: got 50001"),
    "no condition": ({"condition": []}, "condition must say which requests the rule is for"),
    "a condition that is none": ({"condition": ["/checkout"]}, "condition must say which requests the rule is for"),
    "a condition of nothing": ({"condition": [{}]}, "condition must say which requests the rule is for"),
    "an owner by reference": ({"controller_owned": "${var.owned}"}, "controller_owned must be True or False"),
    "six values": (
        {"condition": [{"path_pattern": {"values": list("abc")}}, {"host_header": {"values": list("def")}}]},
        "condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
    "six values in blocks": (
        {"condition": [{"path_pattern": [{"values": list("abc")}, {"values": list("def")}]}]},
        "condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
    "six query strings": (
        {"condition": [{"query_string": [{"value": each} for each in "abcdef"]}]},
        "condition must have at most 5 values in all, the quota of a rule: got 6",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_load_balancer_would_reject_is_refused(stack: Stack, case: str) -> None:
    arguments, message = REFUSED[case]
    with pytest.raises(ArgumentsError) as refused:
        rule_canary(stack, **arguments)
    assert "TargetGroupCanary 'checkout': invalid arguments" in str(refused.value)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "arguments",
    [
        {"priority": 1},
        {"priority": 50000},
        {"stickiness": 1},
        {"stickiness": 604800},
        {"condition": [{"path_pattern": {"values": list("abcde")}}]},
        {"condition": [{"query_string": [{"value": "a"}, {"key": "b", "value": "c"}]}]},
        {"condition": [{"path_pattern": {"values": "${var.paths}"}}]},
        {"listener_arn": "${var.listener_arn}", "canary": TargetGroup("${var.green}", sticky=False)},
    ],
)
def test_what_it_takes_is_let_through(stack: Stack, arguments: dict[str, Any]) -> None:
    rule_canary(stack, **arguments)


def test_a_priority_of_a_listener_is_given_once(stack: Stack) -> None:
    rule_canary(stack, "checkout")
    rule_canary(stack, "elsewhere", listener_arn="${aws_lb_listener.other.arn}")
    rule_canary(stack, "next", priority=11)
    with pytest.raises(
        ArgumentsError, match="priority 10 of this listener is taken by TargetGroupCanary 'demo/checkout'"
    ):
        rule_canary(stack, "basket")


def test_a_target_group_is_on_one_load_balancer(stack: Stack) -> None:
    rule_canary(stack, "checkout")
    rule_canary(stack, "next", priority=11, listener_arn=LISTENER)
    with pytest.raises(ArgumentsError) as refused:
        rule_canary(stack, "api", listener_arn=OTHER_LISTENER)
    assert "stable arn must be on one load balancer: TargetGroupCanary 'demo/checkout' has it on" in str(refused.value)
    assert "canary arn must be on one load balancer" in str(refused.value)


def test_the_same_reference_in_another_stack_is_another_listener_and_another_group(app: App) -> None:
    for name in ("blue", "green"):
        stack = Stack(app, name)
        groups = [TargetGroup.of(target_group(stack, side)) for side in ("stable", "canary")]
        rule_canary(stack, listener_arn="${aws_lb_listener.web.arn}", stable=groups[0], canary=groups[1])
        own = {"blue": LISTENER, "green": OTHER_LISTENER}[name]
        rule_canary(stack, "cart", listener_arn=own, stable=groups[0], canary=groups[1])


def test_the_same_reference_in_one_stack_is_one_listener(stack: Stack) -> None:
    rule_canary(stack, listener_arn="${aws_lb_listener.web.arn}")
    with pytest.raises(ArgumentsError, match="priority 10 of this listener is taken"):
        rule_canary(stack, "cart", listener_arn="${aws_lb_listener.web.arn}")
