"""What canaries of a listener rule and of a listener have in common: the alarms, and the bridge to ECS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.canary.ecs_deployment import ecs_deployment
from plainwork.canary.gate import ERROR_PERCENT, P95_SECONDS, Thresholds, make_gate
from plainwork.canary.load_balancers import APPLICATION, TARGET_GROUPS, elb_arn, metric_name
from plainwork.errors import ArgumentsError
from plainwork.terraform.unique_construct import UniqueConstruct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork.alarms import AlarmActions
    from plainwork.canary.ecs_deployment import Strategy
    from plainwork.canary.gate import Gate
    from plainwork.canary.load_balancers import Kind
    from plainwork.canary.variants import Variants
    from plainwork.terraform import DataSource, Resource


class ForwardingCanary(UniqueConstruct):
    """A canary whose action forwards to target groups by weight; a subclass sets the attributes."""

    _variants: Variants
    _kind: Kind
    _load_balancer: str
    _action: Resource
    _gate: Gate | None = None
    _controller_owned: bool

    def gate(
        self,
        *,
        name: str | None = None,
        error_percent: float | None = None,
        p95_seconds: float | None = None,
        alarms: Sequence[Resource] = (),
        alarm_actions: AlarmActions | None = None,
    ) -> Resource:
        """Create the alarms that gate the next step; see `plainwork.canary.gate.make_gate`.

        Args:
            name: first part of the alarms' names, unique in the account and Region; by default the ids of the stack and
                the canary: `shop-rollout`.
            error_percent: percentage of requests of a variant that may result in a 5xx response; by default 1. A
                Network Load Balancer has no such metric.
            p95_seconds: 95th percentile of the response time of a variant; by default 1. A Network Load Balancer has no
                such metric.
            alarms: other alarms, such as those on metrics of the program, that also gate the next step.
            alarm_actions: actions of the alarms; by default those of the stack.

        Returns:
            The `aws_cloudwatch_composite_alarm`, which has the construct's name.
        """
        given = {"error_percent": error_percent, "p95_seconds": p95_seconds}
        problems = [
            f"{argument} must not be set, because {self._kind.name} has no such metric by target group: got {value!r}"
            for argument, value in given.items()
            if value is not None and self._kind is not APPLICATION
        ]
        if problems:
            raise ArgumentsError(f"the gate of {self.node.id!r}", problems)
        dimensions = {
            variant: {"LoadBalancer": self._load_balancer, "TargetGroup": metric_name(elb_arn(group, TARGET_GROUPS))}
            for variant, group in self._variants.targets.items()
        }
        self._gate = make_gate(
            self,
            self._kind,
            dimensions,
            name=name,
            thresholds=Thresholds(
                ERROR_PERCENT if error_percent is None else error_percent,
                P95_SECONDS if p95_seconds is None else p95_seconds,
            ),
            alarm_actions=alarm_actions,
            alarms=alarms,
        )
        return self._gate.composite

    def ecs_deployment(
        self,
        strategy: Strategy,
        *,
        role: Resource | DataSource | str,
        container_name: str,
        container_port: int,
        percent: float | None = None,
        wait_in_minutes: int | None = None,
        bake_time_in_minutes: int | None = None,
    ) -> dict[str, Any]:
        """Return the arguments of an `aws_ecs_service` that shifts the weights of this canary itself.

        They are `load_balancer`, `deployment_configuration` and, after `gate(...)`, `alarms`, with which ECS rolls
        back: `Resource(stack, "aws_ecs_service", "shop", **rollout.ecs_deployment("CANARY", ...))`. Each deployment
        exchanges the roles of the two target groups, so ECS reads the alarms of both.

        Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html and
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html.

        Args:
            strategy: `CANARY` (one share, then all), `LINEAR` (equal shares) or `BLUE_GREEN` (all at once).
            role: the role with which ECS changes the load balancer, which trusts `ecs.amazonaws.com` and has the policy
                `AmazonECSInfrastructureRolePolicyForLoadBalancers`.
            container_name: the container of the task definition that the target groups forward to.
            container_port: its port.
            percent: percentage of the first share (`CANARY`, 0.1 to 100) or of each share (`LINEAR`, 3 to 100); None
                for the default of ECS, 5 or 10.
            wait_in_minutes: minutes that ECS waits after a share, 0 to 1440; None for the default of ECS, 10 or 6.
            bake_time_in_minutes: minutes that ECS keeps the old tasks after the last share, 0 to 1440.

        Raises:
            ArgumentsError: ECS or the provider would reject an argument, the canary is not `controller_owned`, or it
                has several canary variants.
        """
        shift = {
            "percent": percent,
            "wait_in_minutes": wait_in_minutes,
            "bake_time_in_minutes": bake_time_in_minutes,
        }
        return ecs_deployment(
            self.node.id,
            strategy,
            variants=self._variants,
            action=self._action,
            kind=self._kind,
            alarms=[alarm for own in self._gate.alarms.values() for alarm in own] if self._gate else [],
            is_controller_owned=self._controller_owned,
            role=role,
            container={"container_name": container_name, "container_port": container_port},
            shift=shift,
        )
