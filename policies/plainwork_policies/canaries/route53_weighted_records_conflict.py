"""Route 53 weighted records with the same name and type conflict.

What: A weighted `aws_route53_record` has the zone, name and type of another record that has no weight or another
    routing policy, the same `set_identifier`, or another `ttl`.
Why: Route 53 rejects such a group. The apply ends after the first of the records. Terraform changes one record at a
    time, so a wrong TTL can be corrected only by deleting the group first.
Remedy: Set `weighted_routing_policy`, the same `ttl` and a unique identifier in all records of the group.
Limitations: Only the records of one stack are compared, and the instances of one resource only in plans. Two different
    variables or data sources count as two hosted zones. A record without a weight whose name comes from `for_each` or
    from a certificate, as those that validate certificates, is not compared.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.model.rendering import quote
from plainwork_policies.api import Findings, Resource, check_each, is_certain, is_same, policy
from plainwork_policies.canaries.records import (
    OTHER_ROUTING_POLICIES,
    RECORD,
    WEIGHTED,
    group_of,
    has_block,
    has_one_name,
    is_weighted,
)


@policy(
    "PLW_CANARY_003",
    "route53-weighted-records-conflict",
    aliases=("weighted-records-clash",),
    severity="medium",
    on=RECORD,
    where=is_weighted,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",),
)
def route53_weighted_records_conflict(record: Resource) -> Findings:
    """Compare *record* with each other record of its group."""
    others = group_of(record, lambda other: other.owner is not record.owner and _is_compared(other))
    yield from check_each(others, lambda other: _conflicts(record, other))


def _is_compared(other: Resource) -> bool:
    return is_weighted(other) or has_one_name(other)


def _conflicts(record: Resource, other: Resource) -> Findings:
    if is_weighted(other):
        yield from check_each(("set_identifier", "ttl"), lambda argument: _compare(argument, record, other))
        return
    routing = next((name for name in OTHER_ROUTING_POLICIES if is_certain(partial(has_block, other, name))), None)
    state = f"a `{routing}`" if routing else f"no `{WEIGHTED}`"
    yield record[WEIGHTED].fail(
        f"`{other.address}` has the same name and type but {state}",
        value=None,
        remedy=f"Add `{WEIGHTED}` to both records, or remove one.",
    )


def _compare(name: str, record: Resource, other: Resource) -> Findings:
    own, theirs = record[name], other[name]
    if not own.is_configured or not theirs.is_configured:  # an alias has no TTL
        return
    same = is_same(own, theirs)
    if name == "ttl" and not same:
        yield own.fail(
            f"`ttl` is `{own.value()}`, but `{other.address}` has `{theirs.value()}`",
            remedy="Use the same `ttl` in both records.",
        )
    if name == "set_identifier" and same:
        yield own.fail(
            f"`set_identifier` is `{quote(own.raw)}`, which `{other.address}` also uses",
            remedy="Use a unique `set_identifier`.",
        )
