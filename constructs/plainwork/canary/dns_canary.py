"""Two sides of one DNS name, and the share of its answers that the canary side gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.canary.gate import make_gate
from plainwork.canary.group import GroupCheck, target_problems, types_problems
from plainwork.canary.steps import ROUTE_53, STEPS, percent_problems, steps_problems, weights
from plainwork.canary.targets import name_problems, zone_problems
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork_core.aws.route53 import LOAD_BALANCER_TTL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plainwork.alarms import AlarmActions
    from plainwork.canary.gate import ServedBy
    from plainwork.canary.targets import Target


class DnsCanary(Construct):
    """A weighted Route 53 record for each side and type: `aws_route53_record.api_stable_a`, `..._canary_a`.

    A step changes weights in place, the stable side's first: it and the canary's are two changes, of which Route 53
    finishes one before Terraform begins the next. So the share in between lies between the two steps, and both weights
    are 0 only in a jump from 0 to 100. The same name in a private zone is another `DnsCanary` with that zone's id.

    Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html.

    Args:
        scope: the stack that the records are made in.
        id_: what their names begin with.
        zone_id: of the hosted zone, public or private.
        name: the whole name, as `api.example.com`.
        types: `("A",)`, `("AAAA",)`, `("A", "AAAA")` or `("CNAME",)`.
        stable: what answers now.
        canary: what is tried.
        percent: of the answers, for the canary side: one of the steps, or `percent_variable(...)`. 100 leaves the
            stable side without traffic, on purpose.
        ttl: seconds, for a `RecordTarget`; None is 60. Terraform changes one record after the other, and Route 53
            rejects two TTLs in a group, so it cannot be changed later
            (https://github.com/hashicorp/terraform-provider-aws/issues/1961).
        steps: the percentages that the rollout goes through.

    Raises:
        ArgumentsError: naming every argument that Route 53 would reject or that would split the traffic otherwise.

    Attributes:
        stable: the record of the stable side by type.
        canary: the record of the canary side by type.
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
    ) -> None:
        targets = {"stable": stable, "canary": canary}
        problems = [
            *zone_problems("zone_id", zone_id),
            *name_problems("name", name),
            *(types_wrong := list(types_problems(types))),
            *(target_problems(targets, types, ttl) if not types_wrong else ()),
            *(steps_wrong := list(steps_problems(steps))),
            *(percent_problems(percent, steps) if not steps_wrong else ()),
        ]
        if problems:
            raise ArgumentsError(f"DnsCanary {id_!r}", problems)
        super().__init__(scope, id_)
        split = weights(percent, ROUTE_53)

        def record(side: str, type_: str, after: Resource | None) -> Resource:
            return Resource(
                self,
                "aws_route53_record",
                f"{side}_{type_.lower()}",
                zone_id=zone_id,
                name=name,
                type=type_,
                set_identifier=side,
                weighted_routing_policy={"weight": getattr(split, side)},
                depends_on=[after] if after else None,
                **targets[side].arguments(type_, LOAD_BALANCER_TTL if ttl is None else ttl),
            )

        self.stable: Mapping[str, Resource] = {type_: record("stable", type_, None) for type_ in types}
        self.canary: Mapping[str, Resource] = {type_: record("canary", type_, self.stable[type_]) for type_ in types}
        records = [*self.stable.values(), *self.canary.values()]
        self.node.add_validation(GroupCheck(self, name, zone_id, records))

    def gate(
        self,
        *,
        name: str,
        stable: ServedBy,
        canary: ServedBy,
        error_percent: float,
        p95_seconds: float,
        alarm_actions: AlarmActions,
    ) -> Resource:
        """Make the alarms that say whether the next step may be taken; see `plainwork.canary.gate.make_gate`.

        Args:
            name: what the alarms' names begin with, unique in the account and region.
            stable: the load balancer and target group behind the stable side.
            canary: those behind the canary side.
            error_percent: of a side's requests that end in a 5xx, above which it is too many.
            p95_seconds: that 95 % of a side's requests are answered in.
            alarm_actions: whom to tell.
        """
        sides = {"stable": stable, "canary": canary}
        return make_gate(
            self, sides, name=name, error_percent=error_percent, p95_seconds=p95_seconds, alarm_actions=alarm_actions
        )
