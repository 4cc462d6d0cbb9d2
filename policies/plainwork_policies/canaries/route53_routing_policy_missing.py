"""Route 53 record has a set identifier without a routing policy.

What: An `aws_route53_record` has `set_identifier`, and neither a routing policy nor
    `multivalue_answer_routing_policy = true`.
Why: The provider requires `set_identifier` with a routing policy, but not the reverse. The plan accepts the record.
    Route 53 rejects it during the apply: `Expected exactly one of [Weight, Region, Failover, ...], but found none`.
Remedy: Add the routing policy, such as `weighted_routing_policy`, or remove `set_identifier`.
Limitations: Other records of the same name are not compared; `route53-weighted-records-conflict` does that.
"""

from __future__ import annotations

from functools import partial

from plainwork_policies.api import Findings, Resource, any_condition, policy
from plainwork_policies.canaries.records import RECORD, ROUTING_POLICIES, has_block

_IDENTIFIER = "set_identifier"


@policy(
    "PLW_CANARY_011",
    "route53-routing-policy-missing",
    severity="medium",
    on=RECORD,
    where=lambda record: record[_IDENTIFIER].raw not in (None, ""),
    links=("https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",),
)
def route53_routing_policy_missing(record: Resource) -> Findings:
    """Check for a routing policy."""
    identifier = record[_IDENTIFIER]
    if not _has_routing_policy(record) and identifier.is_set:
        yield identifier.fail(
            f"`{_IDENTIFIER}` is set, but the record has no routing policy",
            remedy=f"Add a routing policy, such as `weighted_routing_policy`, or remove `{_IDENTIFIER}`.",
        )


def _has_routing_policy(record: Resource) -> bool:
    return any_condition(
        *(partial(has_block, record, name) for name in ROUTING_POLICIES),
        lambda: record["multivalue_answer_routing_policy"].bool(default=False),
    )
