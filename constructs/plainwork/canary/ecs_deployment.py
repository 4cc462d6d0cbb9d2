"""Arguments of an `aws_ecs_service` whose own deployments shift the weights of a canary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from plainwork.attributes import attribute_of
from plainwork.canary.load_balancers import APPLICATION, TARGET_GROUPS, elb_arn
from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork_core.canary.steps import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwork.canary.load_balancers import Kind
    from plainwork.canary.variants import Variants
    from plainwork.terraform import Resource

Strategy: TypeAlias = Literal["CANARY", "LINEAR", "BLUE_GREEN"]

_MAX_MINUTES = 1440


class _Shift(NamedTuple):
    """The block that configures the shares of a strategy, and its arguments."""

    block: str
    percent: str
    minutes: str
    least: float


_SHIFTS: dict[str, _Shift | None] = {
    "CANARY": _Shift("canary_configuration", "canary_percent", "canary_bake_time_in_minutes", 0.1),
    "LINEAR": _Shift("linear_configuration", "step_percent", "step_bake_time_in_minutes", 3),
    "BLUE_GREEN": None,
}
"""https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html and
.../API_LinearConfiguration.html; `BLUE_GREEN` has no shares."""


def ecs_deployment(
    name: str,
    strategy: Any,
    *,
    variants: Variants,
    action: Resource,
    kind: Kind,
    alarms: Sequence[Resource],
    is_controller_owned: bool,
    role: Any,
    container: Mapping[str, Any],
    shift: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the arguments; see `ForwardingCanary.ecs_deployment`.

    Args:
        name: id of the canary.
        strategy: of the deployments.
        variants: of the canary.
        action: the listener rule or the listener that has the weights.
        kind: of the load balancer.
        alarms: with which ECS rolls back.
        is_controller_owned: whether Terraform ignores the weights.
        role: resource or ARN.
        container: `container_name` and `container_port`.
        shift: `percent`, `wait_in_minutes` and `bake_time_in_minutes`.
    """
    role_arn = attribute_of(role, "arn", "aws_iam_role")
    problems = [
        *_canary_problems(variants, is_controller_owned=is_controller_owned),
        *_action_problems(action, kind),
        *scalars.choice_problems("strategy", strategy, _SHIFTS),
        *_role_problems(role_arn),
        *_container_problems(**container),
        *_shift_problems(strategy, **shift),
    ]
    if problems:
        raise ArgumentsError(f"the ECS deployment of {name!r}", problems)
    stable, green = (elb_arn(group, TARGET_GROUPS) for group in variants.targets.values())
    advanced = {
        "alternate_target_group_arn": green,
        "production_listener_rule": action["arn"],
        "role_arn": role_arn,
    }
    arguments: dict[str, Any] = {
        "load_balancer": {"target_group_arn": stable, **container, "advanced_configuration": advanced},
        "deployment_configuration": _configuration(strategy, **shift),
    }
    if alarms:
        names = [alarm["alarm_name"] for alarm in alarms]
        arguments["alarms"] = {"alarm_names": names, "enable": True, "rollback": True}
    return arguments


def _configuration(strategy: str, *, percent: Any, wait_in_minutes: Any, bake_time_in_minutes: Any) -> dict[str, Any]:
    own = _SHIFTS[strategy]
    shares = {own.percent: percent, own.minutes: _text(wait_in_minutes)} if own else {}
    given = {argument: value for argument, value in shares.items() if value is not None}
    configuration = {"strategy": strategy, "bake_time_in_minutes": _text(bake_time_in_minutes)}
    return {**configuration, own.block: given} if own and given else configuration


def _text(minutes: Any) -> str | None:
    """Return minutes as the provider has them, a string that may be empty."""
    return None if minutes is None else str(minutes)


def _canary_problems(variants: Variants, *, is_controller_owned: bool) -> Iterator[str]:
    if len(variants.canaries) > 1:
        yield f"canary must be one target group, because ECS has one alternate target group: got {variants.canaries}"
    if not is_controller_owned:
        yield "controller_owned must be True, because ECS changes the weights, which Terraform would reset: got False"


def _action_problems(action: Resource, kind: Kind) -> Iterator[str]:
    """Yield the problem of a listener whose ARN ECS does not accept.

    Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html.
    """
    if action.block_type == "aws_lb_listener" and kind is APPLICATION:
        yield (
            "the canary must be a TargetGroupCanary, because ECS changes the weights of a listener rule of an "
            "Application Load Balancer, and of a listener only of a Network Load Balancer: got a ListenerCanary"
        )


def _role_problems(role_arn: Any) -> Iterator[str]:
    if not isinstance(role_arn, str):
        yield f"role must be an aws_iam_role or its ARN: got {role_arn!r}"
        return
    yield from identifiers.arn_problems("role", role_arn, "iam")


def _container_problems(*, container_name: Any, container_port: Any) -> Iterator[str]:
    if not isinstance(container_name, str) or not container_name:
        yield f"container_name must be the name of a container in the task definition: got {container_name!r}"
    yield from scalars.port_problems("container_port", container_port)


def _shift_problems(strategy: Any, *, percent: Any, wait_in_minutes: Any, bake_time_in_minutes: Any) -> Iterator[str]:
    own = _SHIFTS.get(strategy) if isinstance(strategy, str) else None
    shares = {"percent": percent, "wait_in_minutes": wait_in_minutes}
    if strategy == "BLUE_GREEN":
        for argument, value in shares.items():
            if value is not None:
                yield f"{argument} must not be set, because BLUE_GREEN shifts all traffic at once: got {value!r}"
        shares = {}
    elif own and percent is not None and not scalars.is_reference(percent):
        yield from _percent_problems(percent, own.least)
    minutes = {"wait_in_minutes": shares.get("wait_in_minutes"), "bake_time_in_minutes": bake_time_in_minutes}
    for argument, value in minutes.items():
        if value is not None:
            yield from scalars.whole_number_problems(argument, value, 0, _MAX_MINUTES)


def _percent_problems(percent: Any, least: float) -> Iterator[str]:
    if not is_number(percent) or not least <= percent <= 100 or round(percent, 1) != percent:  # noqa: PLR2004
        yield f"percent must be a multiple of 0.1 from {least:g} to 100: got {percent!r}"
