"""ALB forward action has an invalid weight or stickiness duration.

What: The `weight` of a `target_group` block in a `forward` of an `aws_lb_listener` or `aws_lb_listener_rule` is not an
    integer from 0 to 999; or the `duration` of its `stickiness` is not an integer from 1 to 604800.
Why: The provider checks these values only if the `arn` of the target group is a literal value. With a reference, which
    is the common form, the plan accepts them, and AWS rejects the listener or rule during the apply.
Remedy: Set `weight` to an integer from 0 to 999, and `duration` to at most seven days in seconds.
Limitations: Actions with `target_group_arn` have no weight. A `duration` of 0 passes where stickiness is not enabled:
    AWS then has none, and a plan reads it back as 0.
"""

from __future__ import annotations

from plainwork_core.aws.elb import MAX_STICKINESS_SECONDS, MAX_TARGET_GROUP_WEIGHT
from plainwork_policies.api import Argument, Block, Findings, Resource, check_each, policy
from plainwork_policies.canaries.forwards import LISTENER_TYPES, check_forwards, has_forward

_LINK = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference"
_RANGES = {
    "target_group.weight": range(MAX_TARGET_GROUP_WEIGHT + 1),
    "stickiness.duration": range(1, MAX_STICKINESS_SECONDS + 1),
}


@policy(
    "PLW_CANARY_010",
    "alb-forward-values-invalid",
    severity="medium",
    on=LISTENER_TYPES,
    where=has_forward,
    links=(f"{_LINK}/API_TargetGroupTuple.html", f"{_LINK}/API_TargetGroupStickinessConfig.html"),
)
def alb_forward_values_invalid(listener: Resource) -> Findings:
    """Check each `forward` block."""
    yield from check_forwards(listener, _forward)


def _forward(_action: Block, forward: Block) -> Findings:
    yield from check_each(_RANGES, lambda path: check_each(forward.arguments(path), _problems))


def _problems(argument: Argument) -> Findings:
    valid = next(valid for path, valid in _RANGES.items() if path.endswith(f".{argument.name}"))
    if argument.is_configured and argument.number() not in valid and not _is_read_back(argument):
        yield argument.fail(
            f"`{argument.name}` is `{argument.value()}`; it must be an integer from {valid[0]} to {valid[-1]}",
            remedy=f"Set `{argument.name}` to an integer from {valid[0]} to {valid[-1]}.",
        )


def _is_read_back(argument: Argument) -> bool:
    return argument.name == "duration" and argument.number() == 0 and not argument.block["enabled"].bool(default=False)
