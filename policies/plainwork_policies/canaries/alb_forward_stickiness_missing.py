"""ALB forward action to several target groups does not enable stickiness.

What: a `forward` of an `aws_lb_listener` or `aws_lb_listener_rule` has several target groups, one of which keeps
    sessions (`stickiness` of the `aws_lb_target_group`), and no `stickiness` of its own that is `enabled`.
Why: the load balancer draws the target group anew for each request. A client goes back and forth between the sides of
    the canary, and the session that one of them keeps is lost with the next request.
Remedy: keep a client on its side for a while::

        forward {
          stickiness {
            enabled  = true
            duration = 300
          }
          # target groups
        }
Limitations: a target group that the stack does not make is not judged. Clients that are kept on a side stay there
    after the
    weights move, for as long as `duration` says.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured_blocks
from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown, Value, blocks, look_up
from plainwork_policies.canaries.forwards import Forward, forwarding, forwards
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_TYPES = ("aws_lb_target_group", "aws_alb_target_group")


@policy(
    "PLW_CANARY_005",
    "alb-forward-stickiness-missing",
    aliases=("forward-not-sticky",),
    severity="medium",
    subjects=forwarding,
    links=("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",),
)
def alb_forward_stickiness_missing(rule: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge each `forward` of *rule* that shares."""
    for forward in forwards(rule):
        if len(forward.target_groups) < 2:  # noqa: PLR2004  one has nothing to share with
            continue
        kept = any_of(_is_enabled(each, default=False) for each in blocks(forward.block, "stickiness"))
        found = [(group.address, _is_sticky(group)) for group in _target_groups(forward, rule, stack)]
        lost = all_of((any_of(sticky for _, sticky in found), _not(kept)))
        path = f"{forward.path}.stickiness"
        if isinstance(lost, Unknown):
            yield not_evaluated(path, lost)
        elif lost:
            group = next(group for group, sticky in found if sticky is True)
            message = f"shares among target groups without `stickiness`, and `{group}` keeps sessions"
            yield fail(path, message, remedy="add `stickiness` with `enabled = true` to the `forward`")


def _target_groups(forward: Forward, rule: Resource, stack: Stack) -> Iterator[Resource]:
    """Yield the target groups that the stack makes."""
    for block in forward.target_groups:
        arn = look_up(block, "arn")
        found = only_referent(stack, rule, arn) if isinstance(arn, Unknown) else _with_arn(arn, stack)
        if found and found.type in _TYPES:
            yield found


def _with_arn(arn: Value, stack: Stack) -> Resource | None:
    return next((each for each in stack.managed(*_TYPES) if arn and each.get("arn") == arn), None)


def _is_sticky(group: Resource) -> Ternary:
    return any_of(_is_enabled(each, default=True) for each in configured_blocks(group, "stickiness"))


def _is_enabled(block: Value, *, default: bool) -> Ternary:
    """Tell whether a `stickiness` block is on; the provider's defaults differ from place to place."""
    enabled = look_up(block, "enabled")
    if isinstance(enabled, Unknown):
        return enabled
    return default if enabled is None else enabled in (True, "true")


def _not(answer: Ternary) -> Ternary:
    return answer if isinstance(answer, Unknown) else not answer
