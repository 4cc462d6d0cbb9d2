"""Route 53 weighted records with the same name and type conflict.

What: beside a weighted `aws_route53_record` stands one of its zone, name and type that has no weight or another routing
    policy, or has its `set_identifier`, or another `ttl`.
Why: Route 53 keeps no such group. It refuses the record that comes second, so that the apply ends with one side of the
    canary; and because Terraform changes records one by one, a TTL that is wrong cannot be put right without taking the
    group down.
Remedy: give all records of the group a weight, one TTL, and an identifier each::

        resource "aws_route53_record" "canary" {
          zone_id        = aws_route53_zone.shop.zone_id
          name           = "api.shop.example.com"
          type           = "CNAME"
          ttl            = 60
          records        = ["green.shop.example.com"]
          set_identifier = "canary"

          weighted_routing_policy {
            weight = 5
          }
        }
Limitations: compared are the records of one stack. Names are compared whole: whether `api` is `api.example.com` is not
    looked up. Instances of one resource are compared in plans only. An unknown zone, name or type is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.canaries.records import ROUTINGS, group_of, is_weighted, others, weighted_records
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_CANARY_003",
    "route53-weighted-records-conflict",
    aliases=("weighted-records-clash",),
    severity="medium",
    subjects=weighted_records,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",),
)
def route53_weighted_records_conflict(record: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare *record* with each other record of its group."""
    group = group_of(record, stack)
    if isinstance(group, Unknown):
        yield not_evaluated("name", group)
        return
    for other in others(record, group):
        if not is_weighted(other):
            yield from _unweighted(other)
        else:
            for argument in ("set_identifier", "ttl"):
                yield from _compared(argument, record, other)


def _unweighted(other: Resource) -> Iterator[Finding]:
    routing = next((each for each in ROUTINGS if other.blocks(each)), None)
    how = f"has a `{routing}`" if routing else "has no weight"
    yield fail(
        "weighted_routing_policy",
        f"has a weight, but `{other.address}` of the same name and type {how}",
        remedy="give both a `weighted_routing_policy`, or remove one",
    )


def _compared(argument: str, record: Resource, other: Resource) -> Iterator[Finding]:
    own, theirs = record.get(argument), other.get(argument)
    if own is None or theirs is None:  # an alias has no TTL
        return
    same = _is_same(own, theirs, argument)
    if isinstance(same, Unknown):
        yield not_evaluated(argument, same)
    elif argument == "ttl" and not same:
        message = f"has the TTL {own}, and `{other.address}` of the same group {theirs}"
        yield fail(argument, message, value=own, remedy="write one TTL for the whole group")
    elif argument == "set_identifier" and same:
        message = f"has the identifier `{render(own)}`, as `{other.address}` of the same group has"
        yield fail(argument, message, value=own, remedy="give each record an identifier of its own")


def _is_same(own: Value, theirs: Value, argument: str) -> Ternary:
    unknown = [each for each in (own, theirs) if isinstance(each, Unknown)]
    if not unknown:
        return str(own) == str(theirs)
    if isinstance(own, PartialString) and isinstance(theirs, PartialString) and own.references == theirs.references:
        return render(own) == render(theirs)
    return (argument == "ttl" and own == theirs) or unknown[0]
