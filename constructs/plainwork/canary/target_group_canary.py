"""A listener rule that forwards to the target groups of the variants by weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.canary.forwarding import ForwardingCanary
from plainwork.canary.load_balancers import (
    APPLICATION,
    LISTENERS,
    configured,
    elb_arn,
    elb_arn_problems,
    listener_of,
    load_balancer_of,
)
from plainwork.canary.target_groups import (
    claim_priority,
    claim_target_groups,
    forward_block,
    stickiness_problems,
    target_group_problems,
)
from plainwork.canary.variants import Variants
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, DataSource, Resource
from plainwork_core.aws.elb import MAX_CONDITION_VALUES, MAX_RULE_PRIORITY, MAX_TARGET_GROUPS
from plainwork_core.canary.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwork_core.waivers import Waiver


class TargetGroupCanary(ForwardingCanary):
    """One rule of an Application Load Balancer that forwards to two target groups: `aws_lb_listener_rule.checkout`.

    A step changes the weights of the rule in place, in one call. For the default action of a listener, and for a
    Network Load Balancer, see `ListenerCanary`.

    Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html and
        .../load-balancer-limits.html.

    Args:
        scope: the stack, or a construct in one.
        id_: name of the rule.
        listener: the `aws_lb_listener` of an Application Load Balancer, a construct with one in its attribute
            `listener`, or its ARN, in whose Region the rule and the alarms are. A change replaces the rule.
        priority: priority of the rule, 1 to 50000, unique in the listener.
        stable: `aws_lb_target_group` of the stable variant, or its ARN.
        canary: that of the canary variant. For several canary variants a mapping by name:
            `canary={"green": green, "red": red}` with `percent={"green": 5, "red": 5}`.
        percent: percentage of requests to the canary variant: one of the steps, or `canary_percent_variable(...)`. At
            100 the stable variant has no traffic.
        paths: patterns of paths, one of which must match: `["/checkout/*"]`.
        hosts: patterns of host names, one of which must match: `["shop.example.com"]`.
        condition: other `condition` blocks of `aws_lb_listener_rule`: `[{"source_ip": {"values": ["10.0.0.0/8"]}}]`.
            A rule has at least one condition, and at most 5 values in all.
        stickiness_duration: seconds that a client stays with its variant, 1 to 604800, even if the weights change;
            after a rollback clients leave the canary variant within this time. None routes each request by the weights.
        steps: percentages of the deployment's steps.
        controller_owned: whether Terraform creates the rule with `percent` and then ignores its whole action, for a
            deployment controller (CodeDeploy, ECS) that changes the weights. A later `percent` has no effect.
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
        listener: Resource | DataSource | Construct | str,
        priority: int,
        stable: Resource | DataSource | str,
        canary: Resource | DataSource | str | Mapping[str, Resource | DataSource | str],
        percent: float | str | Mapping[str, float | str],
        paths: Sequence[str] = (),
        hosts: Sequence[str] = (),
        condition: Sequence[Mapping[str, Any]] = (),
        stickiness_duration: int | None = None,
        steps: Sequence[float] = STEPS,
        controller_owned: bool = False,
        waive: Iterable[Waiver] = (),
    ) -> None:
        variants, listener = Variants.of(stable, canary, percent), listener_of(listener)
        listener_arn = elb_arn(listener, LISTENERS)
        problems = [
            *elb_arn_problems("listener", listener_arn, LISTENERS, "listener/app/"),
            *_protocol_problems(listener),
            *scalars.whole_number_problems("priority", priority, 1, MAX_RULE_PRIORITY),
            *_condition_problems(paths, hosts, condition),
            *target_group_problems(variants.targets, APPLICATION),
            *stickiness_problems(variants.targets, stickiness_duration),
            *variants.problems(steps, MAX_TARGET_GROUPS),
            *scalars.boolean_problems("controller_owned", controller_owned),
        ]
        if problems:
            raise ArgumentsError(f"TargetGroupCanary {id_!r}", problems)
        region = None if scalars.is_reference(listener_arn) else listener_arn.split(":")[3]
        super().__init__(scope, id_, region=region, waive=waive)
        self._variants, self._kind, self._controller_owned = variants, APPLICATION, controller_owned
        self._load_balancer = load_balancer_of(listener)
        claim_priority(self, listener_arn, priority)
        claim_target_groups(self, self._load_balancer, variants.targets)
        self.rule = self._action = Resource(
            self,
            "aws_lb_listener_rule",
            listener_arn=listener_arn,
            priority=priority,
            condition=_conditions(paths, hosts, condition),
            action={"type": "forward", "forward": forward_block(variants, stickiness_duration)},
            lifecycle={"ignore_changes": ["action"]} if controller_owned else None,
        )


def _protocol_problems(listener: Any) -> Iterator[str]:
    """Yield the problem of a listener of this app that has no rules."""
    protocol = configured(listener).get("protocol", "HTTP") if isinstance(listener, Resource) else "HTTP"
    if protocol not in APPLICATION.protocols and not scalars.is_reference(protocol):
        yield (
            "listener must have protocol HTTP or HTTPS, because only an Application Load Balancer has rules; use "
            f"ListenerCanary: got {protocol!r}"
        )


def _conditions(paths: Any, hosts: Any, condition: Any) -> list[Any]:
    return [
        *([{"host_header": {"values": list(hosts)}}] if hosts else []),
        *([{"path_pattern": {"values": list(paths)}}] if paths else []),
        *condition,
    ]


def _condition_problems(paths: Any, hosts: Any, condition: Any) -> Iterator[str]:
    for argument, patterns in {"paths": paths, "hosts": hosts}.items():
        if not isinstance(patterns, list | tuple) or not all(isinstance(pattern, str) for pattern in patterns):
            yield f"{argument} must be a list of patterns: got {patterns!r}"
            return
    if not isinstance(condition, list | tuple) or not all(isinstance(block, Mapping) and block for block in condition):
        example = '[{"source_ip": {"values": ["10.0.0.0/8"]}}]'
        yield f"condition must be a list of condition blocks, as {example}: got {condition!r}"
        return
    conditions = _conditions(paths, hosts, condition)
    if not conditions:
        yield 'paths, hosts or condition must be set, as paths=["/checkout/*"], because a rule needs a condition'
    values = [value for block in conditions for test in block.values() for value in _values(test)]
    if len(values) > MAX_CONDITION_VALUES:
        most = f"{MAX_CONDITION_VALUES} values in all, the quota of a rule"
        yield f"paths, hosts and condition must have at most {most}: got {len(values)}"


def _values(test: Any) -> Iterator[Any]:
    """Yield the values of one condition; a query string has one value for each block."""
    for block in [test] if isinstance(test, Mapping) else test if isinstance(test, list | tuple) else ():
        values = block.get("values", [block]) if isinstance(block, Mapping) else None
        yield from values if isinstance(values, list | tuple) else ()
