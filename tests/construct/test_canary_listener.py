from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, synthesize
from plainwork.canary import canary_percent_variable
from plainwork.errors import ArgumentsError
from tests.support.canaries import BALANCER, BLUE, GREEN, LIMITS, LISTENER, NETWORK, listener_canary, target_group

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

HTTP = {"load_balancer": BALANCER, "port": 80, "protocol": "HTTP"}
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"


def listener(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_lb_listener"]["front"]
    return found


def balancer(stack: Stack, type_: str) -> Resource:
    return Resource(stack, "aws_lb", "web", name="web", load_balancer_type=type_, subnets=["subnet-0a1b2c3d4e5f60001"])


def test_required_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    listener_canary(stack)
    assert stack == hcl_snapshot


def test_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    front = listener_canary(
        stack,
        load_balancer=balancer(stack, "application"),
        protocol="HTTPS",
        stable=target_group(stack, "blue"),
        canary={"green": target_group(stack, "green"), "red": target_group(stack, "red")},
        percent={"green": 25, "red": 5},
        stickiness_duration=600,
        controller_owned=True,
        certificate_arn=CERTIFICATE,
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
    )
    front.gate(name="prod-front", **LIMITS)
    assert stack == hcl_snapshot


def test_controller_owned_ignores_the_whole_default_action(stack: Stack) -> None:
    listener_canary(stack, controller_owned=True)
    assert listener(stack)["lifecycle"] == {"ignore_changes": ["default_action"]}


def test_controller_owned_keeps_the_lifecycle(stack: Stack) -> None:
    listener_canary(stack, controller_owned=True, lifecycle={"prevent_destroy": True, "ignore_changes": ["tags"]})
    assert listener(stack)["lifecycle"] == {"prevent_destroy": True, "ignore_changes": ["tags", "default_action"]}


def test_a_lifecycle_is_an_argument_of_the_listener(stack: Stack) -> None:
    listener_canary(stack, lifecycle={"prevent_destroy": True})
    assert listener(stack)["lifecycle"] == {"prevent_destroy": True}


@pytest.mark.parametrize("protocol", ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"])
def test_each_protocol_of_a_network_load_balancer_has_weights(stack: Stack, protocol: str) -> None:
    listener_canary(stack, protocol=protocol)
    groups = listener(stack)["default_action"][0]["forward"]["target_group"]
    assert [(group["arn"], group["weight"]) for group in groups] == [(BLUE, 95), (GREEN, 5)]


REJECTED: dict[str, tuple[dict[str, Any], str]] = {
    "a Gateway Load Balancer": (
        {"load_balancer": BALANCER.replace("/app/", "/gwy/")},
        "load_balancer must have 'loadbalancer/app/' or 'loadbalancer/net/' after the account",
    ),
    "a listener": ({"load_balancer": LISTENER}, "load_balancer must have 'loadbalancer/app/'"),
    "no load balancer": ({"load_balancer": None}, "load_balancer must be an aws_lb or its ARN: got None"),
    "an unknown protocol": ({"protocol": "GENEVE"}, "protocol must be one of HTTP, HTTPS, TCP, TLS"),
    "a protocol by reference": ({"protocol": "${var.protocol}"}, "protocol must be one of HTTP, HTTPS, TCP, TLS"),
    "HTTP of a Network Load Balancer": (
        {"protocol": "HTTP"},
        "protocol must be one of TCP, TLS, UDP, TCP_UDP, QUIC, TCP_QUIC, because of the kind of load balancer",
    ),
    "TCP of an Application Load Balancer": (
        {"load_balancer": BALANCER},
        "protocol must be one of HTTP, HTTPS, because of the kind of load balancer: got 'TCP'",
    ),
    "stickiness of a Network Load Balancer": (
        {"stickiness_duration": 600},
        "stickiness_duration must not be set, because only an Application Load Balancer has it: got 600",
    ),
    "a default action": ({"default_action": {}}, "default_action must not be set, because the canary sets it"),
    "a load balancer twice": ({"load_balancer_arn": NETWORK}, "load_balancer_arn must not be set, because the canary"),
    "six target groups": (
        {
            "canary": {name: f"{GREEN}{name}" for name in "abcde"},
            "percent": dict.fromkeys("abcde", 5),
        },
        "canary must have at most 4 variants: got 5",
    ),
    "variants without percentages": (
        {"canary": {"green": GREEN}, "percent": {"red": 5}},
        "canary and percent must have the same variants",
    ),
    "percentages of one target group": (
        {"percent": {"green": 5}},
        "canary and percent must have the same variants",
    ),
    "a variant with the name of another": (
        {"canary": {"stable": GREEN}, "percent": {"stable": 5}},
        "canary and percent must have the same variants",
    ),
    "a variant that is not part of a name": (
        {"canary": {"green_1": GREEN}, "percent": {"green_1": 5}},
        "canary must have names of lowercase letters and digits other than 'stable': got 'green_1'",
    ),
    "more than all traffic": (
        {"canary": {"green": GREEN, "red": f"{GREEN}0"}, "percent": {"green": 50, "red": 100}},
        "percent must be at most 100 in all: got 150",
    ),
    "a fraction of several variants": (
        {
            "canary": {"green": GREEN, "red": f"{GREEN}0"},
            "percent": {"green": 0.5, "red": 5},
            "steps": (0, 0.5, 5, 100),
        },
        "percent['green'] must be a whole number, because there are several canary variants: got 0.5",
    ),
    "an invalid step of several variants": (
        {"canary": {"green": GREEN, "red": f"{GREEN}0"}, "percent": {"green": 7, "red": 5}},
        "percent['green'] must be one of the steps 0, 5, 25, 50, 100: got 7",
    ),
}


@pytest.mark.parametrize("case", REJECTED)
def test_invalid_arguments_are_rejected(stack: Stack, case: str) -> None:
    arguments, message = REJECTED[case]
    with pytest.raises(ArgumentsError) as error:
        listener_canary(stack, **arguments)
    assert "ListenerCanary 'front': invalid arguments" in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "arguments",
    [
        HTTP,
        HTTP | {"stickiness_duration": 600},
        {"load_balancer": "${var.load_balancer}", "protocol": "HTTP"},
        {"load_balancer": NETWORK, "protocol": "TLS", "certificate_arn": CERTIFICATE, "alpn_policy": "HTTP2Optional"},
        {"canary": {"green": GREEN, "red": f"{GREEN}0"}, "percent": {"green": 50, "red": 50}},
    ],
)
def test_valid_arguments_are_accepted(stack: Stack, arguments: dict[str, Any]) -> None:
    listener_canary(stack, **arguments)


@pytest.mark.parametrize(("type_", "protocol"), [("application", "TCP"), ("network", "HTTP"), ("gateway", "TCP")])
def test_the_protocol_matches_the_load_balancer_of_the_stack(stack: Stack, type_: str, protocol: str) -> None:
    with pytest.raises(ArgumentsError, match=r"load_balancer must be an Application or|protocol must be one of"):
        listener_canary(stack, load_balancer=balancer(stack, type_), protocol=protocol)


def test_the_protocols_of_the_target_groups_match_the_listener(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="canary must have a protocol of a Network Load Balancer, TCP, TLS"):
        listener_canary(stack, canary=target_group(stack, "green", protocol="HTTP"))


def test_variables_and_numbers_add_up_to_100(stack: Stack) -> None:
    targets = {"green": GREEN, "red": f"{GREEN}0", "blue": f"{GREEN}1"}
    green = canary_percent_variable(stack, "green")
    listener_canary(stack, canary=targets, percent={"green": green, "red": 5, "blue": green})
    groups = listener(stack)["default_action"][0]["forward"]["target_group"]
    assert [group["weight"] for group in groups] == ["${95 - var.green - var.green}", "${var.green}", 5, "${var.green}"]


def test_two_canaries_of_one_target_group_are_on_one_load_balancer(stack: Stack) -> None:
    listener_canary(stack, "one")
    with pytest.raises(ArgumentsError, match="stable must be on one load balancer, but canary 'demo/one'"):
        listener_canary(stack, "two", **HTTP)
