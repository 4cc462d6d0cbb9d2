"""A listener rule that forwards to the target groups of two variants by weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.canary.gate import TargetGroupMetrics, elb_arn_problems, make_gate
from plainwork.canary.percent import percent_problems, weights
from plainwork.canary.target_groups import TargetGroup, claim, variant_problems
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.aws.elb import MAX_CONDITION_VALUES, MAX_RULE_PRIORITY, MAX_TARGET_GROUP_WEIGHT
from plainwork_core.canary.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwork.alarms import AlarmActions
    from plainwork_core.waivers import Waiver


class TargetGroupCanary(UniqueConstruct):
    """One rule of an Application Load Balancer that forwards to two target groups: `aws_lb_listener_rule.checkout`.

    A step changes the two weights of the rule in place, in one call.

    Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html and
        .../load-balancer-limits.html.

    Args:
        scope: the stack, or a construct in one.
        id_: name of the rule.
        listener_arn: ARN of a listener of an Application Load Balancer, in whose Region the rule and the alarms are. A
            change replaces the rule.
        priority: priority of the rule, 1 to 50000, unique in the listener.
        condition: `condition` blocks of `aws_lb_listener_rule`: `[{"path_pattern": {"values": ["/checkout/*"]}}]`. At
            most 5 values in all.
        stable: target group of the stable variant.
        canary: target group of the canary variant.
        percent: percentage of requests to the canary variant: one of the steps, or `canary_percent_variable(...)`. At
            100 the stable variant has no traffic.
        stickiness_duration: seconds that a client stays with its variant, 1 to 604800, even if the weights change;
            after a rollback clients leave the canary variant within this time. None routes each request by the weights.
        steps: percentages of the deployment's steps.
        ignore_weight_changes: whether Terraform creates the rule with `percent` and then ignores its whole action, for
            a deployment controller (CodeDeploy, ECS) that changes the weights. A later `percent` has no effect.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that the load balancer would reject or that change the shares, all in one error.

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
        stickiness_duration: int | None = None,
        steps: Sequence[float] = STEPS,
        ignore_weight_changes: bool = False,
        waive: Iterable[Waiver] = (),
    ) -> None:
        self._variants = variants = {"stable": stable, "canary": canary}
        problems = [
            *elb_arn_problems("listener_arn", listener_arn, "listener/app/"),
            *scalars.whole_number_problems("priority", priority, 1, MAX_RULE_PRIORITY),
            *_condition_problems(condition),
            *variant_problems(variants, stickiness_duration),
            *percent_problems(percent, steps),
            *scalars.boolean_problems("ignore_weight_changes", ignore_weight_changes),
        ]
        if problems:
            raise ArgumentsError(f"TargetGroupCanary {id_!r}", problems)
        region = None if scalars.is_reference(listener_arn) else listener_arn.split(":")[3]
        super().__init__(scope, id_, region=region, waive=waive)
        claim(self, listener_arn, priority, variants)
        split = weights(percent, MAX_TARGET_GROUP_WEIGHT)
        forward: dict[str, Any] = {
            "target_group": [
                {"arn": stable.arn, "weight": split.stable},
                {"arn": canary.arn, "weight": split.canary},
            ]
        }
        if stickiness_duration is not None:
            forward["stickiness"] = {"enabled": True, "duration": stickiness_duration}
        self.rule = Resource(
            self,
            "aws_lb_listener_rule",
            listener_arn=listener_arn,
            priority=priority,
            condition=list(condition),
            action={"type": "forward", "forward": forward},
            lifecycle={"ignore_changes": ["action"]} if ignore_weight_changes else None,
        )

    def gate(
        self,
        *,
        name: str,
        load_balancer_arn: str,
        error_percent: float,
        p95_seconds: float,
        alarm_actions: AlarmActions | None = None,
    ) -> Resource:
        """Create the alarms that gate the next step; see `plainwork.canary.gate.make_gate`.

        Args:
            name: first part of the alarms' names, unique in the account and Region.
            load_balancer_arn: ARN of the listener's load balancer.
            error_percent: percentage of requests of a variant that may result in a 5xx response.
            p95_seconds: 95th percentile of the response time of a variant.
            alarm_actions: actions of the alarms; by default those of the stack.
        """
        metrics = {
            variant: TargetGroupMetrics(load_balancer_arn, group.arn) for variant, group in self._variants.items()
        }
        return make_gate(
            self, metrics, name=name, error_percent=error_percent, p95_seconds=p95_seconds, alarm_actions=alarm_actions
        )


def _condition_problems(condition: Any) -> Iterator[str]:
    if (
        not isinstance(condition, list | tuple)
        or not condition
        or not all(isinstance(block, Mapping) and block for block in condition)
    ):
        example = '[{"path_pattern": {"values": ["/checkout/*"]}}]'
        yield f"condition must be a list of condition blocks, as {example}: got {condition!r}"
        return
    values = [value for block in condition for test in block.values() for value in _values(test)]
    if len(values) > MAX_CONDITION_VALUES:
        most = f"{MAX_CONDITION_VALUES} values in all, the quota of a rule"
        yield f"condition must have at most {most}: got {len(values)}"


def _values(test: Any) -> Iterator[Any]:
    """Yield the values of one condition; a query string has one value for each block."""
    for block in [test] if isinstance(test, Mapping) else test if isinstance(test, list | tuple) else ():
        values = block.get("values", [block]) if isinstance(block, Mapping) else None
        yield from values if isinstance(values, list | tuple) else ()
