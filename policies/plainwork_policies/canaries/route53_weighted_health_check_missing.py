"""Route 53 weighted record does not have a health check.

What: a weighted `aws_route53_record` is an alias of a load balancer with `evaluate_target_health = false` and without a
    `health_check_id`; or it has neither, and another record of its group has a `health_check_id`.
Why: what is not checked counts as healthy. A canary without a working target goes on getting its share, and its answers
    are errors. Of a group in which some records are checked, those that are not get everything in an outage, be they
    down or not.
Remedy: let Route 53 look at the targets, on each side::

        alias {
          name                   = aws_lb.green.dns_name
          zone_id                = aws_lb.green.zone_id
          evaluate_target_health = true
        }
Limitations: a group in which no record has a health check passes, unless load balancers are in it. Whether an alias
    is one
    of a load balancer is known by its name, or by the `aws_lb`, `aws_alb` or `aws_elb` of the stack. An unknown zone,
    name or type is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.canaries.balancers import is_alias_of_balancer
from plainwork_policies.canaries.records import group_of, others, weighted_records
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_EVALUATES = "alias.0.evaluate_target_health"


@policy(
    "PLW_CANARY_007",
    "route53-weighted-health-check-missing",
    aliases=("weighted-health-incomplete",),
    severity="medium",
    subjects=weighted_records,
    links=(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
    ),
)
def route53_weighted_health_check_missing(record: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge how Route 53 knows whether *record* is healthy."""
    evaluates = record.get(_EVALUATES)
    if _is_checked(record) or evaluates in (True, "true"):
        return
    if isinstance(evaluates, Unknown):
        yield not_evaluated(_EVALUATES, evaluates)
    elif is_alias_of_balancer(record, stack):
        message = "is a load balancer's, and Route 53 does not look at its targets: they count as healthy"
        yield fail(_EVALUATES, message, value=evaluates, remedy="write `evaluate_target_health = true`")
    else:
        yield from _beside(record, stack)


def _beside(record: Resource, stack: Stack) -> Iterator[Finding]:
    group = group_of(record, stack)
    if isinstance(group, Unknown):
        yield not_evaluated("health_check_id", group)
        return
    if checked := next((each for each in others(record, group) if _is_checked(each)), None):
        message = f"has no health check, and `{checked.address}` of the same group has one: this one counts as healthy"
        yield fail("health_check_id", message, remedy="give every record of the group a health check, or none")


def _is_checked(record: Resource) -> bool:
    """Tell whether *record* has a health check; one whose id is not known is one."""
    return record.get("health_check_id") not in (None, "")
