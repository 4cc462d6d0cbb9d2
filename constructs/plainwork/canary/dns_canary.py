"""Weighted records for the variants of one DNS name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.canary.gate import ERROR_PERCENT, P95_SECONDS, Thresholds, make_gate
from plainwork.canary.load_balancers import (
    APPLICATION,
    LOAD_BALANCERS,
    TARGET_GROUPS,
    elb_arn,
    elb_arn_problems,
    metric_name,
)
from plainwork.canary.record_group import RecordGroupCheck, target_problems, types_problems
from plainwork.canary.records import name_problems, target_of, types_of, zone_problems
from plainwork.canary.variants import Variants
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, DataSource, Resource
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.tree import add_validation
from plainwork_core.aws.route53 import LOAD_BALANCER_TTL, MAX_GROUP_RECORDS, MAX_ROUTE53_WEIGHT
from plainwork_core.canary.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plainwork.alarms import AlarmActions
    from plainwork.canary.records import AliasTarget
    from plainwork_core.waivers import Waiver


class DnsCanary(UniqueConstruct):
    """A weighted Route 53 record for each variant and type: `aws_route53_record.api_stable_a`, `..._canary_a`.

    A step changes weights in place, first that of the stable variant, then that of the canary variant: Terraform waits
    for the first change before it starts the second. In between the share is between the two steps; both weights are 0
    only in a change from 0 to 100. The same name in a private zone is another `DnsCanary` in that zone.

    Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the records' names.
        zone: `aws_route53_zone`, public or private, or its id.
        name: full DNS name, as `api.example.com`.
        stable: target of the stable variant: a load balancer or another resource that Route 53 has aliases for, an
            `AliasTarget`, an address or a name, or values by type, `{"A": "192.0.2.1", "AAAA": "2001:db8::1"}`.
        canary: target of the canary variant. For several canary variants a mapping by name:
            `canary={"green": green, "red": red}` with `percent={"green": 5, "red": 5}`.
        percent: percentage of answers with the canary variant: one of the steps, or `canary_percent_variable(...)`. At
            100 the stable variant has no traffic.
        types: `("A",)`, `("AAAA",)`, `("A", "AAAA")` or `("CNAME",)`. By default those of the values, `A` and `AAAA` if
            all targets are load balancers of the stack with `ip_address_type = "dualstack"`, and `A` for other aliases.
        ttl: seconds, for records with values; None is 60. It cannot be changed later, because Terraform changes one
            record after the other, and Route 53 rejects two TTLs in a group
            (https://github.com/hashicorp/terraform-provider-aws/issues/1961).
        health_checks: an `aws_route53_health_check`, or its id, by variant: `{"stable": old, "canary": new}`.
        steps: percentages of the deployment's steps.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that Route 53 would reject or that change the shares, all in one error.

    Attributes:
        records: the `aws_route53_record` by variant and type: `records["stable"]["A"]`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        zone: Resource | DataSource | str,
        name: str,
        stable: Resource | DataSource | AliasTarget | str | Mapping[str, str],
        canary: Resource | DataSource | AliasTarget | str | Mapping[str, Any],
        percent: float | str | Mapping[str, float | str],
        types: Sequence[str] | None = None,
        ttl: int | None = None,
        health_checks: Mapping[str, Resource | str] | None = None,
        steps: Sequence[float] = STEPS,
        waive: Iterable[Waiver] = (),
    ) -> None:
        self._variants = variants = Variants.of(stable, canary, percent)
        invalid_types = [] if types is None else list(types_problems(types))
        known = None if invalid_types else types
        targets = {variant: target_of(value, known) for variant, value in variants.targets.items()}
        types = types_of(variants.targets.values(), targets.values()) if types is None else types
        zone_id = attribute_of(zone, "zone_id", "aws_route53_zone")
        checks = {variant: attribute_of(check, "id", _CHECK) for variant, check in (health_checks or {}).items()}
        problems = [
            *zone_problems("zone", zone_id),
            *name_problems("name", name),
            *(invalid_types or target_problems(targets, types, ttl, checks)),
            *variants.problems(steps, MAX_GROUP_RECORDS),
        ]
        if problems:
            raise ArgumentsError(f"DnsCanary {id_!r}", problems)
        super().__init__(scope, id_, waive=waive)
        weights = variants.weights(MAX_ROUTE53_WEIGHT)

        def record(variant: str, type_: str, after: Resource | None) -> Resource:
            return Resource(
                self,
                "aws_route53_record",
                f"{variant}_{type_.lower()}",
                zone_id=zone_id,
                name=name,
                type=type_,
                set_identifier=variant,
                weighted_routing_policy={"weight": weights[variant]},
                health_check_id=checks.get(variant),
                depends_on=[after] if after else None,
                **targets[variant].arguments(type_, LOAD_BALANCER_TTL if ttl is None else ttl),
            )

        self.records: dict[str, dict[str, Resource]] = {}
        before: dict[str, Resource] = {}
        for variant in targets:
            before = {type_: record(variant, type_, before.get(type_)) for type_ in types}
            self.records[variant] = before
        own = [made for by_type in self.records.values() for made in by_type.values()]
        add_validation(self, RecordGroupCheck(self, name, zone_id, own).validate)

    def gate(
        self,
        target_groups: Mapping[str, Resource | DataSource | str],
        *,
        load_balancers: Mapping[str, Resource | DataSource | str] | None = None,
        name: str | None = None,
        error_percent: float = ERROR_PERCENT,
        p95_seconds: float = P95_SECONDS,
        alarms: Sequence[Resource] = (),
        alarm_actions: AlarmActions | None = None,
    ) -> Resource:
        """Create the alarms that gate the next step; see `plainwork.canary.gate.make_gate`.

        Args:
            target_groups: `aws_lb_target_group` of each variant on its Application Load Balancer, or its ARN:
                `{"stable": old_group, "canary": new_group}`.
            load_balancers: `aws_lb` of each variant, or its ARN; by default the targets of the canary.
            name: first part of the alarms' names, unique in the account and Region; by default the ids of the stack and
                the canary: `shop-api`.
            error_percent: percentage of requests of a variant that may result in a 5xx response.
            p95_seconds: 95th percentile of the response time of a variant.
            alarms: other alarms, such as those on metrics of the program, that also gate the next step.
            alarm_actions: actions of the alarms; by default those of the stack.

        Returns:
            The `aws_cloudwatch_composite_alarm`, which has the construct's name.
        """
        groups = _by_variant(target_groups, TARGET_GROUPS)
        balancers = _by_variant({**self._variants.targets, **(load_balancers or {})}, LOAD_BALANCERS)
        if problems := list(self._metrics_problems(groups, balancers)):
            raise ArgumentsError(f"the gate of {self.node.id!r}", problems)
        dimensions = {
            variant: {"LoadBalancer": metric_name(balancers[variant]), "TargetGroup": metric_name(groups[variant])}
            for variant in self._variants.targets
        }
        made = make_gate(
            self,
            APPLICATION,
            dimensions,
            name=name,
            thresholds=Thresholds(error_percent, p95_seconds),
            alarm_actions=alarm_actions,
            alarms=alarms,
        )
        return made.composite

    def _metrics_problems(self, groups: Mapping[str, Any], balancers: Mapping[str, Any]) -> Iterator[str]:
        if set(groups) != set(self._variants.targets):
            yield f"target_groups must have the variants {', '.join(self._variants.targets)}: got {sorted(groups)}"
            return
        for variant, group in groups.items():
            yield from elb_arn_problems(f"target_groups[{variant!r}]", group, TARGET_GROUPS, "targetgroup/")
            argument = f"load_balancers[{variant!r}]"
            yield from elb_arn_problems(argument, balancers[variant], LOAD_BALANCERS, "loadbalancer/app/")


_CHECK = "aws_route53_health_check"


def _by_variant(values: Mapping[str, Any], types: tuple[str, ...]) -> dict[str, Any]:
    return {variant: elb_arn(value, types) for variant, value in values.items()}
