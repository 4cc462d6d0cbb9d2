"""Route 53 weights of A and AAAA records differ.

What: a name has weighted `A` and `AAAA` records with the same identifiers, and one of them has another part of the sum
    of the weights in its `A` than in its `AAAA` record.
Why: most clients ask for both and take what answers first. A canary that is at 5 in one and still at 50 in the other,
    or that was set back to 0 in one alone, gets a share that nobody has chosen.
Remedy: give both records of a side their weight from one place::

        weighted_routing_policy {
          weight = var.canary_weight
        }
Limitations: sides are known by their `set_identifier`; one that only one type has is not compared. An unknown weight
    that
    both records name in the same words is one weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.canaries.records import WEIGHT, group_of, weight, weighted_records
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def of_both_families(stack: Stack) -> list[Resource]:
    """Return the weighted `A` records that have a weighted `AAAA` record of their name and identifier."""
    return [each for each in weighted_records(stack) if each.get("type") == "A" and _twin(each, stack)]


@policy(
    "PLW_CANARY_008",
    "route53-weighted-ipv6-mismatch",
    aliases=("address-families-differ",),
    severity="medium",
    subjects=of_both_families,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",),
)
def route53_weighted_ipv6_mismatch(record: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare the share of *record* with that of its twin."""
    twin = _twin(record, stack)
    if twin is None or _weights(record, stack) == _weights(twin, stack):
        return
    shares = [_share(each, stack) for each in (record, twin)]
    if doubt := [each for each in shares if isinstance(each, Unknown)]:
        yield not_evaluated(WEIGHT, doubt[0])
    elif shares[0] != shares[1]:
        here, there = (f"{float(share):.0%}" for share in shares if isinstance(share, Fraction))
        message = f"gets {here} of the clients with IPv4, and its twin `{twin.address}` {there} of those with IPv6"
        yield fail(WEIGHT, message, value=record.get(WEIGHT), remedy="give both records of a side one weight")


def _twin(record: Resource, stack: Stack) -> Resource | None:
    group, own = group_of(record, stack, "AAAA"), record.get("set_identifier")
    if isinstance(group, Unknown) or not isinstance(own, str):
        return None
    return next((each for each in group if each.get("set_identifier") == own), None)


def _weights(record: Resource, stack: Stack) -> list[tuple[str, object]]:
    """Return the weights of the group of *record* by identifier."""
    group = group_of(record, stack)
    members = [] if isinstance(group, Unknown) else group
    return sorted(((str(each.get("set_identifier")), each.get(WEIGHT)) for each in members), key=lambda pair: pair[0])


def _share(record: Resource, stack: Stack) -> Fraction | Unknown:
    group = group_of(record, stack)
    weights = [group] if isinstance(group, Unknown) else [weight(each) for each in group]
    known = [each for each in weights if isinstance(each, int)]
    if len(known) < len(weights):
        return next(each for each in weights if isinstance(each, Unknown))
    own = weight(record)
    return own if isinstance(own, Unknown) else Fraction(own, sum(known) or 1)
