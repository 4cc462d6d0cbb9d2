"""New variant starts with a large share of the traffic.

What: A plan creates a weighted record in an existing group of records, or adds a target group to a listener or listener
    rule with a forward action, and the new variant gets more than `max_initial_percent` percent of the weights.
Why: The new variant has not served any traffic yet. If it fails, every request of its share fails, until the weight is
    changed back and, with DNS, the cached answers have expired.
Remedy: Start with a small weight, and increase it in later plans. The setting `max_initial_percent` of the table
    `[canaries]` allows more.
Limitations: Only plans are checked. A group that is created or replaced as a whole may start with any weights, and so
    may a variant that exists already or is replaced. If a variant is deleted in the same plan, the new one may replace
    it under another name; this is not evaluated. Records of other stacks do not count.
"""

from __future__ import annotations

from dataclasses import replace

from plainwork_core.model.stack import Change
from plainwork_core.model.values import Value, look_up
from plainwork_policies.api import Argument, Block, Finding, Findings, Resource, check_each, every, policy
from plainwork_policies.canaries.forwards import LISTENER_TYPES, actions, check_forwards, has_forward
from plainwork_policies.canaries.records import RECORD, WEIGHT, group_of, is_weighted
from plainwork_policies.canaries.settings import CanarySettings


def _is_new(resource: Resource) -> bool:
    return resource.change is not None and resource.change.actions == ("create",)


def _may_get_variant(resource: Resource) -> bool:
    """Return whether a plan creates the weighted record, or changes the existing listener or listener rule."""
    if resource.type == RECORD:
        return _is_new(resource) and is_weighted(resource)
    return resource.change is not None and resource.change.touches and has_forward(resource)


@policy(
    "PLW_CANARY_009",
    "canary-initial-percent-high",
    aliases=("canary-starts-too-large",),
    severity="low",
    on=(RECORD, *LISTENER_TYPES),
    where=_may_get_variant,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",),
    settings=("max_initial_percent",),
    requires="max_initial_percent",
)
def canary_initial_percent_high(resource: Resource, settings: CanarySettings) -> Findings:
    """Check a new record, or the new target groups of a listener or listener rule."""
    limit = settings.max_initial_percent
    if resource.type == RECORD:
        yield from _record(resource, limit)
    else:
        before = _target_groups_before(resource)
        yield from check_forwards(resource, lambda _action, forward: _forward(forward, before, limit))


def _record(record: Resource, limit: int) -> Findings:
    weight, group = record[WEIGHT], group_of(record)
    if every(group, _is_new):
        return
    share = _share(weight, [member[WEIGHT] for member in group.certain()])
    if share <= limit:
        return
    if deleted := _deleted_of_group(record):
        raise weight.not_evaluated(_replaced(deleted.address))
    if list(group):  # ends in not evaluated if another record may be in the group
        yield _too_high(weight, share, limit)


def _forward(forward: Block, before: set[str], limit: int) -> Findings:
    """Check the target groups of *forward* that are not among those of *before*."""
    groups = list(forward.blocks("target_group"))
    deleted = before.difference(arn for group in groups if isinstance(arn := group["arn"].raw, str))
    are_known = all(isinstance(group["arn"].raw, str) for group in groups)
    if are_known and deleted == before:
        return

    def check(group: Block) -> Findings:
        if isinstance(arn := group["arn"].raw, str) and arn in before:
            return
        weight = group["weight"]
        share = _share(weight, [other["weight"] for other in groups])
        if share > limit and deleted:
            raise weight.not_evaluated(_replaced(min(deleted)))
        if share > limit:
            yield _too_high(weight, share, limit)

    yield from check_each(groups, check)


def _share(weight: Argument, weights: list[Argument]) -> float:
    """Return the percentage of a weight in those of its group; a target group without a weight has 1."""
    own = weight.number(default=1)
    return own * 100 / sum(abs(other.number(default=1)) for other in weights) if own else 0.0


def _too_high(weight: Argument, share: float, limit: int) -> Finding:
    return weight.fail(
        f"`weight` gives the new variant {share:.4g} % of the traffic; `[canaries] max_initial_percent` is {limit}",
        value=share,
        remedy=f"Start with at most {limit} % and increase the weight in later plans.",
    )


def _replaced(address: str) -> str:
    return f"`{address}` is deleted in the same plan, and the new variant may replace it"


def _target_groups_before(listener: Resource) -> set[str]:
    """Return the ARNs of the target groups that the listener or listener rule has before the plan."""
    before = listener.view(replace(listener.owner, values=listener.change.before if listener.change else {}))
    arns = [action["target_group_arn"].raw for action in actions(before)]
    for action in actions(before):
        for forward in action.blocks("forward"):
            arns += [group["arn"].raw for group in forward.blocks("target_group")]
    return {arn for arn in arns if isinstance(arn, str) and arn}


def _deleted_of_group(record: Resource) -> Change | None:
    """Return the change that deletes a record of the zone, name and type of *record*."""
    deleted = (change for change in record.stack.changes if change.actions == ("delete",) and change.type == RECORD)
    return next((change for change in deleted if _texts(change.before) == _texts(record.owner.values)), None)


def _texts(values: Value) -> list[str]:
    return [str(look_up(values, name)).lower().rstrip(".") for name in ("zone_id", "name", "type")]
