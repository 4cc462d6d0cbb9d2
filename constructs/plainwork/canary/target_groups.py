"""The target groups of a canary: their validation, their weights, and the load balancer that they belong to."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork.canary.load_balancers import TARGET_GROUPS, configured, elb_arn, elb_arn_problems
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Resource, Stack
from plainwork_core.aws.elb import MAX_STICKINESS_SECONDS, MAX_TARGET_GROUP_WEIGHT
from plainwork_core.frozen import frozen
from plainwork_core.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.canary.load_balancers import Kind
    from plainwork.canary.variants import Variants
    from plainwork.terraform import Construct
    from plainwork.tree import IConstruct


@frozen()
class _Owners:
    """Paths of the canaries of one app, by listener and priority, and by target group."""

    priorities: dict[tuple[str, str, int | str], str] = field(default_factory=dict)
    balancers: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


_OWNERS: WeakKeyDictionary[IConstruct, _Owners] = WeakKeyDictionary()


def forward_block(variants: Variants, stickiness_duration: int | None) -> dict[str, Any]:
    """Return the `forward` block of an action to the target groups of the variants."""
    weights = variants.weights(MAX_TARGET_GROUP_WEIGHT)
    forward: dict[str, Any] = {
        "target_group": [
            {"arn": elb_arn(group, TARGET_GROUPS), "weight": weights[variant]}
            for variant, group in variants.targets.items()
        ]
    }
    if stickiness_duration is not None:
        forward["stickiness"] = {"enabled": True, "duration": stickiness_duration}
    return forward


def target_group_problems(targets: Mapping[str, Any], kind: Kind | None) -> Iterator[str]:
    """Yield the problems of the target groups, alone and together.

    Args:
        targets: target groups by variant.
        kind: of the load balancer; None if it is unknown.
    """
    by_arn: dict[Any, str] = {}
    for variant, group in targets.items():
        arn = elb_arn(group, TARGET_GROUPS)
        yield from elb_arn_problems(variant, arn, TARGET_GROUPS, "targetgroup/")
        if isinstance(arn, str) and (other := by_arn.setdefault(arn, variant)) != variant:
            yield f"{variant} must not be the target group of {other}: both are {group!r}"
        protocol = configured(group).get("protocol") if isinstance(group, Resource) else None
        if kind and isinstance(protocol, str) and not scalars.is_reference(protocol) and protocol not in kind.protocols:
            yield f"{variant} must have a protocol of {kind.name}, {', '.join(kind.protocols)}: got {protocol!r}"


def stickiness_problems(targets: Mapping[str, Any], duration: Any) -> Iterator[str]:
    """Yield the problems of the stickiness of an action of an Application Load Balancer.

    A target group that is given by its ARN or as a data source may have sticky sessions; this is not checked.
    """
    if duration is not None:
        yield from scalars.whole_number_problems("stickiness_duration", duration, 1, MAX_STICKINESS_SECONDS)
    elif sticky := [variant for variant, group in targets.items() if _is_sticky(group)]:
        yield (
            f"stickiness_duration must be set, because {enumeration(sticky, mark='')} has sticky sessions, which end "
            "when the load balancer forwards a client to another variant: got None"
        )


def _is_sticky(group: Any) -> bool:
    if not isinstance(group, Resource) or group.block_type not in TARGET_GROUPS:
        return False
    stickiness = configured(group).get("stickiness") or []
    blocks = [stickiness] if isinstance(stickiness, dict) else stickiness
    return any(block.get("enabled", True) is not False for block in blocks)


def claim_priority(scope: Construct, listener_arn: str, priority: int | str) -> None:
    """Reserve a priority of a listener.

    Raises:
        ArgumentsError: another canary of the app has the priority.
    """
    own = scope.node.path
    owner = _owners(scope).priorities.setdefault((*_scoped(scope, listener_arn), priority), own)
    if owner != own:
        problem = f"priority {priority} of this listener is used by {type(scope).__name__} {owner!r}"
        raise ArgumentsError(f"{type(scope).__name__} {scope.node.id!r}", [problem])


def claim_target_groups(scope: Construct, load_balancer: str, targets: Mapping[str, Any]) -> None:
    """Reserve the target groups for a load balancer.

    Args:
        scope: the canary.
        load_balancer: `app/web/0123456789abcdef`; a reference is not checked.
        targets: target groups by variant.

    Raises:
        ArgumentsError: another canary of the app has a target group on another load balancer.
    """
    if scalars.is_reference(load_balancer):
        return
    problems = []
    for variant, group in targets.items():
        key = _scoped(scope, elb_arn(group, TARGET_GROUPS))
        other, owner = _owners(scope).balancers.setdefault(key, (load_balancer, scope.node.path))
        if other != load_balancer:
            problems.append(
                f"{variant} must be on one load balancer, but canary {owner!r} has it on {other!r} and this canary on "
                f"{load_balancer!r}: got {group!r}"
            )
    if problems:
        raise ArgumentsError(f"{type(scope).__name__} {scope.node.id!r}", problems)


def _owners(scope: Construct) -> _Owners:
    return _OWNERS.setdefault(scope.node.root, _Owners())


def _scoped(scope: Construct, arn: str) -> tuple[str, str]:
    """Return an ARN with its stack if it is a reference, because a reference has another value in another stack."""
    return (Stack.of(scope).node.path if scalars.is_reference(arn) else "", arn)
