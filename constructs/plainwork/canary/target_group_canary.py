"""Two sides of one listener rule, and the share of its requests that the canary side gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.canary.gate import ServedBy, elb_arn_problems, make_gate
from plainwork.canary.steps import STEPS, TARGET_GROUPS, percent_problems, steps_problems, weights
from plainwork.canary.target_group import TargetGroup, claim, side_problems
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork_core.aws.elb import MAX_CONDITION_VALUES, MAX_RULE_PRIORITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.alarms import AlarmActions


class TargetGroupCanary(Construct):
    """One rule of an Application Load Balancer that forwards to two target groups: `aws_lb_listener_rule.checkout`.

    A step changes the two weights of the rule in place, in one call.

    Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html and
        .../load-balancer-limits.html.

    Args:
        scope: the stack that the rule is made in.
        id_: the rule's name.
        listener_arn: of a listener of an Application Load Balancer. Another one replaces the rule.
        priority: of the rule, 1 to 50000, of which a listener has each once.
        condition: which requests the rule is for, as `aws_lb_listener_rule` has its blocks:
            `[{"path_pattern": {"values": ["/checkout/*"]}}]`. At most 5 values in all.
        stable: what answers now.
        canary: what is tried.
        percent: of the requests, for the canary side: one of the steps, or `percent_variable(...)`. 100 leaves the
            stable side without traffic, on purpose.
        stickiness: seconds that a client stays on its side, 1 to 604800, whatever the weights become meanwhile; so
            after a rollback clients leave the canary side only in that time. None sends each request by the weights.
        steps: the percentages that the rollout goes through.
        controller_owned: a deployment controller (CodeDeploy, ECS) moves the split: Terraform makes the rule with
            `percent` and then ignores its whole action, so that a later `percent` changes nothing.

    Raises:
        ArgumentsError: naming every argument that the load balancer would reject or that would split the traffic
            otherwise.

    Attributes:
        rule: the `aws_lb_listener_rule`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        listener_arn: str,
        priority: int,
        condition: Sequence[Mapping[str, Any]],
        stable: TargetGroup,
        canary: TargetGroup,
        percent: float | str,
        stickiness: int | None = None,
        steps: Sequence[float] = STEPS,
        controller_owned: bool = False,
    ) -> None:
        self._sides = sides = {"stable": stable, "canary": canary}
        problems = [
            *elb_arn_problems("listener_arn", listener_arn, "listener/app/"),
            *scalars.whole_number_problems("priority", priority, 1, MAX_RULE_PRIORITY),
            *_condition_problems(condition),
            *side_problems(sides, stickiness),
            *(steps_wrong := list(steps_problems(steps))),
            *(percent_problems(percent, steps) if not steps_wrong else ()),
            *_owner_problems(controller_owned),
        ]
        if problems:
            raise ArgumentsError(f"TargetGroupCanary {id_!r}", problems)
        super().__init__(scope, id_)
        claim(self, listener_arn, priority, sides)
        split = weights(percent, TARGET_GROUPS)
        forward: dict[str, Any] = {
            "target_group": [
                {"arn": stable.arn, "weight": split.stable},
                {"arn": canary.arn, "weight": split.canary},
            ]
        }
        if stickiness is not None:
            forward["stickiness"] = {"enabled": True, "duration": stickiness}
        self.rule = Resource(
            self,
            "aws_lb_listener_rule",
            listener_arn=listener_arn,
            priority=priority,
            condition=list(condition),
            action={"type": "forward", "forward": forward},
            lifecycle={"ignore_changes": ["action"]} if controller_owned else None,
        )

    def gate(
        self,
        *,
        name: str,
        load_balancer_arn: str,
        error_percent: float,
        p95_seconds: float,
        alarm_actions: AlarmActions,
    ) -> Resource:
        """Make the alarms that say whether the next step may be taken; see `plainwork.canary.gate.make_gate`.

        Args:
            name: what the alarms' names begin with, unique in the account and region.
            load_balancer_arn: of the listener's load balancer.
            error_percent: of a side's requests that end in a 5xx, above which it is too many.
            p95_seconds: that 95 % of a side's requests are answered in.
            alarm_actions: whom to tell.
        """
        served = {side: ServedBy(load_balancer_arn, group.arn) for side, group in self._sides.items()}
        return make_gate(
            self, served, name=name, error_percent=error_percent, p95_seconds=p95_seconds, alarm_actions=alarm_actions
        )


def _owner_problems(controller_owned: Any) -> Iterator[str]:
    if not isinstance(controller_owned, bool):
        yield f"controller_owned must be True or False, as Terraform takes no reference there: got {controller_owned!r}"


def _condition_problems(condition: Any) -> Iterator[str]:
    if (
        not isinstance(condition, list | tuple)
        or not condition
        or not all(isinstance(c, Mapping) and c for c in condition)
    ):
        example = '[{"path_pattern": {"values": ["/checkout/*"]}}]'
        yield f"condition must say which requests the rule is for, as {example}: got {condition!r}"
        return
    values = [value for each in condition for test in each.values() for value in _values(test)]
    if len(values) > MAX_CONDITION_VALUES:
        most = f"{MAX_CONDITION_VALUES} values in all, the quota of a rule"
        yield f"condition must have at most {most}: got {len(values)}"


def _values(test: Any) -> Iterator[Any]:
    """What one condition compares with; a query string is one value for each block."""
    for block in [test] if isinstance(test, Mapping) else test if isinstance(test, list | tuple) else ():
        values = block.get("values", [block]) if isinstance(block, Mapping) else None
        yield from values if isinstance(values, list | tuple) else ()
