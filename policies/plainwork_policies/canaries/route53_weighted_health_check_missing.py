"""Route 53 weighted record does not have a health check.

What: A weighted `aws_route53_record` is an alias of a load balancer with `evaluate_target_health = false` and without a
    `health_check_id`; or it has neither, and another record of its group has a `health_check_id`.
Why: Route 53 treats a record without a health check as healthy. A canary without a healthy target continues to get its
    share, and its answers are errors. In an outage the records without a health check get all traffic of the group,
    even if their targets are unhealthy.
Remedy: Set `evaluate_target_health = true` in the alias of each variant, or `health_check_id` on every record.
Limitations: A group without any health check passes, unless it has an alias of a load balancer, which is recognized by
    its DNS name or by a reference to an `aws_lb`, `aws_alb` or `aws_elb`. Two different variables or data sources count
    as two hosted zones.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, any_condition, is_certain, policy
from plainwork_policies.canaries.aliases import is_load_balancer_alias
from plainwork_policies.canaries.records import RECORD, group_of, has_health_check, is_weighted

_EVALUATE = "alias.evaluate_target_health"


@policy(
    "PLW_CANARY_007",
    "route53-weighted-health-check-missing",
    aliases=("weighted-health-incomplete",),
    severity="medium",
    on=RECORD,
    where=is_weighted,
    links=(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
    ),
)
def route53_weighted_health_check_missing(record: Resource) -> Findings:
    """Check a load balancer alias by itself, and another record by its group."""
    if is_certain(lambda: _is_checked(record)):
        return
    if is_load_balancer_alias(record):
        if not _is_checked(record):
            yield record[_EVALUATE].fail(
                "`evaluate_target_health` is `false` and `health_check_id` is not set; "
                "Route 53 treats the record as healthy",
                remedy="Set `evaluate_target_health = true`.",
            )
        return
    others = group_of(record, lambda other: other.owner is not record.owner and has_health_check(other))
    for other in others:
        if not _is_checked(record):
            yield record["health_check_id"].fail(
                f"`health_check_id` is not set, but `{other.address}` of the same group has one; "
                "Route 53 treats the record as healthy",
                remedy="Set `health_check_id` on every record of the group.",
            )
        return


def _is_checked(record: Resource) -> bool:
    return any_condition(lambda: has_health_check(record), lambda: record[_EVALUATE].bool(default=False))
