"""ALB forward action contains the same target group twice.

What: two `target_group` blocks of one `forward` of an `aws_lb_listener` or `aws_lb_listener_rule` have the same `arn`;
    or the action has a `target_group_arn` beside the `forward`.
Why: the provider accepts both. A load balancer takes each target group once, and a `target_group_arn` only if it is the
    one group of the `forward`: the apply ends there, or the plan shows the action as changed for ever.
Remedy: name each target group once, in the `forward`::

        forward {
          target_group {
            arn    = aws_lb_target_group.stable.arn
            weight = 95
          }

          target_group {
            arn    = aws_lb_target_group.canary.arn
            weight = 5
          }
        }
Limitations: that of two unknown ARNs both are one is known only where they name the same resource or the same variable.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.identity import ReferenceTarget, identity
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, look_up
from plainwork_policies.canaries.forwards import Forward, forwarding, forwards
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_CANARY_004",
    "alb-duplicate-target-group",
    aliases=("forward-contradicts",),
    severity="medium",
    subjects=forwarding,
    links=("https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html",),
)
def alb_duplicate_target_group(rule: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge each `forward` block of *rule*."""
    for forward in forwards(rule):
        named = [identity(look_up(each, "arn"), rule, stack) for each in forward.target_groups]
        yield from _beside(forward, rule, stack, named)
        if len(named) > 1:
            yield from _repeated(forward, named)


def _repeated(forward: Forward, named: list[ReferenceTarget | Unknown]) -> Iterator[Finding]:
    seen: set[ReferenceTarget] = set()
    for index, group in enumerate(named):
        path = f"{forward.path}.target_group.{index}.arn"
        if isinstance(group, Unknown):
            yield not_evaluated(path, group)
        elif group in seen:
            message = f"forwards to `{group.text}` twice"
            yield fail(path, message, value=group.text, remedy="name each target group once, with one weight")
        else:
            seen.add(group)


def _beside(
    forward: Forward, rule: Resource, stack: Stack, named: list[ReferenceTarget | Unknown]
) -> Iterator[Finding]:
    beside = look_up(forward.action, "target_group_arn")
    if beside in (None, "") or is_computed_by_provider(beside) or [identity(beside, rule, stack)] == named:
        return
    path = f"{forward.path.rpartition('.forward')[0]}.target_group_arn"
    yield fail(
        path,
        "has a `target_group_arn` beside `forward`, which has other target groups",
        value=beside,
        remedy="remove `target_group_arn`, and keep the `forward`",
    )
