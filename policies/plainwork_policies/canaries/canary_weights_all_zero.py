"""All weights of a record group or forward action are 0.

What: every record of one zone, name and type has the weight 0, or every target group of a `forward` action.
Why: 0 everywhere is not "off". Route 53 then takes all records for equally likely, so that a canary that was meant to
    be at 0 gets half of all traffic; what a load balancer does with a sum of 0, AWS does not say.
Remedy: leave the whole weight on the side that serves::

        weighted_routing_policy {
          weight = 100
        }
Limitations: one record with weight 0 and no other in the stack is not evaluated, because its group may go on in another
    stack. So is a group to which a record of unknown name, zone or type may belong.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary, all_of
from plainwork_core.model.values import Unknown
from plainwork_policies.canaries.forwards import forwarding, forwards, target_group_weight
from plainwork_policies.canaries.records import (
    WEIGHT,
    doubt,
    group_of,
    is_weighted,
    weight,
    weighted_records,
    whole_number,
)
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def weighted(stack: Stack) -> list[Resource]:
    """Return the weighted records, and the listeners and rules that forward to target groups."""
    return [*weighted_records(stack), *forwarding(stack)]


@policy(
    "PLW_CANARY_002",
    "canary-weights-all-zero",
    aliases=("weights-all-zero",),
    severity="high",
    subjects=weighted,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",),
)
def canary_weights_all_zero(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge the group that a record is in, or each `forward` block."""
    if resource.type == "aws_route53_record":
        yield from _records(resource, stack)
    else:
        yield from _target_groups(resource)


def _records(record: Resource, stack: Stack) -> Iterator[Finding]:
    own = _is_zero(weight(record))
    if own is False:
        return
    group = group_of(record, stack)
    if isinstance(group, Unknown):
        yield not_evaluated(WEIGHT, group)
        return
    nothing = all_of(_is_zero(weight(each)) for each in group if is_weighted(each))
    if nothing is False:
        return
    reason = nothing if isinstance(nothing, Unknown) else _doubt(record, group, stack)
    if reason is not None:
        yield not_evaluated(WEIGHT, reason)
        return
    yield fail(
        WEIGHT,
        f"has the weight 0, as all {len(group)} records of its name and type: Route 53 takes all for equally likely",
        value=0,
        remedy="give the side that serves a weight",
    )


def _doubt(record: Resource, group: list[Resource], stack: Stack) -> Unknown | None:
    if len(group) == 1:
        return Unknown("the stack has no other record of its name and type, so the rest of the group is elsewhere")
    return doubt(record, stack)


def _target_groups(rule: Resource) -> Iterator[Finding]:
    for forward in forwards(rule):
        weights = [target_group_weight(each) for each in forward.target_groups]
        nothing = all_of(_is_zero(whole_number(each)) for each in weights) if weights else False
        path = f"{forward.path}.target_group"
        if isinstance(nothing, Unknown):
            yield not_evaluated(path, nothing)
        elif nothing:
            remedy = "give the side that serves a weight"
            yield fail(path, "forwards to target groups of which none has any weight", value=0, remedy=remedy)


def _is_zero(number: int | Unknown) -> Ternary:
    return number if isinstance(number, Unknown) else number == 0
