"""The target groups of a listener rule, and the rules of Application Load Balancers for both of them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork.canary.gate import elb_arn_problems
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Resource, Stack
from plainwork_core.aws.elb import MAX_STICKINESS_SECONDS
from plainwork_core.frozen import frozen
from plainwork_core.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.terraform import Construct
    from plainwork.tree import IConstruct

_TYPES = {"aws_lb_target_group", "aws_alb_target_group"}


@frozen()
class _Owners:
    """Paths of the canaries of one app, by listener and priority, and by target group."""

    priorities: dict[tuple[str, str, int | str], str] = field(default_factory=dict)
    balancers: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


_OWNERS: WeakKeyDictionary[IConstruct, _Owners] = WeakKeyDictionary()


@frozen()
class TargetGroup:
    """The target group of one variant.

    Attributes:
        arn: ARN of the target group.
        stickiness_enabled: whether the target group has sticky sessions, which need `stickiness_duration` in the rule.
    """

    arn: str
    stickiness_enabled: bool

    @classmethod
    def from_resource(cls, resource: Resource) -> TargetGroup:
        """Return a target group of this stack, with the stickiness of its configuration.

        Raises:
            ArgumentsError: the resource is not an `aws_lb_target_group`.
        """
        declared: dict[str, Any] = resource.to_terraform()["resource"]
        if not declared.keys() & _TYPES:
            raise ArgumentsError(
                "TargetGroup", [f"from_resource() needs an aws_lb_target_group: got {resource.address}"]
            )
        ((body,),) = (bodies.values() for bodies in declared.values())
        stickiness = body.get("stickiness") or []
        blocks = [stickiness] if isinstance(stickiness, dict) else stickiness
        return cls(resource["arn"], any(block.get("enabled", True) is not False for block in blocks))


def variant_problems(variants: Mapping[str, Any], stickiness_duration: Any) -> Iterator[str]:
    """Yield the problems of the two target groups, alone and together."""
    if invalid := [variant for variant, group in variants.items() if not isinstance(group, TargetGroup)]:
        for variant in invalid:
            yield (
                f"{variant} must be TargetGroup(arn, stickiness_enabled=...) or TargetGroup.from_resource(resource): "
                f"got {variants[variant]!r}"
            )
        return
    for variant, group in variants.items():
        yield from elb_arn_problems(f"{variant}.arn", group.arn, "targetgroup/")
        yield from scalars.boolean_problems(f"{variant}.stickiness_enabled", group.stickiness_enabled)
    if len({group.arn for group in variants.values()}) < len(variants):
        yield f"canary must not be the target group of stable: both are {variants['canary'].arn!r}"
    yield from _stickiness_problems(variants, stickiness_duration)


def _stickiness_problems(variants: Mapping[str, TargetGroup], duration: Any) -> Iterator[str]:
    if duration is not None:
        yield from scalars.whole_number_problems("stickiness_duration", duration, 1, MAX_STICKINESS_SECONDS)
    elif sticky := [variant for variant, group in variants.items() if group.stickiness_enabled]:
        yield (
            f"stickiness_duration must be set, because {enumeration(sticky, mark='')} has sticky sessions, which end "
            "when the rule forwards a client to the other variant: got None"
        )


def claim(scope: Construct, listener_arn: str, priority: int | str, variants: Mapping[str, TargetGroup]) -> None:
    """Reserve a priority of a listener, and the target groups for its load balancer.

    Raises:
        ArgumentsError: another canary of the app has the priority, or a target group on another load balancer.
    """
    owners = _OWNERS.setdefault(scope.node.root, _Owners())
    own, balancer = scope.node.path, _load_balancer(listener_arn)
    owner = owners.priorities.setdefault((*_scoped(scope, listener_arn), priority), own)
    problems = [f"priority {priority} of this listener is used by TargetGroupCanary {owner!r}"] if owner != own else []
    for variant, group in variants.items():
        other, owner = (
            owners.balancers.setdefault(_scoped(scope, group.arn), (balancer, own)) if balancer else (balancer, own)
        )
        if other != balancer:
            problems.append(
                f"{variant}.arn must be on one load balancer, but TargetGroupCanary {owner!r} has it on {other!r} and "
                f"this canary on {balancer!r}: got {group.arn!r}"
            )
    if problems:
        raise ArgumentsError(f"TargetGroupCanary {scope.node.id!r}", problems)


def _scoped(scope: Construct, arn: str) -> tuple[str, str]:
    """Return an ARN with its stack if it is a reference, because a reference has another value in another stack."""
    return (Stack.of(scope).node.path if scalars.is_reference(arn) else "", arn)


def _load_balancer(listener_arn: str) -> str | None:
    """Return `app/web/0123456789abcdef`; None if the listener's ARN is a reference."""
    return None if scalars.is_reference(listener_arn) else "/".join(listener_arn.split("/")[1:4])
