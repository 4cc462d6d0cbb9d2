"""Weighted records for two variants of one DNS name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.canary.gate import make_gate
from plainwork.canary.percent import percent_problems, weights
from plainwork.canary.record_group import RecordGroupCheck, target_problems, types_problems
from plainwork.canary.records import name_problems, zone_problems
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.tree import add_validation
from plainwork_core.aws.route53 import LOAD_BALANCER_TTL, MAX_ROUTE53_WEIGHT
from plainwork_core.canary.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plainwork.alarms import AlarmActions
    from plainwork.canary.gate import TargetGroupMetrics
    from plainwork.canary.records import Target
    from plainwork_core.waivers import Waiver


class DnsCanary(UniqueConstruct):
    """A weighted Route 53 record for each variant and type: `aws_route53_record.api_stable_a`, `..._canary_a`.

    A step changes weights in place, first that of the stable variant, then that of the canary variant: Terraform waits
    for the first change before it starts the second. In between the share is between the two steps; both weights are 0
    only in a change from 0 to 100. The same name in a private zone is another `DnsCanary` with the id of that zone.

    Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the records' names.
        zone_id: id of the hosted zone, public or private.
        name: full DNS name, as `api.example.com`.
        types: `("A",)`, `("AAAA",)`, `("A", "AAAA")` or `("CNAME",)`.
        stable: target of the stable variant.
        canary: target of the canary variant.
        percent: percentage of answers with the canary variant: one of the steps, or `canary_percent_variable(...)`. At
            100 the stable variant has no traffic.
        ttl: seconds, for a `RecordTarget`; None is 60. It cannot be changed later, because Terraform changes one record
            after the other, and Route 53 rejects two TTLs in a group
            (https://github.com/hashicorp/terraform-provider-aws/issues/1961).
        steps: percentages of the deployment's steps.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that Route 53 would reject or that change the shares, all in one error.

    Attributes:
        stable: the `aws_route53_record` of the stable variant by type.
        canary: the `aws_route53_record` of the canary variant by type.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        zone_id: str,
        name: str,
        types: Sequence[str],
        stable: Target,
        canary: Target,
        percent: float | str,
        ttl: int | None = None,
        steps: Sequence[float] = STEPS,
        waive: Iterable[Waiver] = (),
    ) -> None:
        targets = {"stable": stable, "canary": canary}
        problems = [
            *zone_problems("zone_id", zone_id),
            *name_problems("name", name),
            *(invalid_types := list(types_problems(types))),
            *(target_problems(targets, types, ttl) if not invalid_types else ()),
            *percent_problems(percent, steps),
        ]
        if problems:
            raise ArgumentsError(f"DnsCanary {id_!r}", problems)
        super().__init__(scope, id_, waive=waive)
        split = weights(percent, MAX_ROUTE53_WEIGHT)

        def record(variant: str, type_: str, after: Resource | None) -> Resource:
            return Resource(
                self,
                "aws_route53_record",
                f"{variant}_{type_.lower()}",
                zone_id=zone_id,
                name=name,
                type=type_,
                set_identifier=variant,
                weighted_routing_policy={"weight": getattr(split, variant)},
                depends_on=[after] if after else None,
                **targets[variant].arguments(type_, LOAD_BALANCER_TTL if ttl is None else ttl),
            )

        self.stable: Mapping[str, Resource] = {type_: record("stable", type_, None) for type_ in types}
        self.canary: Mapping[str, Resource] = {type_: record("canary", type_, self.stable[type_]) for type_ in types}
        records = [*self.stable.values(), *self.canary.values()]
        add_validation(self, RecordGroupCheck(self, name, zone_id, records).validate)

    def gate(
        self,
        *,
        name: str,
        stable: TargetGroupMetrics,
        canary: TargetGroupMetrics,
        error_percent: float,
        p95_seconds: float,
        alarm_actions: AlarmActions | None = None,
    ) -> Resource:
        """Create the alarms that gate the next step; see `plainwork.canary.gate.make_gate`.

        Args:
            name: first part of the alarms' names, unique in the account and Region.
            stable: load balancer and target group of the stable variant.
            canary: load balancer and target group of the canary variant.
            error_percent: percentage of requests of a variant that may result in a 5xx response.
            p95_seconds: 95th percentile of the response time of a variant.
            alarm_actions: actions of the alarms; by default those of the stack.
        """
        variants = {"stable": stable, "canary": canary}
        return make_gate(
            self, variants, name=name, error_percent=error_percent, p95_seconds=p95_seconds, alarm_actions=alarm_actions
        )
