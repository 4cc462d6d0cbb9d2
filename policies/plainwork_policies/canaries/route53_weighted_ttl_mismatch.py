"""Route 53 weighted record TTL changes the traffic split.

What: The `ttl` of a weighted `aws_route53_record` is not 60 although a record of its group is an alias of a load
    balancer, whose TTL is 60; or it is above 60 and a record of the group has a `health_check_id`.
Why: Resolvers cache an answer for its TTL. A variant with a longer TTL gets more traffic than its weight, so a canary
    with 5 % may get 20 %, and clients use an unhealthy variant until the TTL expires.
Remedy: Use the TTL of load balancers in all records of the group.
Limitations: An alias of a load balancer is recognized by its DNS name, or by a reference to an `aws_lb`, `aws_alb` or
    `aws_elb`. Two different variables or data sources count as two hosted zones.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.route53 import LOAD_BALANCER_TTL, MAX_HEALTH_CHECK_TTL
from plainwork_policies.api import Findings, Resource, any_condition, is_certain, policy
from plainwork_policies.canaries.aliases import is_load_balancer_alias
from plainwork_policies.canaries.records import RECORD, group_of, has_health_check, is_weighted


@policy(
    "PLW_CANARY_006",
    "route53-weighted-ttl-mismatch",
    aliases=("weighted-ttl-distorts",),
    severity="medium",
    on=RECORD,
    where=lambda record: record["ttl"].is_configured and is_weighted(record),
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",),
)
def route53_weighted_ttl_mismatch(record: Resource) -> Findings:
    """Compare the TTL with what the other records of the group require."""
    ttl = record["ttl"]
    if is_certain(lambda: ttl.number() == LOAD_BALANCER_TTL):
        return
    remedy = f"Set `ttl = {LOAD_BALANCER_TTL}`."
    for other in group_of(record, _limits_ttl):
        if is_certain(partial(is_load_balancer_alias, other)):
            message = f"`{other.address}` of the same group is a load balancer alias with TTL {LOAD_BALANCER_TTL}"
            yield ttl.fail(f"`ttl` is `{ttl.number()}`, but {message}", remedy=remedy)
            return
        if ttl.number() > MAX_HEALTH_CHECK_TTL:
            message = f"`{other.address}` of the same group has a health check; use at most {MAX_HEALTH_CHECK_TTL}"
            yield ttl.fail(f"`ttl` is `{ttl.number()}`, but {message}", remedy=remedy)
            return


def _limits_ttl(record: Resource) -> bool:
    return any_condition(lambda: is_load_balancer_alias(record), lambda: has_health_check(record))
