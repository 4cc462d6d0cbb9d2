"""All weights of a record group or forward action are 0.

What: Every record of one zone, name and type has the weight 0, or every target group of a `forward` action.
Why: 0 everywhere does not disable the group. Route 53 then answers with each record with equal probability, so a canary
    with the weight 0 gets half of the traffic. AWS does not document what a load balancer does if all weights are 0.
Remedy: Keep a weight greater than 0 for the stable variant.
Limitations: One record with the weight 0 and no other record in the stack is not evaluated, because the rest of its
    group may be in another stack. Two different variables or data sources count as two hosted zones.
"""

from __future__ import annotations

from plainwork_core.model.rendering import quote
from plainwork_policies.api import Block, Findings, Resource, every, is_certain, policy
from plainwork_policies.canaries.forwards import LISTENER_TYPES, check_forwards, has_forward
from plainwork_policies.canaries.records import RECORD, WEIGHT, group_of, is_weighted

_REMEDY = "Set a weight greater than 0 for the stable variant."


@policy(
    "PLW_CANARY_002",
    "canary-weights-all-zero",
    aliases=("weights-all-zero",),
    severity="high",
    on=(RECORD, *LISTENER_TYPES),
    where=lambda resource: is_weighted(resource) if resource.type == RECORD else has_forward(resource),
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",),
)
def canary_weights_all_zero(resource: Resource) -> Findings:
    """Check the group of a record, or each `forward` block."""
    if resource.type == RECORD:
        yield from _record(resource)
    else:
        yield from check_forwards(resource, _forward)


def _record(record: Resource) -> Findings:
    weight = record[WEIGHT]
    if is_certain(lambda: weight.number() != 0):
        return
    group = group_of(record)
    if not every(group, lambda other: other[WEIGHT].number() == 0):
        return
    if len(group) == 1:
        raise weight.not_evaluated(
            "the stack has no other record of this name and type; the rest of the group may be in another stack"
        )
    yield weight.fail(
        f"`weight` is `0` for all {len(group)} records of `{quote(record['name'].raw)}`; "
        "Route 53 then answers with each with equal probability",
        remedy=_REMEDY,
    )


def _forward(_action: Block, forward: Block) -> Findings:
    groups = forward.blocks("target_group")
    if groups and every(groups, lambda group: group["weight"].number(default=1) == 0):
        yield forward["target_group"].fail(
            "`weight` is `0` for all target groups of the `forward` action", value=0, remedy=_REMEDY
        )
