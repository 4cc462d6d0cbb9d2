"""ALB forward action contains the same target group twice.

What: Two `target_group` blocks of one `forward` of an `aws_lb_listener` or `aws_lb_listener_rule` have the same `arn`;
    or the action has a `target_group_arn` beside a `forward` with other target groups.
Why: The provider accepts both. A load balancer accepts each target group once, and `target_group_arn` only if it is the
    one target group of the `forward`. The apply fails, or every plan changes the action again.
Remedy: List each target group once, in `forward`.
Limitations: Two different variables or data sources count as two target groups. A target group of the stack counts as
    another one than a variable, a data source or a literal ARN.
"""

from __future__ import annotations

from plainwork_policies.api import (
    Argument,
    Block,
    Findings,
    Resource,
    check_each,
    is_same_id,
    policy,
    some,
    target_of,
)
from plainwork_policies.canaries.forwards import LISTENER_TYPES, check_forwards, has_forward


@policy(
    "PLW_CANARY_004",
    "alb-duplicate-target-group",
    aliases=("forward-contradicts",),
    severity="medium",
    on=LISTENER_TYPES,
    where=has_forward,
    links=("https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html",),
)
def alb_duplicate_target_group(listener: Resource) -> Findings:
    """Check each `forward` block."""
    yield from check_forwards(listener, _forward)


def _forward(action: Block, forward: Block) -> Findings:
    arns = [group["arn"] for group in forward.blocks("target_group")]
    yield from check_each((action["target_group_arn"],), lambda argument: _other_target_group(argument, arns))
    yield from check_each(range(1, len(arns)), lambda index: _duplicate(arns[index], arns[:index]))


def _other_target_group(argument: Argument, arns: list[Argument]) -> Findings:
    if argument.raw in (None, "") or (len(arns) == 1 and _is_same(argument, arns[0])):
        return
    yield argument.fail(
        "`target_group_arn` is set beside a `forward` block with other target groups",
        remedy="Remove `target_group_arn`.",
    )


def _duplicate(arn: Argument, others: list[Argument]) -> Findings:
    if some(others, lambda other: _is_same(arn, other)):
        text = target_of(arn).text
        yield arn.fail(
            f"`arn` is `{text}` in two `target_group` blocks",
            value=text,
            remedy="Remove the duplicate `target_group` block.",
        )


def _is_same(one: Argument, other: Argument) -> bool:
    is_own_and_other = {target_of(one).kind, target_of(other).kind} == {"resource", "reference"}
    return not is_own_and_other and is_same_id(one, other)
