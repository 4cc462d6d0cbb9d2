from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from plainwork import Stack, synthesize
from plainwork.canary import STEPS, canary_percent_variable
from plainwork.canary.percent import weights_of
from plainwork.errors import ArgumentsError
from plainwork_core.aws.elb import MAX_TARGET_GROUP_WEIGHT
from plainwork_core.aws.route53 import MAX_ROUTE53_WEIGHT
from plainwork_core.canary.steps import weights
from tests.support.canaries import dns_canary, rule_canary

SCALES = (MAX_ROUTE53_WEIGHT, MAX_TARGET_GROUP_WEIGHT)


def test_the_default_steps() -> None:
    assert STEPS == (0, 5, 25, 50, 100)


@pytest.mark.parametrize("most", SCALES)
@pytest.mark.parametrize("percent", range(101))
def test_a_whole_percentage_is_its_own_weight(percent: int, most: int) -> None:
    assert weights(percent, most) == (100 - percent, percent)


@pytest.mark.parametrize(
    ("percent", "most", "expected"),
    [
        (0.5, MAX_TARGET_GROUP_WEIGHT, (995, 5)),
        (0.1, MAX_TARGET_GROUP_WEIGHT, (999, 1)),
        (99.9, MAX_TARGET_GROUP_WEIGHT, (1, 999)),
        (12.5, MAX_TARGET_GROUP_WEIGHT, (875, 125)),
        (0.01, MAX_TARGET_GROUP_WEIGHT, (999, 1)),
        (0.5, MAX_ROUTE53_WEIGHT, (255, 1)),
        (12.5, MAX_ROUTE53_WEIGHT, (224, 32)),
        (0.01, MAX_ROUTE53_WEIGHT, (255, 1)),
        (99.99, MAX_ROUTE53_WEIGHT, (1, 255)),
    ],
)
def test_a_fraction_is_rounded_but_not_to_none_or_all(percent: float, most: int, expected: tuple[int, int]) -> None:
    assert weights(percent, most) == expected


@pytest.mark.parametrize("most", SCALES)
def test_weights_are_within_their_limits_and_not_both_zero(most: int) -> None:
    for tenths in range(1001):
        split = weights(tenths / 10, most)
        assert all(0 <= int(weight) <= most for weight in split)
        assert sum(map(int, split)) > 0


def test_at_100_percent_the_stable_variant_has_no_weight() -> None:
    assert weights(100, MAX_ROUTE53_WEIGHT) == (0, 100)


@pytest.mark.parametrize(("one", "other"), [*pairwise(STEPS), *((step, 0) for step in STEPS)])
def test_between_the_two_changes_of_a_dns_step_the_share_is_between_the_steps(one: float, other: float) -> None:
    before, after = weights(one, MAX_ROUTE53_WEIGHT), weights(other, MAX_ROUTE53_WEIGHT)
    share = 100 * before[1] / (after[0] + before[1])
    assert min(one, other) <= share <= max(one, other)


@pytest.mark.parametrize("steps", [(0, 1, 10, 100), (0, 0.5, 5, 100), [0, 100]])
def test_other_steps_are_accepted(stack: Stack, steps: Any) -> None:
    rule_canary(stack, percent=steps[1], steps=steps)


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (5, 25, 50, 100),
        (0, 5, 25),
        (0, 25, 5, 100),
        (0, 5, 5, 100),
        (0, "5", 100),
        (False, 100),
        "0,100",
        None,
        (0, 5, 101),
        (0, float("nan"), 100),
    ],
)
def test_steps_that_do_not_increase_from_0_to_100_are_rejected(stack: Stack, steps: Any) -> None:
    with pytest.raises(ArgumentsError, match="steps must be percentages that increase from 0 to 100"):
        rule_canary(stack, steps=steps)


@pytest.mark.parametrize("percent", [52, 2.5, -1, 101, "5", True, None])
@pytest.mark.parametrize("make", [rule_canary, dns_canary])
def test_a_percentage_that_is_not_a_step_is_rejected(stack: Stack, make: Any, percent: Any) -> None:
    with pytest.raises(ArgumentsError, match=rf"percent must be one of the steps 0, 5, 25, 50, 100: got {percent!r}"):
        make(stack, percent=percent)


def test_a_percentage_with_text_around_a_reference_is_rejected(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="percent must be a number, or one reference"):
        rule_canary(stack, percent="1${var.percent}")


def test_a_variable_accepts_the_steps_and_both_weights_refer_to_it(stack: Stack) -> None:
    percent = canary_percent_variable(stack, "percent")
    rule_canary(stack, percent=percent)
    dns_canary(stack, percent=percent)
    config = synthesize(stack)
    (validation,) = config["variable"]["percent"]["validation"]
    assert validation["condition"] == "${contains([0, 5, 25, 50, 100], var.percent)}"
    assert "default" not in config["variable"]["percent"]
    groups = config["resource"]["aws_lb_listener_rule"]["checkout"]["action"][0]["forward"]["target_group"]
    assert [group["weight"] for group in groups] == ["${100 - var.percent}", "${var.percent}"]
    records = config["resource"]["aws_route53_record"]
    assert records["api_stable_a"]["weighted_routing_policy"] == {"weight": "${100 - var.percent}"}


def test_a_longer_expression_is_put_in_parentheses() -> None:
    assert weights_of(["${var.a + 1}"], MAX_ROUTE53_WEIGHT) == ["${100 - (var.a + 1)}", "${var.a + 1}"]


@pytest.mark.parametrize("steps", [None, 5, (0, 50)])
def test_a_variable_with_invalid_steps_is_rejected(stack: Stack, steps: Any) -> None:
    with pytest.raises(ArgumentsError, match="steps must be percentages that increase from 0 to 100"):
        canary_percent_variable(stack, "percent", steps=steps)


def test_a_variable_with_fractions_is_rejected(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"steps must be whole percentages for a variable: got 0\.5"):
        canary_percent_variable(stack, "percent", steps=(0, 0.5, 100))
