"""Route 53 record weight is invalid.

What: The `weight` of an `aws_route53_record` is not an integer from 0 to 255.
Why: The provider accepts any number, in a plan too. Route 53 rejects the record during the apply, when the record of
    the other variant may have changed already. Most of these weights are parts of 1000, or a percentage with decimals.
Remedy: Use integers from 0 to 255. Each record gets the part of the traffic that its weight has in the sum.
Limitations: Whether the weights of a group make sense together is not checked. `alb-forward-values-invalid` checks the
    weights of target groups.
"""

from __future__ import annotations

from plainwork_core.aws.route53 import MAX_ROUTE53_WEIGHT
from plainwork_policies.api import Findings, Resource, is_certain, policy
from plainwork_policies.canaries.records import RECORD, WEIGHT, is_weighted


@policy(
    "PLW_CANARY_001",
    "route53-weight-invalid",
    aliases=("weight-out-of-range",),
    severity="medium",
    on=RECORD,
    where=is_weighted,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",),
)
def route53_weight_invalid(record: Resource) -> Findings:
    """Check the weight of one record."""
    weight = record[WEIGHT]
    value = weight.value()
    if not is_certain(lambda: weight.number() in range(MAX_ROUTE53_WEIGHT + 1)):
        yield weight.fail(
            f"`weight` is `{value}`; it must be an integer from 0 to {MAX_ROUTE53_WEIGHT}",
            remedy=f"Set `weight` to an integer from 0 to {MAX_ROUTE53_WEIGHT}.",
        )
