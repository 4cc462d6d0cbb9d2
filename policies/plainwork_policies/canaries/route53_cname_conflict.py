"""Route 53 CNAME record has the name of another record.

What: An `aws_route53_record` of type `CNAME` has the zone and the name of a record of another type.
Why: A name with a CNAME record cannot have other records. Route 53 rejects the second of them during the apply with
    `InvalidChangeBatch`.
Remedy: Remove one of the records. For an AWS resource, replace the CNAME record with an alias record, which can be
    beside records of other types.
Limitations: Only the records of one stack are compared. Two different variables or data sources count as two hosted
    zones. A record whose name comes from `for_each` or from a certificate is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_policies.api import Findings, Resource, find, flattened, policy
from plainwork_policies.canaries.records import RECORD, group_of, has_one_name

_CNAME = "CNAME"


@policy(
    "PLW_CANARY_012",
    "route53-cname-conflict",
    severity="medium",
    on=RECORD,
    where=lambda record: has_one_name(record) and record["type"].string("").upper() == _CNAME,
    links=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat",),
)
def route53_cname_conflict(record: Resource) -> Findings:
    """Compare *record* with the records of other types."""
    if other := find(_others(record), lambda other: _both_exist(record, other)):
        yield record["type"].fail(
            f"`type` is `CNAME`, but `{other.address}` of type `{other['type'].string()}` has the same name",
            remedy="Remove one of the records, or replace the CNAME record with an alias record.",
        )


def _others(record: Resource) -> Iterator[Resource]:
    def is_compared(other: Resource) -> bool:
        return other.owner is not record.owner and has_one_name(other)

    return flattened(_other_types(record.stack), lambda type_: group_of(record, is_compared, type_))


@cached_per_stack
def _other_types(stack: Stack) -> list[str]:
    """Return the types of records except `CNAME`; `A` in any case, which a record of unknown type may have."""
    types = (record.get("type") for record in stack.managed(RECORD))
    return sorted({"A", *(type_.upper() for type_ in types if isinstance(type_, str))} - {_CNAME})


def _both_exist(record: Resource, other: Resource) -> bool:
    for one in (record, other):
        if one.owner.may_be_absent:
            raise one.not_evaluated(f"`{one.address}` may have no instance; check a plan")
    return True
