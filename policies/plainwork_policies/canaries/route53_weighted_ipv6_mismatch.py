"""Route 53 weights of A and AAAA records differ.

What: A name has weighted `A` and `AAAA` records with the same identifiers, and one of them has another part of the sum
    of the weights in the `A` records than in the `AAAA` records.
Why: Most clients request both records and use the first that answers. A canary with 5 % in one and 50 % in the other
    gets an unintended share, and so does a canary whose weight was set to 0 in one of them only.
Remedy: Use one variable for the weight of both records.
Limitations: Variants are recognized by their `set_identifier`. One that only one record type has is not compared. Two
    different variables or data sources count as two hosted zones.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Value
from plainwork_policies.api import Findings, Resource, all_conditions, find, is_named_same, is_possible, policy
from plainwork_policies.canaries.records import RECORD, WEIGHT, group_of, is_weighted


def _has_twin(record: Resource) -> bool:
    """Return whether a weighted `A` record has a weighted `AAAA` record of its name and identifier."""
    return all_conditions(
        lambda: _may_have_weighted_aaaa(record.stack),
        lambda: _is_weighted(record, "A"),
        lambda: _twin(record) is not None,
    )


@policy(
    "PLW_CANARY_008",
    "route53-weighted-ipv6-mismatch",
    aliases=("address-families-differ",),
    severity="medium",
    on=RECORD,
    where=_has_twin,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",),
)
def route53_weighted_ipv6_mismatch(record: Resource) -> Findings:
    """Compare the share of *record* with that of its twin."""
    twin = _twin(record)
    if twin is None or _weights(record) == _weights(twin):
        return
    share, other_share = _share(record), _share(twin)
    if share != other_share:
        yield record[WEIGHT].fail(
            f"`{quote(record['set_identifier'].raw)}` has {share:.4g} % of the A weights, "
            f"but {other_share:.4g} % of the AAAA weights (`{twin.address}`)",
            remedy="Use one variable for the weight of both records.",
        )


@cached_per_stack
def _may_have_weighted_aaaa(stack: Stack) -> bool:
    records = (Resource(record, stack) for record in stack.managed(RECORD))
    return any(is_possible(partial(_is_weighted, record, "AAAA")) for record in records)


def _is_weighted(record: Resource, type_: str) -> bool:
    return all_conditions(lambda: is_weighted(record), lambda: record["type"].string("").upper() == type_)


def _twin(record: Resource) -> Resource | None:
    return find(
        group_of(record, type_="AAAA"), lambda other: is_named_same(record["set_identifier"], other["set_identifier"])
    )


def _weights(record: Resource) -> list[tuple[str, Value]]:
    """Return the weights of the group by identifier; an unknown weight that is written alike is the same."""
    members = ((str(member["set_identifier"].raw), member[WEIGHT].raw) for member in group_of(record))
    return sorted(members, key=lambda pair: pair[0])


def _share(record: Resource) -> float:
    """Return the percentage of *record* in the weights of its group."""
    total = sum(member[WEIGHT].number() for member in group_of(record))
    return 100 * record[WEIGHT].number() / (total or 1)
