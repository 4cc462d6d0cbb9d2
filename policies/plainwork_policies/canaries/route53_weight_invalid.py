"""Route 53 record weight is invalid.

What: the `weight` of an `aws_route53_record` is not a whole number from 0 to 255.
Why: Terraform's provider accepts any number, in a plan too; Route 53 refuses the record in the middle of the apply,
    with the other side perhaps changed already. Most such weights are parts of 1000, or percent with a decimal.
Remedy: write shares whose sum is what you like; each gets its weight's part of the sum::

        weighted_routing_policy {
          weight = 95
        }
Limitations: the weights of target groups (0 to 999) are not judged, because the provider itself refuses others.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.route53 import MAX_ROUTE53_WEIGHT
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown
from plainwork_policies.canaries.records import WEIGHT, weighted_records, whole_number
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_CANARY_001",
    "route53-weight-invalid",
    aliases=("weight-out-of-range",),
    severity="medium",
    subjects=weighted_records,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",),
)
def route53_weight_invalid(record: Resource) -> Iterator[Finding]:
    """Judge the weight of one record."""
    value = record.get(WEIGHT)
    if isinstance(value, Unknown):
        yield not_evaluated(WEIGHT, value)
        return
    number = whole_number(value)
    if isinstance(number, Unknown) or not 0 <= number <= MAX_ROUTE53_WEIGHT:
        yield fail(
            WEIGHT,
            f"has the weight `{value}`, and Route 53 takes whole numbers from 0 to {MAX_ROUTE53_WEIGHT}",
            value=value,
            remedy=f"write a whole number from 0 to {MAX_ROUTE53_WEIGHT}; only its part of the sum counts",
        )
