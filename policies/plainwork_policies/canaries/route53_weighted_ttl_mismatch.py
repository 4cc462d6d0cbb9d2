"""Route 53 weighted record TTL changes the traffic split.

What: the `ttl` of a weighted `aws_route53_record` is not 60 although a record of its group is an alias of a load
    balancer, whose TTL is 60; or it is above 60 and a record of the group has a `health_check_id`.
Why: resolvers keep an answer for as long as its TTL says. A side whose answer is kept longer gets more traffic than its
    weight, so that a canary of 5 may be one of 20; and clients go on to a side that is unhealthy until the TTL is over.
Remedy: write the TTL that load balancers have::

        ttl = 60
Limitations: of a name that is not known, whether it is a load balancer's is known only where it is that of an `aws_lb`,
    `aws_alb` or `aws_elb` of the stack. An unknown zone, name or type is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.route53 import LOAD_BALANCER_TTL, MAX_HEALTH_CHECK_TTL
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.canaries.balancers import is_alias_of_balancer
from plainwork_policies.canaries.records import group_of, weighted_records, whole_number
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def with_a_ttl(stack: Stack) -> list[Resource]:
    """Return the weighted records that are no aliases."""
    return [each for each in weighted_records(stack) if each.get("ttl") is not None]


@policy(
    "PLW_CANARY_006",
    "route53-weighted-ttl-mismatch",
    aliases=("weighted-ttl-distorts",),
    severity="medium",
    subjects=with_a_ttl,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",),
)
def route53_weighted_ttl_mismatch(record: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge the TTL of *record* by what else is in its group."""
    ttl, group = whole_number(record.get("ttl")), group_of(record, stack)
    if ttl == LOAD_BALANCER_TTL:
        return
    if isinstance(group, Unknown):
        yield not_evaluated("ttl", group)
        return
    balancer = next((each for each in group if is_alias_of_balancer(each, stack)), None)
    checked = next((each for each in group if each.get("health_check_id") not in (None, "")), None)
    if isinstance(ttl, Unknown):
        if balancer or checked:
            yield not_evaluated("ttl", ttl)
    elif balancer:
        because = f"`{balancer.address}` of the same group is a load balancer's, with {LOAD_BALANCER_TTL}"
        remedy = f"write `ttl = {LOAD_BALANCER_TTL}`, so that the weights say who gets what"
        yield fail("ttl", f"has the TTL {ttl}, and {because}", value=ttl, remedy=remedy)
    elif checked and ttl > MAX_HEALTH_CHECK_TTL:
        message = f"has the TTL {ttl}, and `{checked.address}` of the same group has a health check"
        remedy = f"write {MAX_HEALTH_CHECK_TTL} or less, so that clients leave a side in time"
        yield fail("ttl", message, value=ttl, remedy=remedy)
