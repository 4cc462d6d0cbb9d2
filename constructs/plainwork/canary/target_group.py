"""The target groups of a rule, and what an Application Load Balancer wants of both together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork._cdktf import IConstruct
from plainwork.canary.gate import elb_arn_problems
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Resource, Stack
from plainwork_core.aws.elb import MAX_STICKINESS_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.terraform import Construct

_TYPES = {"aws_lb_target_group", "aws_alb_target_group"}


@dataclass(frozen=True)
class _Claims:
    """What the canaries of one app have taken: the path of each by listener and priority, and by target group."""

    priorities: dict[tuple[str, str, int | str], str] = field(default_factory=dict)
    balancers: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


_CLAIMS: WeakKeyDictionary[IConstruct, _Claims] = WeakKeyDictionary()


@dataclass(frozen=True)
class TargetGroup:
    """One side of a rule.

    Attributes:
        arn: of the target group.
        sticky: whether the group has sticky sessions of its own, which then need stickiness in the rule.
    """

    arn: str
    sticky: bool

    @classmethod
    def of(cls, resource: Resource) -> TargetGroup:
        """A target group of this stack, whose stickiness is read from what it was made with.

        Raises:
            ArgumentsError: it is no `aws_lb_target_group`.
        """
        declared: dict[str, Any] = resource.to_terraform()["resource"]
        if not declared.keys() & _TYPES:
            raise ArgumentsError("TargetGroup", [f"of() takes an aws_lb_target_group: got {resource.address}"])
        ((body,),) = (each.values() for each in declared.values())
        stickiness = body.get("stickiness") or []
        blocks = [stickiness] if isinstance(stickiness, dict) else stickiness
        return cls(resource["arn"], any(each.get("enabled", True) is not False for each in blocks))


def side_problems(sides: Mapping[str, Any], stickiness: Any) -> Iterator[str]:
    """One sentence for each thing that is wrong with the two sides, alone or together."""
    if strange := [side for side, group in sides.items() if not isinstance(group, TargetGroup)]:
        for side in strange:
            yield f"{side} must be TargetGroup(arn, sticky=...) or TargetGroup.of(resource): got {sides[side]!r}"
        return
    for side, group in sides.items():
        yield from elb_arn_problems(f"{side} arn", group.arn, "targetgroup/")
        if not isinstance(group.sticky, bool):
            yield f"{side} sticky must be True or False: got {group.sticky!r}"
    if len({group.arn for group in sides.values()}) < len(sides):
        yield f"canary must be another target group than stable: both are {sides['canary'].arn!r}"
    yield from _stickiness_problems(sides, stickiness)


def _stickiness_problems(sides: Mapping[str, TargetGroup], stickiness: Any) -> Iterator[str]:
    if stickiness is not None:
        yield from scalars.whole_number_problems("stickiness, in seconds,", stickiness, 1, MAX_STICKINESS_SECONDS)
    elif sticky := [side for side, group in sides.items() if group.sticky]:
        yield (
            f"stickiness must be given, in seconds, because {' and '.join(sticky)} has sticky sessions, which the rule "
            "would break by sending a client to the other side: got None"
        )


def claim(scope: Construct, listener_arn: str, priority: int | str, sides: Mapping[str, TargetGroup]) -> None:
    """Take a priority of a listener, and the target groups for its load balancer.

    Raises:
        ArgumentsError: another canary of the app has the priority, or one of the groups on another load balancer.
    """
    claims = _CLAIMS.setdefault(scope.node.root, _Claims())
    own, balancer = scope.node.path, _load_balancer(listener_arn)
    owner = claims.priorities.setdefault((*_place(scope, listener_arn), priority), own)
    problems = [f"priority {priority} of this listener is taken by TargetGroupCanary {owner!r}"] if owner != own else []
    for side, group in sides.items():
        other, owner = (
            claims.balancers.setdefault(_place(scope, group.arn), (balancer, own)) if balancer else (balancer, own)
        )
        if other != balancer:
            problems.append(
                f"{side} arn must be on one load balancer: TargetGroupCanary {owner!r} has it on {other!r}, and this "
                f"one on {balancer!r}: got {group.arn!r}"
            )
    if problems:
        raise ArgumentsError(f"TargetGroupCanary {scope.node.id!r}", problems)


def _place(scope: Construct, arn: str) -> tuple[str, str]:
    """An ARN, and where it means that: a reference is something else in another stack."""
    return (Stack.of(scope).node.path if scalars.is_reference(arn) else "", arn)


def _load_balancer(listener_arn: str) -> str | None:
    """`app/web/0123456789abcdef`, where the listener's ARN tells it."""
    return None if scalars.is_reference(listener_arn) else "/".join(listener_arn.split("/")[1:4])
