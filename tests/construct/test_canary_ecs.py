from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Provider, Resource, synthesize
from plainwork.errors import ArgumentsError
from tests.support.canaries import BALANCER, BLUE, GREEN, LIMITS, ROLE, listener_canary, rule_canary

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

CONTAINER = {"container_name": "shop", "container_port": 8443}
OWNED = {"percent": 0, "controller_owned": True}
DEPLOYMENT = {"role": ROLE, **CONTAINER}


def service(stack: Stack, **arguments: Any) -> dict[str, Any]:
    """The `aws_ecs_service` of a canary, with provider 6."""
    Provider(stack, "aws", region="eu-west-1")
    Resource(stack, "aws_ecs_service", "shop", name="shop", task_definition="shop:1", **arguments)
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_ecs_service"]["shop"]
    return found


def test_a_service_that_shifts_the_weights_itself(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    rollout = rule_canary(stack, **OWNED)
    rollout.gate(name="prod-checkout", **LIMITS)
    arguments = rollout.ecs_deployment("CANARY", percent=10, wait_in_minutes=5, bake_time_in_minutes=10, **DEPLOYMENT)
    service(stack, **arguments)
    assert stack == hcl_snapshot


def test_each_deployment_exchanges_the_target_groups_so_the_alarms_of_both_are_read(stack: Stack) -> None:
    rollout = rule_canary(stack, **OWNED)
    rollout.gate(**LIMITS)
    names = service(stack, **rollout.ecs_deployment("LINEAR", **DEPLOYMENT))["alarms"]["alarm_names"]
    assert [name.split(".")[1] for name in names] == [
        f"checkout_{variant}_{metric}"
        for variant in ("stable", "canary")
        for metric in ("errors", "latency", "unhealthy")
    ]


def test_provider_5_is_rejected_with_the_reason(stack: Stack) -> None:
    arguments = rule_canary(stack, **OWNED).ecs_deployment("CANARY", **DEPLOYMENT)
    Provider(stack, "aws", region="eu-west-1", version="~> 5.100")
    with pytest.raises(ArgumentsError, match="`deployment_configuration` came with provider 6"):
        Resource(stack, "aws_ecs_service", "shop", name="shop", task_definition="shop:1", **arguments)


def test_without_a_gate_there_are_no_alarms(stack: Stack) -> None:
    assert "alarms" not in rule_canary(stack, **OWNED).ecs_deployment("CANARY", **DEPLOYMENT)


@pytest.mark.parametrize(
    ("strategy", "arguments", "expected"),
    [
        ("CANARY", {}, {"strategy": "CANARY"}),
        (
            "CANARY",
            {"percent": 0.1, "wait_in_minutes": 0},
            {
                "strategy": "CANARY",
                "canary_configuration": {"canary_percent": 0.1, "canary_bake_time_in_minutes": "0"},
            },
        ),
        (
            "LINEAR",
            {"percent": 20, "wait_in_minutes": 6, "bake_time_in_minutes": 1440},
            {
                "strategy": "LINEAR",
                "bake_time_in_minutes": "1440",
                "linear_configuration": {"step_percent": 20, "step_bake_time_in_minutes": "6"},
            },
        ),
        ("BLUE_GREEN", {"bake_time_in_minutes": 5}, {"strategy": "BLUE_GREEN", "bake_time_in_minutes": "5"}),
    ],
)
def test_a_strategy_has_its_own_block(
    stack: Stack, strategy: Any, arguments: dict[str, Any], expected: dict[str, Any]
) -> None:
    deployment = rule_canary(stack, **OWNED).ecs_deployment(strategy, **arguments, **DEPLOYMENT)
    configuration = deployment["deployment_configuration"]
    assert {name: value for name, value in configuration.items() if value is not None} == expected


def test_of_a_network_load_balancer_the_listener_is_changed(stack: Stack) -> None:
    front = listener_canary(stack, **OWNED)
    load_balancer = service(stack, **front.ecs_deployment("LINEAR", **DEPLOYMENT))["load_balancer"][0]
    assert load_balancer["target_group_arn"] == BLUE
    assert load_balancer["advanced_configuration"] == {
        "alternate_target_group_arn": GREEN,
        "production_listener_rule": "${aws_lb_listener.front.arn}",
        "role_arn": ROLE,
    }


def test_the_listener_of_an_application_load_balancer_is_rejected(stack: Stack) -> None:
    front = listener_canary(stack, load_balancer=BALANCER, protocol="HTTP", **OWNED)
    with pytest.raises(ArgumentsError, match="the canary must be a TargetGroupCanary, because ECS changes"):
        front.ecs_deployment("CANARY", **DEPLOYMENT)


def test_weights_that_terraform_would_reset_are_rejected(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="controller_owned must be True, because ECS changes the weights"):
        rule_canary(stack).ecs_deployment("CANARY", **DEPLOYMENT)


def test_several_canary_variants_are_rejected(stack: Stack) -> None:
    rollout = rule_canary(
        stack, canary={"green": GREEN, "red": f"{GREEN}0"}, percent={"green": 0, "red": 0}, controller_owned=True
    )
    with pytest.raises(ArgumentsError, match="canary must be one target group, because ECS has one alternate"):
        rollout.ecs_deployment("CANARY", **DEPLOYMENT)


@pytest.mark.parametrize(
    ("strategy", "arguments", "message"),
    [
        ("ROLLING", {}, "strategy must be one of 'CANARY', 'LINEAR', 'BLUE_GREEN': got 'ROLLING'"),
        ("CANARY", {"percent": 0}, "percent must be a multiple of 0.1 from 0.1 to 100: got 0"),
        ("CANARY", {"percent": 0.25}, "percent must be a multiple of 0.1 from 0.1 to 100: got 0.25"),
        ("LINEAR", {"percent": 2}, "percent must be a multiple of 0.1 from 3 to 100: got 2"),
        ("LINEAR", {"percent": "5"}, "percent must be a multiple of 0.1 from 3 to 100: got '5'"),
        ("CANARY", {"wait_in_minutes": 1441}, "wait_in_minutes must be a whole number from 0 to 1440: got 1441"),
        ("CANARY", {"bake_time_in_minutes": -1}, "bake_time_in_minutes must be a whole number from 0 to 1440: got -1"),
        ("BLUE_GREEN", {"percent": 5}, "percent must not be set, because BLUE_GREEN shifts all traffic at once"),
        ("CANARY", {"role": None}, "role must be an aws_iam_role or its ARN: got None"),
        ("CANARY", {"role": "ecs-load-balancers"}, "role must be an ARN, such as 'arn:aws:iam"),
        ("CANARY", {"container_name": ""}, "container_name must be the name of a container"),
        ("CANARY", {"container_port": 0}, "container_port must be a whole number from 1 to 65535: got 0"),
    ],
)
def test_invalid_arguments_are_rejected(stack: Stack, strategy: Any, arguments: dict[str, Any], message: str) -> None:
    rollout = rule_canary(stack, **OWNED)
    with pytest.raises(ArgumentsError) as error:
        rollout.ecs_deployment(strategy, **(DEPLOYMENT | arguments))
    assert "the ECS deployment of 'checkout': invalid arguments" in str(error.value)
    assert message in str(error.value)
