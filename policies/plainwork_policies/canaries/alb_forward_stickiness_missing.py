"""ALB forward action to several target groups does not enable stickiness.

What: A `forward` of an `aws_lb_listener` or `aws_lb_listener_rule` has several target groups, one of which has
    stickiness by cookie enabled (`stickiness` of the `aws_lb_target_group`), and no enabled `stickiness` of its own.
Why: The load balancer selects a target group for each request. A client alternates between the variants of the canary,
    and loses the session that one of them keeps with the next request.
Remedy: Enable `stickiness` in the `forward` block.
Limitations: A target group outside the stack is not checked, nor one of a Network Load Balancer (stickiness by
    `source_ip`), whose listeners have no stickiness between target groups. Clients stay on their variant for `duration`
    after the weights change.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Resource, all_conditions, find, policy, some
from plainwork_policies.canaries.forwards import LISTENER_TYPES, check_forwards, has_forward

_TYPES = ("aws_lb_target_group", "aws_alb_target_group")
_COOKIES = ("lb_cookie", "app_cookie")


@policy(
    "PLW_CANARY_005",
    "alb-forward-stickiness-missing",
    aliases=("forward-not-sticky",),
    severity="medium",
    on=LISTENER_TYPES,
    where=has_forward,
    links=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html",
    ),
)
def alb_forward_stickiness_missing(listener: Resource) -> Findings:
    """Check each `forward` block."""
    yield from check_forwards(listener, _forward)


def _forward(_action: Block, forward: Block) -> Findings:
    blocks = forward.blocks("target_group")
    if len(blocks) < 2:  # noqa: PLR2004  stickiness is about the choice between several
        return
    groups = [group for block in blocks for group in _target_groups(block)]

    def loses_sessions(group: Resource) -> bool:
        return all_conditions(lambda: _has_cookie(group), lambda: not _is_sticky(forward))

    if group := find(groups, loses_sessions):
        yield forward["stickiness"].fail(
            f"`{group.address}` has stickiness enabled, but the `forward` action has not; "
            "the load balancer selects a target group for each request",
            value=None,
            remedy="Add a `stickiness` block with `enabled = true` and a `duration` to `forward`.",
        )


def _target_groups(block: Block) -> list[Resource]:
    """Return the target group of a `target_group` block, if it is in the stack."""
    arn = block["arn"]
    return [arn.resource(type_, "arn") for type_ in _TYPES if arn.refers_to(type_, "arn")]


def _has_cookie(group: Block) -> bool:
    """Return whether a target group has sticky sessions of an Application Load Balancer, which are enabled by default.

    `source_ip` and its variants are for Network and Gateway Load Balancers, whose `forward` has no stickiness.
    """
    return some(
        group.blocks("stickiness"),
        lambda stickiness: all_conditions(
            lambda: stickiness["type"].string(default="lb_cookie") in _COOKIES,
            lambda: stickiness["enabled"].bool(default=True),
        ),
    )


def _is_sticky(forward: Block) -> bool:
    return some(forward.blocks("stickiness"), lambda stickiness: stickiness["enabled"].bool(default=False))
