"""New variant starts with a large share of the traffic.

What: a plan that creates a weighted record beside records of its zone, name and type that stay, or adds a target group
    to a listener or rule that forwards already, and gives it more than `largest_start` percent of the group's weight.
Why: what has never served gets this much at once. If it fails, so does every request of that share, until the weight is
    changed back and, with DNS, the answers that were given have expired.
Remedy: start small, and raise the weight in plans of their own::

        weighted_routing_policy {
          weight = 5 # beside 95
        }

    A team that starts with more says so once::

        [canaries]
        largest_start = 25
Limitations: plans only. A group of which nothing is there yet, or nothing stays, may start as it likes, and so may a
    share
    that grows later, or a record that is replaced. Where a side goes in the same plan, the new one may be the same
    under another name, so that is not evaluated. Records of other stacks do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plainwork_core.model.stack import Change, Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, look_up
from plainwork_policies.canaries.forwards import (
    Forward,
    forwarding,
    forwards,
    target_group_arns,
    target_group_weight,
)
from plainwork_policies.canaries.records import (
    WEIGHT,
    deleted_of_place,
    doubt,
    group_of,
    is_weighted,
    share_of,
    weight,
    weighted_records,
    whole_number,
)
from plainwork_policies.canaries.settings import CanarySettings
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_GONE = "goes in the same plan, and this may be what takes its place"


@cached_per_stack
def _changes(stack: Stack) -> dict[str, Change]:
    return {change.address: change for change in stack.changes}


def _is_new(resource: Resource, stack: Stack) -> bool:
    return _changes(stack)[resource.address].actions == ("create",)


def starting(stack: Stack) -> list[Resource]:
    """Return the weighted records that a plan creates, and the forwarding listeners and rules that it changes."""
    changes = _changes(stack)
    if not changes:
        return []
    records = [each for each in weighted_records(stack) if _is_new(each, stack)]
    return [*records, *(each for each in forwarding(stack) if changes[each.address].touches)]


@policy(
    "PLW_CANARY_009",
    "canary-initial-percent-high",
    aliases=("canary-starts-too-large",),
    severity="low",
    subjects=starting,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",),
    settings=("max_initial_percent",),
)
def canary_initial_percent_high(resource: Resource, stack: Stack, settings: CanarySettings) -> Iterator[Finding]:
    """Judge a new record, or the new target groups of a rule."""
    most = settings.max_initial_percent
    if resource.type == "aws_route53_record":
        yield from _record(resource, stack, most)
        return
    before = target_group_arns(replace(resource, values=_changes(stack)[resource.address].before))
    for forward in forwards(resource):
        yield from _target_groups(forward, before, most)


def _record(record: Resource, stack: Stack, most: int) -> Iterator[Finding]:
    group = group_of(record, stack)
    if isinstance(group, Unknown):
        yield not_evaluated(WEIGHT, group)
        return
    sides = [each for each in group if is_weighted(each)]
    if all(_is_new(each, stack) for each in sides):
        return
    share = share_of(weight(record), [weight(each) for each in sides])
    if isinstance(share, Unknown):
        yield not_evaluated(WEIGHT, share)
    elif share > most and (gone := deleted_of_place(record, stack)):
        yield not_evaluated(WEIGHT, f"`{gone.address}` {_GONE}")
    elif share > most and (reason := doubt(record, stack)) is not None:
        yield not_evaluated(WEIGHT, reason)
    elif share > most:
        yield _too_large(WEIGHT, "is new, and", share, most)


def _target_groups(forward: Forward, before: set[str], most: int) -> Iterator[Finding]:
    """Judge the target groups of *forward* that are not among those of *before*."""
    arns = [look_up(each, "arn") for each in forward.target_groups]
    weights = [whole_number(target_group_weight(each)) for each in forward.target_groups]
    gone = before.difference(arn for arn in arns if isinstance(arn, str))
    if gone == before and not any(isinstance(arn, Unknown) for arn in arns):
        return
    for index, (arn, own) in enumerate(zip(arns, weights, strict=True)):
        if isinstance(arn, str) and arn in before:
            continue
        path, share = f"{forward.path}.target_group.{index}.weight", share_of(own, weights)
        if isinstance(share, Unknown):
            yield not_evaluated(path, share)
        elif share > most and gone:
            yield not_evaluated(path, f"`{min(gone)}` {_GONE}")
        elif share > most:
            yield _too_large(path, "forwards to a new target group, which", share, most)


def _too_large(path: str, what: str, share: float, most: int) -> Finding:
    message = f"{what} gets {share:.4g} % of the traffic at once, more than the {most} % to start with"
    return fail(path, message, value=share, remedy=f"start with {most} % or less, and raise the weight later")
